import { approachPausing, fitSampleAwaiting } from '../calibrators/awaited-fit.ts';
import { checkedSample } from '../calibrators/checked-sample.ts';
import { fitSample, once, prepareFit } from '../calibrators/fit-sample.ts';
import { localLoss } from '../calibrators/loss-passes.ts';
import { type TemperatureOptions, temperatureSettings } from '../calibrators/temperature-options.ts';
import { throwIfAborted } from '../core/cancellation.ts';
import { checkOptionsObject, checkWhole } from '../core/checks.ts';
import { type LabelInput, labelList } from '../core/labels.ts';
import { type MatrixInput, toMatrix } from '../core/matrix.ts';
import { type Notice, notice } from '../core/notices.ts';
import type { TemperatureModel } from '../core/temperature-model.ts';
import { kernels } from '../kernels/kernels.ts';
import { blockRows } from '../kernels/row-blocks.ts';
import { lossOfBlocks, lossValueOfBlocks, slopesOfBlocks } from '../kernels/temperature-loss.ts';
import { lossCrew } from './loss-crew.ts';
import { reasonText } from './reason-text.ts';
import { workOf } from './shares.ts';
import type { PooledThread, ThreadPool } from './thread-pool.ts';

/** Options of a fit that may use several threads. */
export interface ThreadedTemperatureOptions extends TemperatureOptions {
  /** Threads at most, this one among them, a whole number 1..256. Default: as many as the machine runs at once. */
  readonly threads?: number;
  /**
   * Told what makes the fit slower than it might be, the result being the same: `W_WORKER` for each thread that is given
   * up, `W_NO_SAB` where memory cannot be shared, `W_NO_WASM` where WebAssembly cannot run.
   */
  readonly onNotice?: (notice: Notice) => void;
}

/** How to get threads on some platform. */
export interface ThreadSupply {
  /** How many run at once. */
  readonly count: () => number;
  readonly pool: ThreadPool;
  /** Lets messages of the threads come in. */
  readonly nextTurn: () => Promise<void>;
  /**
   * Work, see {@link workOf}, that repays a further thread. Default 8 million where it must be started, 4 million where it
   * is idle.
   */
  readonly repays?: { readonly started: number; readonly idle: number };
}

/** `fitTemperature` with its passes shared out among threads where that repays them; the same bits. */
export async function fitInThreads(
  logits: MatrixInput,
  labels: LabelInput,
  options: ThreadedTemperatureOptions,
  supply: ThreadSupply,
): Promise<TemperatureModel> {
  checkOptionsObject(options);
  const { threads = supply.count(), onNotice, ...rest } = options;
  checkWhole('threads', threads, 1, 256);
  const settings = temperatureSettings(rest);
  const list = labelList(labels);
  const matrix = toMatrix(logits, list.length);
  const { rows, columns } = matrix;
  const useful = Math.min(threads, threadsRepaid(workOf(rows, columns), supply), Math.ceil(rows / blockRows));
  if (kernels().name === 'javascript') {
    const what = 'WebAssembly with SIMD cannot run; using the JavaScript kernels (results are identical)';
    onNotice?.(notice('W_NO_WASM', what));
  }
  if (useful < 2) {
    const sample = checkedSample(matrix, list, rest);
    const prepared = prepareFit(sample);
    return fitSample(sample, prepared, settings, localLoss(prepared.packed));
  }
  if (typeof SharedArrayBuffer === 'undefined') {
    const what = 'the page is not cross-origin isolated; threads get copies of rows (results are identical)';
    onNotice?.(notice('W_NO_SAB', what));
  }
  throwIfAborted(settings.signal);
  const lose = (why: string): void => {
    onNotice?.(notice('W_WORKER', `a thread ${why}; the others did its share (results are identical)`));
  };
  const taken = takenThreads(useful - 1, supply, lose);
  let release = (): void => {
    for (const thread of taken) thread.release();
  };
  try {
    // While the threads start.
    const sample = checkedSample(matrix, list, rest);
    const prepared = prepareFit(sample);
    const { packed, part } = prepared;
    const { nextTurn } = supply;
    const crew = lossCrew(packed, taken, { nextTurn, signal: settings.signal, onDismissal: lose });
    release = crew.close;
    let near = prepared.near;
    const approach = once(async () => {
      const rowsOfPart = part();
      const found = rowsOfPart && (await approachPausing(rowsOfPart, nextTurn));
      near = () => found;
    });
    return await fitSampleAwaiting(sample, { ...prepared, near: () => near() }, settings, {
      rows,
      derivatives: async (beta) => lossOfBlocks(packed, beta, await crew.pass(beta, 'derivatives')),
      slopes: async (beta) => slopesOfBlocks(packed, beta, await crew.pass(beta, 'slopes')),
      // The first pass, by its value, is made while this thread finds the neighbourhood that the next ones need.
      value: async (beta) => lossValueOfBlocks(packed, beta, await crew.pass(beta, 'value', approach)),
    });
  } finally {
    release();
  }
}

/** How many threads so much work repays, this one among them. */
function threadsRepaid(
  work: number,
  { pool, repays = { started: 8_000_000, idle: 4_000_000 } }: ThreadSupply,
): number {
  return Math.max(
    Math.floor(work / repays.started),
    Math.min(Math.floor(work / repays.idle), 1 + pool.idle()),
  );
}

/** As many threads as can be had. */
function takenThreads(count: number, { pool }: ThreadSupply, lose: (why: string) => void): PooledThread[] {
  const taken: PooledThread[] = [];
  while (taken.length < count) {
    try {
      taken.push(pool.take());
    } catch (reason) {
      lose(`could not be started${reasonText(reason)}`);
      break;
    }
  }
  return taken;
}
