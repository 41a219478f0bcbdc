import { linkSync, renameSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { CalibrationError } from '../core/errors.ts';
import { existsError, lockedError } from './output-errors.ts';
import { systemCode } from './system-reasons.ts';
import { dropTemporary, forgetTemporary, isLiving } from './temporaries.ts';

/** Codes of file systems without hard links, and of links that are full. */
const linkless = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EINVAL'];

/** Codes of a file that another program holds. On Windows a lock looks like a lack of permission. */
const held = process.platform === 'win32' ? ['EBUSY', 'EPERM', 'EACCES'] : ['EBUSY'];

/** Milliseconds between the tries to replace a file that is held. */
const patience = [10, 30, 90, 270, 600];

/**
 * Gives a finished temporary its name in one step that does not wait, so that a signal finds the old state or the new.
 *
 * @param path The output as the user named it.
 * @param force Whether a file that is there may be replaced, also one that has appeared since it was looked for.
 */
export async function putInPlace(
  path: string,
  temporary: string,
  target: string,
  force: boolean,
): Promise<void> {
  if (!isLiving(temporary)) throw removed();
  if (!force && linked(path, temporary, target)) {
    dropTemporary(temporary);
    return;
  }
  for (const delay of [...patience, undefined]) {
    try {
      renameSync(temporary, target);
      forgetTemporary(temporary);
      return;
    } catch (cause) {
      if (!held.includes(systemCode(cause))) throw cause;
      if (delay === undefined) throw lockedError(path, cause);
    }
    await wait(delay);
    if (!isLiving(temporary)) throw removed();
  }
}

/** A second link cannot overwrite a file that has appeared meanwhile; a rename would. */
function linked(path: string, temporary: string, target: string): boolean {
  try {
    linkSync(temporary, target);
    return true;
  } catch (cause) {
    if (systemCode(cause) === 'EEXIST') throw existsError(path);
    if (linkless.includes(systemCode(cause))) return false;
    throw cause;
  }
}

function removed(): CalibrationError {
  return new CalibrationError('E_ABORTED', { what: 'stopped on request; nothing was written' });
}
