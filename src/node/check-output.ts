import type { Stats } from 'node:fs';
import { access, constants, realpath, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { CalibrationError, printable } from '../core/errors.ts';
import { existsError, outputError } from './output-errors.ts';

/** What is agreed about an output. */
export interface OutputOptions {
  /** Whether a file that is there may be replaced. Default false. */
  readonly force?: boolean;
}

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
 * Checks, before any work is done for it, that an output can be written: it is no input, no folder, not there already
 * unless `force`, and its folder can be written to, or made in one that exists.
 *
 * @param options `inputs` are paths being read, none of which may be the output.
 * @throws CalibrationError `E_OUT_SAME`, `E_OUT_EXISTS`, `E_OUT_DIR`, `E_OUT_WRITE`.
 */
export async function checkOutput(
  path: string,
  options: OutputOptions & { readonly inputs?: readonly string[] } = {},
): Promise<void> {
  const { inputs = [], force = false } = options;
  const place = await outputPlace(path);
  for (const input of inputs) {
    const same = await realpath(input).catch(() => resolve(input));
    if (same === place.target) {
      throw new CalibrationError('E_OUT_SAME', { what: `${printable(path)} is also the input`, value: path });
    }
  }
  refuseExisting(path, place, force);
  await access(place.folderMissing ? dirname(place.folder) : place.folder, constants.W_OK).catch((cause) => {
    throw outputError(path, cause, place.existing !== undefined);
  });
}

/** Refuses a folder, and a file that is there unless `force`. Devices and pipes are written to as they are. */
export function refuseExisting(path: string, { existing }: OutputPlace, force: boolean): void {
  if (existing?.isDirectory()) {
    throw new CalibrationError('E_OUT_DIR', { what: `${printable(path)} is a folder`, value: path });
  }
  if (existing?.isFile() && !force) throw existsError(path);
}

/** Looks where an output will go. The last folder of the path may be missing, as it will be made. */
export async function outputPlace(path: string): Promise<OutputPlace> {
  const target = await realpath(path).catch(() => resolve(path));
  const folder = dirname(target);
  const existing = await stat(target).catch(() => undefined);
  const above = existing === undefined ? await stat(folder).catch(() => undefined) : undefined;
  const folderMissing = existing === undefined && above === undefined;
  if (above !== undefined && !above.isDirectory()) throw noFolder(folder, 'is not a folder');
  if (folderMissing) {
    const outer = await stat(dirname(folder)).catch(() => undefined);
    if (!outer?.isDirectory()) throw noFolder(dirname(folder), 'does not exist');
  }
  return { target, folder, existing, folderMissing };
}

function noFolder(folder: string, why: string): CalibrationError {
  return new CalibrationError('E_OUT_DIR', { what: `the folder ${printable(folder)} ${why}`, value: folder });
}
