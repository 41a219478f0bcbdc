import { open, stat } from 'node:fs/promises';
import type { ProgressListener } from '../core/cancellation.ts';
import { checkOptionNames } from '../core/checks.ts';
import { checkPath } from './check-path.ts';
import { filePieces, filePiecesAhead } from './file-pieces.ts';
import { gzipMagic } from './gzip-header.ts';
import { inputError, inputName } from './input-errors.ts';
import { beginsPacked, unpacked } from './unpacked.ts';
import { untilAborted } from './until-aborted.ts';

/** How to open an input. */
export interface InputOptions {
  /** What `-` reads. Default: the process's standard input. */
  readonly stdin?: AsyncIterable<Uint8Array>;
  /** Called with the bytes of the file read so far, packed where it is, and its size, where it has one. */
  readonly onProgress?: ProgressListener;
  readonly signal?: AbortSignal;
}

/** An input, unpacked. */
export interface InputBytes {
  /** To be read once. The file is open only while they are. */
  readonly bytes: AsyncIterable<Uint8Array>;
  /** Bytes there will be, where that is known: not for standard input, pipes and packed files. */
  readonly size: number | undefined;
}

/**
 * Looks at a file, or at standard input for `-`, and hands over its bytes. Gzip data are recognised by their first bytes,
 * whatever the name, and unpacked on the way. The bytes flow only as fast as they are taken.
 *
 * @returns The bytes and how many there will be.
 * @throws CalibrationError `E_IN_MISSING`, `E_IN_READ`; while reading also `E_FORMAT` for gzip inside gzip, `E_GZIP`,
 * `E_GZIP_CRC` and `E_ABORTED`.
 *
 * @example
 * ```ts
 * import { mkdtemp, writeFile } from 'node:fs/promises';
 * import { tmpdir } from 'node:os';
 * import { join } from 'node:path';
 * import { gzipSync } from 'node:zlib';
 * import { openInput } from 'calibrant/node';
 *
 * const path = join(await mkdtemp(join(tmpdir(), 'calibrant-')), 'notes');
 * await writeFile(path, gzipSync('packed'));
 * const { bytes } = await openInput(path);
 * let text = '';
 * for await (const piece of bytes) text += Buffer.from(piece).toString();
 * assert.equal(text, 'packed');
 * ```
 */
export async function openInput(path: string, options: InputOptions = {}): Promise<InputBytes> {
  checkPath(path);
  checkOptionNames(options, ['stdin', 'onProgress', 'signal']);
  const { bytes, size } = await inputSource(path, options, filePieces);
  return { bytes, size };
}

/** An input with what the loaders need to know besides. */
export interface InputSource extends InputBytes {
  /** Bytes to be read from the disk, where that is known. */
  readonly stored: number | undefined;
  /** Whether the bytes read so far were gzip data. */
  readonly packed: () => boolean;
}

/**
 * {@link openInput} for the loaders.
 *
 * @param plainPieces Reads a regular file that is not packed. Default: ahead, so a piece is good until the next is asked for.
 */
export async function inputSource(
  path: string,
  options: InputOptions,
  plainPieces = filePiecesAhead,
): Promise<InputSource> {
  const { onProgress, signal } = options;
  const stored = path === '-' ? undefined : await sizeOf(path);
  const size = stored !== undefined && (await isPacked(path)) ? undefined : stored;
  const pieces = size === undefined ? filePieces : plainPieces;
  const source = untilAborted(path === '-' ? (options.stdin ?? process.stdin) : pieces(path), signal);
  let packed = false;
  const bytes = unpacked(counted(readable(path, source), stored, onProgress), inputName(path), () => {
    packed = true;
  });
  return { bytes, size, stored, packed: () => packed };
}

/** Size of a file; `undefined` for pipes, devices and what the system makes up on reading. */
async function sizeOf(path: string): Promise<number | undefined> {
  try {
    const stats = await stat(path);
    if (stats.isDirectory()) throw Object.assign(new Error('is a folder'), { code: 'EISDIR' });
    return stats.isFile() && stats.size > 0 ? stats.size : undefined;
  } catch (cause) {
    throw await inputError(path, cause);
  }
}

async function isPacked(path: string): Promise<boolean> {
  try {
    const handle = await open(path, 'r');
    try {
      const { buffer, bytesRead } = await handle.read(
        new Uint8Array(gzipMagic.length),
        0,
        gzipMagic.length,
        0,
      );
      return beginsPacked(buffer.subarray(0, bytesRead));
    } finally {
      await handle.close();
    }
  } catch (cause) {
    throw await inputError(path, cause);
  }
}

/** Failures of the source, told as ours. */
async function* readable(path: string, source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* source;
  } catch (cause) {
    throw await inputError(path, cause);
  }
}

async function* counted(
  source: AsyncIterable<Uint8Array>,
  size: number | undefined,
  onProgress: ProgressListener | undefined,
): AsyncGenerator<Uint8Array> {
  let done = 0;
  for await (const bytes of source) {
    done += bytes.length;
    onProgress?.(done, size);
    yield bytes;
  }
}
