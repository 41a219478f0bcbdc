import { createReadStream } from 'node:fs';
import { open, readdir } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { type ProgressListener, throwIfAborted } from '../core/cancellation.ts';
import { CalibrationError, printable } from '../core/errors.ts';
import { nearestName } from '../core/nearest-name.ts';
import { gunzip, gzipMagic } from './gunzip.ts';

/** How to open an input. */
export interface InputOptions {
  /** What `-` reads. Default: the process's standard input. */
  readonly stdin?: AsyncIterable<Uint8Array>;
  /** Called with the bytes of the file read so far and its size, where it has one. */
  readonly onProgress?: ProgressListener;
  readonly signal?: AbortSignal;
}

/** An input, unpacked. */
export interface InputBytes {
  readonly bytes: AsyncIterable<Uint8Array>;
  /** Bytes there will be, where that is known: not for standard input, pipes and packed files. */
  readonly size: number | undefined;
}

/** Bytes asked of the system at a time. */
const blockSize = 256 * 1024;

/**
 * Opens a file, or standard input for `-`. Gzip data are recognised by their first bytes and unpacked on the way; the
 * bytes flow only as fast as they are taken.
 *
 * @throws CalibrationError `E_IN_MISSING`, `E_IN_READ`; while reading also `E_GZIP`, `E_GZIP_CRC` and `E_ABORTED`.
 */
export async function openInput(path: string, options: InputOptions = {}): Promise<InputBytes> {
  const { onProgress, signal } = options;
  const raw = path === '-' ? standardInput(options) : await fileBytes(path, signal);
  const watched = { bytes: watch(raw.bytes, raw.size, onProgress, signal), size: raw.size };
  const [start, bytes] = await startOf(watched.bytes, gzipMagic.length);
  const packed = gzipMagic.every((byte, i) => start[i] === byte);
  return packed ? { bytes: gunzip(bytes, path), size: undefined } : { bytes, size: raw.size };
}

function standardInput({ stdin }: InputOptions): InputBytes {
  return { bytes: stdin ?? process.stdin, size: undefined };
}

async function fileBytes(path: string, signal: AbortSignal | undefined): Promise<InputBytes> {
  const handle = await open(path, 'r').catch(async (cause) => {
    throw await unreadable(path, cause);
  });
  const stats = await handle.stat();
  if (stats.isDirectory()) {
    await handle.close();
    throw await unreadable(path, Object.assign(new Error('is a folder'), { code: 'EISDIR' }));
  }
  const stream = createReadStream(path, { fd: handle, highWaterMark: blockSize, ...(signal && { signal }) });
  return { bytes: readable(stream, path), size: stats.isFile() ? stats.size : undefined };
}

async function* readable(source: AsyncIterable<Uint8Array>, path: string): AsyncGenerator<Uint8Array> {
  try {
    yield* source;
  } catch (cause) {
    throw cause instanceof Error && cause.name === 'AbortError' ? cause : await unreadable(path, cause);
  }
}

async function* watch(
  source: AsyncIterable<Uint8Array>,
  size: number | undefined,
  onProgress: ProgressListener | undefined,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array> {
  let done = 0;
  try {
    for await (const bytes of source) {
      throwIfAborted(signal);
      done += bytes.length;
      onProgress?.(done, size);
      yield bytes;
    }
  } catch (cause) {
    throwIfAborted(signal);
    throw cause;
  }
}

/** The first bytes of a source, `count` of them if there are as many, and the whole source again. */
async function startOf(
  source: AsyncGenerator<Uint8Array>,
  count: number,
): Promise<[Uint8Array, AsyncGenerator<Uint8Array>]> {
  let start: Uint8Array = new Uint8Array(0);
  while (start.length < count) {
    const { done, value } = await source.next();
    if (done) break;
    start = start.length === 0 ? value : Buffer.concat([start, value]);
  }
  return [start, whole(start, source)];
}

async function* whole(start: Uint8Array, rest: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    if (start.length > 0) yield start;
    yield* rest;
  } finally {
    await rest.return(undefined);
  }
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EISDIR: 'it is a folder',
  EIO: 'the disk reports an error',
  ENAMETOOLONG: 'the name is too long',
  ELOOP: 'its symbolic links run in a circle',
  EMFILE: 'too many files are open',
};

async function unreadable(path: string, cause: unknown): Promise<CalibrationError> {
  const code = (cause as NodeJS.ErrnoException).code ?? '';
  const shown = printable(path);
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    const near = await neighbour(path);
    return new CalibrationError('E_IN_MISSING', {
      what:
        near === undefined
          ? `there is no file "${shown}"`
          : `there is no file "${shown}"; did you mean "${printable(near)}"?`,
      value: path,
      cause,
    });
  }
  return new CalibrationError('E_IN_READ', {
    what: `"${shown}" cannot be read: ${reasons[code] ?? printable(String(cause))}`,
    value: path,
    cause,
  });
}

/** The file in the same folder whose name is nearest. */
async function neighbour(path: string): Promise<string | undefined> {
  const names = await readdir(dirname(path)).catch(() => []);
  return nearestName(basename(path), names);
}
