import { CalibrationError, printable } from '../core/errors.ts';

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  ENAMETOOLONG: 'the name is too long',
  EIO: 'the disk reports an error',
  ELOOP: 'its symbolic links run in a circle',
  EMFILE: 'too many files are open',
};

/** An error of the file system as one of ours. */
export function outputError(path: string, cause: unknown, replaces: boolean): CalibrationError {
  if (cause instanceof CalibrationError) return cause;
  const code = (cause as NodeJS.ErrnoException).code ?? '';
  const shown = printable(path);
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    const left = replaces ? 'the old file is unchanged' : 'nothing was written';
    return new CalibrationError('E_OUT_SPACE', {
      what: `no space left while writing ${shown}; ${left}`,
      value: path,
      cause,
    });
  }
  if (code === 'EISDIR')
    return new CalibrationError('E_OUT_DIR', { what: `${shown} is a folder`, value: path });
  return new CalibrationError('E_OUT_WRITE', {
    what: `${shown} cannot be written: ${reasons[code] ?? printable(String(cause))}`,
    value: path,
    cause,
  });
}

/** The error of an output that stands there already. */
export function existsError(path: string): CalibrationError {
  return new CalibrationError('E_OUT_EXISTS', {
    what: `${printable(path)} exists; pass --force`,
    value: path,
  });
}

/** The error of an output that another program holds. */
export function lockedError(path: string, cause: unknown): CalibrationError {
  return new CalibrationError('E_OUT_LOCKED', {
    what: `${printable(path)} is open in another program; nothing was changed`,
    value: path,
    cause,
  });
}
