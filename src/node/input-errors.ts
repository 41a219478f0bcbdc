import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { CalibrationError, printable } from '../core/errors.ts';
import { nearestName } from '../core/nearest-name.ts';
import { systemCode, systemReason } from './system-reasons.ts';

/** The name an input goes by in messages. */
export function inputName(path: string): string {
  return path === '-' ? 'standard input' : path;
}

/** An error of the system while opening or reading an input as one of ours; ours are handed on. */
export async function inputError(path: string, cause: unknown): Promise<CalibrationError> {
  if (cause instanceof CalibrationError) return cause;
  const absent = path !== '-' && ['ENOENT', 'ENOTDIR'].includes(systemCode(cause));
  if (absent) return missingInput(path, cause);
  const shown = path === '-' ? inputName(path) : `"${printable(path)}"`;
  return new CalibrationError('E_IN_READ', {
    file: inputName(path),
    placed: 'within',
    what: `${shown} cannot be read: ${systemReason(cause)}`,
    value: path,
    cause,
  });
}

async function missingInput(path: string, cause: unknown): Promise<CalibrationError> {
  const near = await neighbour(path);
  const absent = `there is no file "${printable(path)}"`;
  return new CalibrationError('E_IN_MISSING', {
    file: path,
    placed: 'within',
    what: near === undefined ? absent : `${absent}; did you mean "${printable(near)}"?`,
    value: path,
    cause,
  });
}

/** The file in the same folder whose name is nearest, as the user would write its path. */
async function neighbour(path: string): Promise<string | undefined> {
  const folder = dirname(path);
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const names = entries.filter((entry) => !entry.isDirectory()).map(({ name }) => name);
  const near = nearestName(basename(path), names);
  if (near === undefined) return undefined;
  return folder === '.' && !path.startsWith('.') ? near : join(folder, near);
}
