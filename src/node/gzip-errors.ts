import { CalibrationError } from '../core/errors.ts';

/** The errors of one packed input. Places are offsets in it, which do not depend on how it was cut. */
export interface GzipErrors {
  readonly cutOff: (after: number, cause?: unknown) => CalibrationError;
  readonly followed: (at: number) => CalibrationError;
  readonly damaged: (what: string, cause?: unknown) => CalibrationError;
  readonly mismatch: (what: 'checksum' | 'length', at: number) => CalibrationError;
}

/** Errors that name the file. */
export function gzipErrors(file: string): GzipErrors {
  const failure = (code: 'E_GZIP' | 'E_GZIP_CRC', what: string, cause?: unknown): CalibrationError =>
    new CalibrationError(code, { file, what, ...(cause === undefined ? {} : { cause }) });
  return {
    cutOff: (after, cause) =>
      failure('E_GZIP', `the compressed data end early, after ${after} bytes; the file is cut off`, cause),
    followed: (at) => failure('E_GZIP', `what follows at byte ${at} is not gzip data; the file is damaged`),
    damaged: (what, cause) => failure('E_GZIP', `${what}; the file is damaged`, cause),
    mismatch: (what, at) =>
      failure('E_GZIP_CRC', `${what} does not match at byte ${at}; the file is damaged`),
  };
}
