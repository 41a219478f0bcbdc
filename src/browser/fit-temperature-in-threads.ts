import type { LabelInput } from '../core/labels.ts';
import type { MatrixInput } from '../core/matrix.ts';
import type { TemperatureModel } from '../core/temperature-model.ts';
import type { Channel } from '../workers/channel.ts';
import { fitInThreads, type ThreadedTemperatureOptions } from '../workers/fit-in-threads.ts';
import { type ThreadPool, threadPool } from '../workers/thread-pool.ts';
import { nextTurn } from './next-turn.ts';
import { webWorkerChannel } from './web-worker-channel.ts';

export type { ThreadedTemperatureOptions } from '../workers/fit-in-threads.ts';

/**
 * `fitTemperature` on Web Workers: the passes over the rows are shared out, each block of 4,096 rows to one thread. The
 * result has the same bits whatever their number. Workers are started from some 16 million logits on, and stay for a
 * minute in case of another fit, without any rows.
 *
 * The calling thread takes part, so a page that must stay responsive calls this from a worker of its own. Logits in a
 * `SharedArrayBuffer`, which takes a cross-origin isolated page, are read where they are; else each worker is lent copies
 * of some rows at a time, in at most 24 MB. What a worker that fails leaves undone, or one that a security policy forbids, is
 * done by the others and the calling thread, and told to `onNotice`.
 *
 * The workers' script is found beside this module by `new URL('./thread-entry.js', import.meta.url)`, which webpack and
 * Vite's builds follow by themselves. Vite's development server needs `optimizeDeps: { exclude: ['calibrant'] }`; esbuild
 * needs `node_modules/calibrant/dist/browser/thread-entry.js` as a further entry point, written beside the bundle.
 *
 * @param logits N×K logits as for `fitTemperature`.
 * @param labels N class indices, 0-based.
 * @throws CalibrationError as `fitTemperature`; `E_ABORTED` at once when the signal fires.
 *
 * @example
 * ```ts
 * import { fitTemperature } from 'calibrant';
 * import { fitTemperatureInThreads } from 'calibrant/browser';
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
  return fitInThreads(logits, labels, options, { count: threadCount, pool: webWorkers(), nextTurn });
}

/** As many as the browser tells, at most what the option takes. */
function threadCount(): number {
  const told = typeof navigator === 'undefined' ? 1 : navigator.hardwareConcurrency;
  return told >= 1 ? Math.min(told, 256) : 1;
}

let pool: ThreadPool | undefined;

/** The workers of this page, or of the worker that this is, that have been started so far. */
function webWorkers(): ThreadPool {
  pool ??= threadPool({ start: startThread });
  return pool;
}

/** Bundlers look for these very words. */
function startThread(): Channel {
  return webWorkerChannel(new Worker(new URL('./thread-entry.js', import.meta.url), { type: 'module' }));
}
