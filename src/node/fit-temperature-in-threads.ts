import { availableParallelism } from 'node:os';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { LabelInput } from '../core/labels.ts';
import type { MatrixInput } from '../core/matrix.ts';
import type { TemperatureModel } from '../core/temperature-model.ts';
import { fitInThreads, type ThreadedTemperatureOptions } from '../workers/fit-in-threads.ts';
import { nodeThreads } from './threads.ts';

export type { ThreadedTemperatureOptions } from '../workers/fit-in-threads.ts';

/**
 * `fitTemperature` on several threads: the passes over the rows are shared out, each block of 4,096 rows to one thread.
 * The result has the same bits whatever their number. Threads are started from some 16 million logits on; they stay for a
 * minute in case of another fit, without any rows, and do not keep the process alive.
 *
 * Logits in a `SharedArrayBuffer` are read where they are; else each other thread is lent copies of some rows at a time,
 * in at most 24 MB. What a thread that fails leaves undone is done by the others, and told to `onNotice`.
 *
 * @param logits N×K logits as for `fitTemperature`.
 * @param labels N class indices, 0-based.
 * @throws CalibrationError as `fitTemperature`; `E_ABORTED` at once when the signal fires.
 *
 * @example
 * ```ts
 * import { fitTemperature } from 'calibrant';
 * import { fitTemperatureInThreads } from 'calibrant/node';
 *
 * const logits = [[2, 0], [2, 0], [2, 0], [2, 0]];
 * const model = await fitTemperatureInThreads(logits, [0, 0, 0, 1], { threads: 2 });
 * assert.deepEqual(model, fitTemperature(logits, [0, 0, 0, 1]));
 * ```
 */
export async function fitTemperatureInThreads(
  logits: MatrixInput,
  labels: LabelInput,
  options: ThreadedTemperatureOptions = {},
): Promise<TemperatureModel> {
  return fitInThreads(logits, labels, options, {
    count: availableParallelism,
    pool: nodeThreads(),
    nextTurn,
  });
}
