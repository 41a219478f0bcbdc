import { type FileHandle, link, mkdir, open, rename, rmdir } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { type OutputOptions, type OutputPlace, outputPlace, refuseExisting } from './check-output.ts';
import { existsError, lockedError, outputError } from './output-errors.ts';
import { dropTemporary, sweepTemporaries, temporaryFor } from './temporaries.ts';

/** What a file is to hold: all at once, or piece by piece. */
export type Contents = Iterable<string | Uint8Array> | string | Uint8Array;

/**
 * Writes a file whole or not at all: into a temporary beside it, flushed to the disk, then put in its place in one step.
 * Whatever happens in between, what stood there before stands there still. A missing last folder is made.
 *
 * @param path Where to; a symbolic link is followed. Devices and pipes are written to directly.
 * @throws CalibrationError `E_OUT_EXISTS` unless `force`, `E_OUT_DIR`, `E_OUT_SPACE`, `E_OUT_LOCKED`, `E_OUT_WRITE`.
 *
 * @example
 * ```ts
 * import { mkdtemp, readFile } from 'node:fs/promises';
 * import { tmpdir } from 'node:os';
 * import { join } from 'node:path';
 * import { writeAtomically } from 'calibrant/node';
 *
 * const path = join(await mkdtemp(join(tmpdir(), 'calibrant-')), 'notes.txt');
 * await writeAtomically(path, 'first');
 * await assert.rejects(writeAtomically(path, 'second'), /E_OUT_EXISTS/);
 * assert.equal(await readFile(path, 'utf8'), 'first');
 * ```
 */
export async function writeAtomically(
  path: string,
  contents: Contents,
  { force = false }: OutputOptions = {},
): Promise<void> {
  const place = await outputPlace(path);
  refuseExisting(path, place, force);
  try {
    if (place.existing !== undefined && !place.existing.isFile()) await writeDirectly(place.target, contents);
    else await writeBeside(path, place, contents, force);
  } catch (cause) {
    throw outputError(path, cause, place.existing !== undefined);
  }
}

async function writeDirectly(target: string, contents: Contents): Promise<void> {
  const handle = await open(target, 'w');
  try {
    await writeAll(handle, contents);
  } finally {
    await handle.close();
  }
}

async function writeBeside(
  path: string,
  { target, folder, folderMissing, existing }: OutputPlace,
  contents: Contents,
  force: boolean,
): Promise<void> {
  if (folderMissing) await mkdir(folder);
  else await sweepTemporaries(folder);
  const temporary = temporaryFor(target, folder);
  try {
    const handle = await open(temporary, 'wx');
    try {
      await writeAll(handle, contents);
      if (existing !== undefined) await handle.chmod(existing.mode);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await (force ? replace(path, temporary, target) : place(path, temporary, target));
  } catch (cause) {
    await dropTemporary(temporary);
    if (folderMissing) await rmdir(folder).catch(() => undefined);
    throw cause;
  }
  await dropTemporary(temporary);
  await flushFolder(folder);
}

async function writeAll(handle: FileHandle, contents: Contents): Promise<void> {
  const pieces = typeof contents === 'string' || contents instanceof Uint8Array ? [contents] : contents;
  for (const piece of pieces) {
    const bytes = typeof piece === 'string' ? Buffer.from(piece, 'utf8') : piece;
    for (let at = 0; at < bytes.length; ) {
      const { bytesWritten } = await handle.write(bytes, at, bytes.length - at);
      at += bytesWritten;
    }
  }
}

/** Puts a file where none is: a second link cannot overwrite one that has appeared meanwhile, a rename would. */
async function place(path: string, temporary: string, target: string): Promise<void> {
  try {
    await link(temporary, target);
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? '';
    if (code === 'EEXIST') throw existsError(path);
    // File systems without hard links.
    if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EINVAL'].includes(code)) throw cause;
    await replace(path, temporary, target);
  }
}

/** Waits in milliseconds while another program may hold the file, as on Windows. */
const patience = [20, 60, 180, 540, 1000];

async function replace(path: string, temporary: string, target: string): Promise<void> {
  for (const delay of [...patience, undefined]) {
    try {
      await rename(temporary, target);
      return;
    } catch (cause) {
      const held = ['EPERM', 'EBUSY', 'EACCES'].includes((cause as NodeJS.ErrnoException).code ?? '');
      if (!held) throw cause;
      if (delay === undefined) throw lockedError(path, cause);
      await wait(delay);
    }
  }
}

/** Makes the new name outlive a power cut, where the system lets a folder be flushed. */
async function flushFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}
