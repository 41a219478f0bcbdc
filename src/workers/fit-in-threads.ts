import { fitSampleAwaiting } from '../calibrators/awaited-fit.ts';
import { checkedSample } from '../calibrators/checked-sample.ts';
import { fitSample, prepareFit } from '../calibrators/fit-sample.ts';
import { localLoss } from '../calibrators/loss-passes.ts';
import { type TemperatureOptions, temperatureSettings } from '../calibrators/temperature-options.ts';
import { throwIfAborted } from '../core/cancellation.ts';
import { checkWhole } from '../core/checks.ts';
import type { MatrixInput } from '../core/matrix.ts';
import { type Notice, notice } from '../core/notices.ts';
import type { TemperatureModel } from '../core/temperature-model.ts';
import { kernels } from '../kernels/kernels.ts';
import { lossOfBlocks, lossValueOfBlocks, slopesOfBlocks } from '../kernels/temperature-loss.ts';
import type { Channel } from './channel.ts';
import { lossCrew } from './loss-crew.ts';
import { reasonText } from './reason-text.ts';

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
  /** May throw; the work is then done by those there are. */
  readonly start: () => Channel;
  /** Cells that repay a further thread. Default 12 million: it takes some 30 ms to start and as much to be sent its rows. */
  readonly cellsPerThread?: number;
}

/** `fitTemperature` with its passes shared out among threads where that repays starting them; the same bits. */
export async function fitInThreads(
  logits: MatrixInput,
  labels: ArrayLike<number>,
  options: ThreadedTemperatureOptions,
  supply: ThreadSupply,
): Promise<TemperatureModel> {
  const { threads = supply.count(), onNotice, ...rest } = options;
  const { cellsPerThread = 12_000_000 } = supply;
  checkWhole('threads', threads, 1, 256);
  const settings = temperatureSettings(rest);
  const sample = checkedSample(logits, labels, rest);
  const { rows, columns } = sample.logits;
  const prepared = prepareFit(sample);
  const { packed } = prepared;
  const useful = Math.min(threads, Math.floor((rows * columns) / cellsPerThread), packed.deepest.length);
  if (kernels().name === 'javascript') {
    const what = 'WebAssembly with SIMD cannot run; using the JavaScript kernels (results are identical)';
    onNotice?.(notice('W_NO_WASM', what));
  }
  if (useful < 2) return fitSample(sample, prepared, settings, localLoss(packed));
  if (typeof SharedArrayBuffer === 'undefined') {
    const what = 'the page is not cross-origin isolated; threads get copies of rows (results are identical)';
    onNotice?.(notice('W_NO_SAB', what));
  }
  throwIfAborted(settings.signal);
  const lose = (why: string): void => {
    onNotice?.(notice('W_WORKER', `a thread ${why}; this one did its share (results are identical)`));
  };
  const channels = startedChannels(useful - 1, supply, lose);
  const crew = lossCrew(packed, channels, { signal: settings.signal, onDismissal: lose });
  try {
    // While the threads start.
    prepared.near();
    return await fitSampleAwaiting(sample, prepared, settings, {
      rows,
      derivatives: async (beta) => lossOfBlocks(packed, beta, await crew.pass(beta, 'derivatives')),
      slopes: async (beta) => slopesOfBlocks(packed, beta, await crew.pass(beta, 'slopes')),
      value: async (beta) => lossValueOfBlocks(packed, beta, await crew.pass(beta, 'value')),
    });
  } finally {
    crew.close();
  }
}

/** As many threads as can be started. */
function startedChannels(count: number, { start }: ThreadSupply, lose: (why: string) => void): Channel[] {
  const channels: Channel[] = [];
  while (channels.length < count) {
    try {
      channels.push(start());
    } catch (reason) {
      lose(`could not be started${reasonText(reason)}`);
      break;
    }
  }
  return channels;
}
