import { once } from 'node:events';
import { createGunzip } from 'node:zlib';
import { CalibrationError, type ErrorCode } from '../core/errors.ts';

/** The bytes that gzip data begin with. */
export const gzipMagic: readonly number[] = [0x1f, 0x8b];

/** So much packed input is unpacked at a time; at the highest ratio of deflate it makes some 16 MB. */
const portion = 16 * 1024;

/**
 * Unpacks gzip data as they arrive: members joined, checksums and lengths checked, anything but zeros behind the last
 * member refused.
 *
 * @throws CalibrationError `E_GZIP`, `E_GZIP_CRC`.
 */
export async function* gunzip(source: AsyncIterable<Uint8Array>, file: string): AsyncGenerator<Uint8Array> {
  const engine = createGunzip();
  const unpacked: Uint8Array[] = [];
  const engineFault = { found: undefined as NodeJS.ErrnoException | undefined };
  engine.on('data', (piece: Uint8Array) => unpacked.push(piece));
  engine.on('error', (error) => {
    engineFault.found = error;
  });
  const ended = once(engine, 'end').catch(() => undefined);
  try {
    for await (const bytes of source) {
      for (let from = 0; from < bytes.length; from += portion) {
        await new Promise<void>((resolve) => {
          engine.write(bytes.subarray(from, from + portion), () => resolve());
        });
        if (engineFault.found !== undefined) throw gzipError(engineFault.found, engine.bytesWritten, file);
        yield* unpacked.splice(0);
      }
    }
    engine.end();
    await ended;
    if (engineFault.found !== undefined) throw gzipError(engineFault.found, engine.bytesWritten, file);
    yield* unpacked.splice(0);
  } finally {
    engine.destroy();
  }
}

function gzipError(cause: NodeJS.ErrnoException, at: number, file: string): CalibrationError {
  const [code, what]: [ErrorCode, string] =
    cause.code === 'Z_BUF_ERROR'
      ? ['E_GZIP', `the compressed data end early, after ${at} bytes; the file is cut off`]
      : /incorrect (data|length) check/.test(cause.message)
        ? ['E_GZIP_CRC', `checksum does not match at byte ${at}; the file is damaged`]
        : ['E_GZIP', `the compressed data are damaged near byte ${at}, or something else follows them`];
  return new CalibrationError(code, { ...(file === '-' ? {} : { file }), what, cause });
}
