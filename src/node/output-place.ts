import type { Stats } from 'node:fs';
import { readlink, realpath, stat } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { existsError, folderError, isFolderError, outputError } from './output-errors.ts';
import { systemCode } from './system-reasons.ts';

/** Where an output will go. */
export interface OutputPlace {
  /** The path behind symbolic links. */
  readonly target: string;
  readonly folder: string;
  /** What stands there now. */
  readonly existing: Stats | undefined;
  readonly folderMissing: boolean;
}

/**
 * Looks where an output will go. The last folder of the path may be missing, as it will be made.
 *
 * @throws CalibrationError `E_OUT_DIR`, `E_OUT_WRITE`; `E_OUT_EXISTS` for a file that is there unless `force`. Devices
 * and pipes are written to as they are.
 */
export async function outputPlace(path: string, force: boolean): Promise<OutputPlace> {
  const place = await lookedAt(path).catch((cause) => {
    throw outputError(path, cause);
  });
  if (place.existing?.isDirectory() || /[/\\]$/.test(path)) throw isFolderError(path);
  if (place.existing?.isFile() && !force) throw existsError(path);
  return place;
}

async function lookedAt(path: string): Promise<OutputPlace> {
  const target = await behindLinks(resolve(path));
  const folder = dirname(target);
  const existing = await statIfThere(target);
  if (existing !== undefined) return { target, folder, existing, folderMissing: false };
  const above = await statIfThere(folder);
  const named = (missing: string): string => (isAbsolute(path) ? missing : relative('', missing));
  if (above !== undefined && !above.isDirectory()) throw folderError(path, named(folder), 'is not a folder');
  const outer = above ?? (await statIfThere(dirname(folder)));
  if (!outer?.isDirectory()) throw folderError(path, named(dirname(folder)), 'does not exist');
  return { target, folder, existing, folderMissing: above === undefined };
}

/** The path that symbolic links lead to, though the last may lead to nothing yet. */
async function behindLinks(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (cause) {
    if (!isAbsence(cause)) throw cause;
    const aim = await readlink(path).catch(() => undefined);
    if (aim !== undefined) return behindLinks(resolve(dirname(path), aim));
    const folder = await realpath(dirname(path)).catch(() => dirname(path));
    return join(folder, basename(path));
  }
}

async function statIfThere(path: string): Promise<Stats | undefined> {
  try {
    return await stat(path);
  } catch (cause) {
    if (isAbsence(cause)) return undefined;
    throw cause;
  }
}

function isAbsence(cause: unknown): boolean {
  return ['ENOENT', 'ENOTDIR'].includes(systemCode(cause));
}
