import { CalibrationError } from './errors.ts';

/** Reports work done: `done` of `total` units (rows, bytes, resamples), `total` undefined when not known. */
export type ProgressListener = (done: number, total: number | undefined) => void;

/** Throws `E_ABORTED` once the signal has fired. Call it between blocks of long work. */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) {
    throw new CalibrationError('E_ABORTED', {
      what: 'stopped on request; nothing was written',
      cause: signal.reason,
    });
  }
}
