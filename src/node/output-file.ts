import { mkdirSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { throwIfAborted } from '../core/cancellation.ts';
import { checkFlag, checkOptionNames } from '../core/checks.ts';
import { CalibrationError, printable } from '../core/errors.ts';
import { blockWriter, type Writable } from './block-writer.ts';
import type { OutputOptions } from './check-output.ts';
import { checkPath } from './check-path.ts';
import { DescriptorFile } from './descriptor-file.ts';
import { outputError } from './output-errors.ts';
import { type OutputPlace, outputPlace } from './output-place.ts';
import { putInPlace } from './put-in-place.ts';
import { createTemporary, dropTemporary, sweepTemporaries, type Temporary } from './temporaries.ts';
import { beginOutput, endOutput } from './watched-outputs.ts';

/** An output being written. Until it is committed, nothing of it is to be seen. */
export interface OutputFile {
  /** Takes a piece, which may be changed once this has resolved. To be awaited before the next call. */
  readonly write: (piece: string | Uint8Array) => Promise<void>;
  /** Puts the file in its place, whole and flushed to the disk. */
  readonly commit: () => Promise<void>;
  /** Gives the file up; what stood there before stands there still. Does nothing after `commit`. */
  readonly abandon: () => Promise<void>;
}

/** How to write an output. */
export interface WriteOptions extends OutputOptions {
  /** Gives the output up when it fires. */
  readonly signal?: AbortSignal;
}

/** An open file and what to do with it in the end. */
interface Draft {
  readonly handle: Writable & { readonly close: () => Promise<void> };
  readonly settle: () => Promise<void>;
  readonly discard: () => void;
}

/**
 * Opens an output to write it piece by piece: into a temporary beside it, which takes its place in one step on `commit`.
 * A failing step gives the output up by itself. A missing last folder is made.
 *
 * @param path Where to; a symbolic link is followed. Devices and pipes are written to directly.
 * @throws CalibrationError `E_OUT_EXISTS` unless `force`, `E_OUT_DIR`, `E_OUT_SPACE`, `E_OUT_LOCKED`, `E_OUT_WRITE`,
 * `E_ABORTED`; so do its functions.
 *
 * @example
 * ```ts
 * import { mkdtemp, readdir } from 'node:fs/promises';
 * import { tmpdir } from 'node:os';
 * import { join } from 'node:path';
 * import { openOutput } from 'calibrant/node';
 *
 * const folder = await mkdtemp(join(tmpdir(), 'calibrant-'));
 * const output = await openOutput(join(folder, 'probs.csv'));
 * for (const row of ['p_0,p_1\n', '0.25,0.75\n']) await output.write(row);
 * await output.commit();
 * assert.deepEqual(await readdir(folder), ['probs.csv']);
 * ```
 */
export async function openOutput(path: string, options: WriteOptions = {}): Promise<OutputFile> {
  checkPath(path);
  checkOptionNames(options, ['force', 'signal']);
  const { force = false, signal } = options;
  checkFlag('force', force);
  throwIfAborted(signal);
  const place = await outputPlace(path, force);
  const isDevice = place.existing !== undefined && !place.existing.isFile();
  const kept = place.existing === undefined ? 'nothing was written' : 'the old file is unchanged';
  const failure = (cause: unknown): CalibrationError => outputError(path, cause, isDevice ? undefined : kept);
  beginOutput(path);
  const draft = await (isDevice ? openDevice(place) : openBeside(path, place, force)).catch((cause) => {
    endOutput(path, false);
    throw failure(cause);
  });
  const blocks = blockWriter(draft.handle);
  let state: 'open' | 'ended' = 'open';
  const abandon = async (): Promise<void> => {
    if (state === 'ended') return;
    state = 'ended';
    await draft.handle.close().catch(() => undefined);
    draft.discard();
    endOutput(path, false);
  };
  const guarded = async (step: () => Promise<void>): Promise<void> => {
    if (state === 'ended') throw endedError(path);
    try {
      throwIfAborted(signal);
      await step();
    } catch (cause) {
      await abandon();
      throw failure(cause);
    }
  };
  return {
    write: (piece) => guarded(() => blocks.write(piece)),
    commit: () =>
      guarded(async () => {
        await blocks.flush();
        await draft.settle();
        state = 'ended';
        endOutput(path, true);
      }),
    abandon,
  };
}

async function openDevice({ target }: OutputPlace): Promise<Draft> {
  const handle = await open(target, 'w');
  return { handle, settle: () => handle.close(), discard: () => undefined };
}

async function openBeside(
  path: string,
  { target, folder, folderMissing, existing }: OutputPlace,
  force: boolean,
): Promise<Draft> {
  if (!folderMissing) await sweepTemporaries(folder);
  const { path: temporary, descriptor } = temporaryIn(target, folder, folderMissing);
  const handle = new DescriptorFile(descriptor);
  const settle = async (): Promise<void> => {
    // Until here nobody else may read it.
    if (existing !== undefined) await handle.chown(existing.uid, existing.gid).catch(() => undefined);
    await handle.chmod(existing?.mode ?? 0o666 & ~process.umask());
    await handle.sync();
    await handle.close();
    await putInPlace(path, temporary, target, force);
    await flushFolder(folder);
  };
  return { handle, settle, discard: () => dropTemporary(temporary) };
}

/** Makes the folder too, in the same turn, so that a signal finds both or neither. */
function temporaryIn(target: string, folder: string, folderMissing: boolean): Temporary {
  const made = folderMissing ? mkdirSync(folder, { recursive: true }) : undefined;
  return createTemporary(target, folder, made === undefined ? undefined : folder);
}

/** Makes the new name outlive a power cut, where the system lets a folder be flushed. */
async function flushFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close().catch(() => undefined);
}

function endedError(path: string): CalibrationError {
  return new CalibrationError('E_OUT_WRITE', {
    file: path,
    placed: 'within',
    what: `${printable(path)} cannot be written: it was committed or given up`,
    value: path,
  });
}
