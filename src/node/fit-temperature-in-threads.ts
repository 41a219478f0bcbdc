import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { MatrixInput } from '../core/matrix.ts';
import type { TemperatureModel } from '../core/temperature-model.ts';
import type { Channel } from '../workers/channel.ts';
import { fitInThreads, type ThreadedTemperatureOptions } from '../workers/fit-in-threads.ts';

export type { ThreadedTemperatureOptions } from '../workers/fit-in-threads.ts';

/**
 * `fitTemperature` on several threads: the passes over the rows are shared out, each block of 4,096 rows to one thread.
 * The result has the same bits whatever their number. Threads are started where the logits are some millions, and
 * end with the fit.
 *
 * Logits in a `SharedArrayBuffer` are read where they are; else each other thread is sent a copy of its rows. What a
 * thread that fails leaves undone is done by this one, and told to `onNotice`.
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
  labels: ArrayLike<number>,
  options: ThreadedTemperatureOptions = {},
): Promise<TemperatureModel> {
  return fitInThreads(logits, labels, options, { count: availableParallelism, start: startThread });
}

function startThread(): Channel {
  // It stands beside this file, compiled or not.
  const name = import.meta.url.endsWith('.ts') ? './thread-entry.ts' : './thread-entry.js';
  const entry = new URL(name, import.meta.url);
  const worker = new Worker(entry);
  // A thread alone does not keep the process alive.
  worker.unref();
  return {
    post: (message, transfer = []) => worker.postMessage(message, [...transfer]),
    onMessage: (listener) => {
      worker.on('message', listener);
    },
    onEnd: (listener) => {
      worker.on('error', listener);
      worker.on('exit', listener);
    },
    close: () => {
      void worker.terminate();
    },
  };
}
