import { CalibrationError, type ErrorCode, printable } from '../core/errors.ts';
import { systemCode, systemReason } from './system-reasons.ts';

/** What a failed output leaves; of a device nothing can be said. */
export type Kept = 'the old file is unchanged' | 'nothing was written';

/**
 * An error of the system while writing an output as one of ours; ours are handed on.
 *
 * @param kept What can be said of the state the output is left in.
 */
export function outputError(path: string, cause: unknown, kept?: Kept): CalibrationError {
  if (cause instanceof CalibrationError) return cause;
  const code = systemCode(cause);
  const shown = printable(path);
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    const left = kept === undefined ? '' : `; ${kept}`;
    return failure('E_OUT_SPACE', path, `no space left while writing ${shown}${left}`, cause);
  }
  if (code === 'EISDIR') return failure('E_OUT_DIR', path, `${shown} is a folder`, cause);
  return failure('E_OUT_WRITE', path, `${shown} cannot be written: ${systemReason(cause)}`, cause);
}

/** The error of an output that stands there already. */
export function existsError(path: string): CalibrationError {
  return failure('E_OUT_EXISTS', path, `${printable(path)} exists; pass --force`);
}

/** The error of an output that is an input. */
export function sameError(path: string): CalibrationError {
  return failure('E_OUT_SAME', path, `${printable(path)} is also the input`);
}

/** The error of an output that is a folder. */
export function isFolderError(path: string): CalibrationError {
  return failure('E_OUT_DIR', path, `${printable(path) || 'an empty name'} is a folder`);
}

/** The error of an output whose folder cannot be. */
export function folderError(path: string, folder: string, why: string): CalibrationError {
  return failure('E_OUT_DIR', path, `the folder ${printable(folder)} ${why}`);
}

/** The error of an output that another program holds. */
export function lockedError(path: string, cause: unknown): CalibrationError {
  const what = `${printable(path)} is open in another program; nothing was changed`;
  return failure('E_OUT_LOCKED', path, what, cause);
}

function failure(code: ErrorCode, path: string, what: string, cause?: unknown): CalibrationError {
  return new CalibrationError(code, {
    file: path,
    placed: 'within',
    what,
    value: path,
    ...(cause === undefined ? {} : { cause }),
  });
}
