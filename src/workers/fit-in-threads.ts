import { fitSampleAwaiting } from '../calibrators/awaited-fit.ts';
import { checkedSample } from '../calibrators/checked-sample.ts';
import { fitSample, prepareFit } from '../calibrators/fit-sample.ts';
import { type TemperatureOptions, temperatureSettings } from '../calibrators/temperature-options.ts';
import { checkWhole } from '../core/checks.ts';
import type { MatrixInput } from '../core/matrix.ts';
import type { TemperatureModel } from '../core/temperature-model.ts';
import { lossOfBlocks, lossValueOfBlocks, slopesOfBlocks } from '../kernels/temperature-loss.ts';
import type { Channel } from './channel.ts';
import { lossCrew } from './loss-crew.ts';

/** Options of a fit that may use several threads. */
export interface ThreadedTemperatureOptions extends TemperatureOptions {
  /** Threads at most, this one among them, a whole number 1..256. Default: as many as the machine runs at once. */
  readonly threads?: number;
}

/** How to get threads on some platform. */
export interface ThreadSupply {
  /** How many run at once. */
  readonly count: () => number;
  readonly start: () => Channel;
}

/** Cells that repay a further thread, which takes some 30 ms to start and as much to be sent its rows. */
const cellsPerThread = 12_000_000;

/** `fitTemperature` with its passes shared out among threads where that repays starting them; the same bits. */
export async function fitInThreads(
  logits: MatrixInput,
  labels: ArrayLike<number>,
  options: ThreadedTemperatureOptions,
  supply: ThreadSupply,
): Promise<TemperatureModel> {
  const { threads = supply.count(), ...rest } = options;
  checkWhole('threads', threads, 1, 256);
  const settings = temperatureSettings(rest);
  const sample = checkedSample(logits, labels, rest);
  const { rows, columns } = sample.logits;
  const prepared = prepareFit(sample);
  const { packed } = prepared;
  const useful = Math.min(threads, Math.floor((rows * columns) / cellsPerThread), packed.deepest.length);
  if (useful < 2) return fitSample(sample, prepared, settings);
  const channels = Array.from({ length: useful - 1 }, () => supply.start());
  const crew = lossCrew(packed, channels, { signal: settings.signal });
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
