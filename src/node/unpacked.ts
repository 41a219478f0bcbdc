import { CalibrationError } from '../core/errors.ts';
import { gunzip } from './gunzip.ts';
import { gzipMagic } from './gzip-header.ts';

/** Whether bytes are the beginning of gzip data. */
export function beginsPacked(start: Uint8Array): boolean {
  return gzipMagic.every((byte, k) => start[k] === byte);
}

/**
 * The bytes of a source, unpacked if they are gzip data.
 *
 * @param file Name in messages.
 * @param onPacked Called before the first unpacked bytes.
 * @throws CalibrationError `E_GZIP`, `E_GZIP_CRC`, and `E_FORMAT` for gzip data inside gzip data.
 */
export async function* unpacked(
  source: AsyncGenerator<Uint8Array>,
  file: string,
  onPacked: () => void,
): AsyncGenerator<Uint8Array> {
  const [start, bytes] = await startOf(source);
  if (beginsPacked(start)) {
    onPacked();
    yield* packedOnce(gunzip(bytes, file), file);
  } else yield* bytes;
}

async function* packedOnce(inner: AsyncGenerator<Uint8Array>, file: string): AsyncGenerator<Uint8Array> {
  const [start, bytes] = await startOf(inner);
  if (beginsPacked(start)) {
    await inner.return(undefined);
    throw new CalibrationError('E_FORMAT', {
      file,
      what: 'there is gzip data inside the gzip data, expected delimited text',
      hint: 'Unpack it first.',
    });
  }
  yield* bytes;
}

/** The bytes that tell gzip data, or all there are, and the whole source again. */
async function startOf(
  source: AsyncGenerator<Uint8Array>,
): Promise<[start: Uint8Array, whole: AsyncGenerator<Uint8Array>]> {
  let start: Uint8Array = new Uint8Array(0);
  while (start.length < gzipMagic.length) {
    const { done, value } = await source.next();
    if (done) break;
    start = start.length === 0 ? value : Buffer.concat([start, value]);
  }
  return [start, rejoined(start, source)];
}

async function* rejoined(start: Uint8Array, rest: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    if (start.length > 0) yield start;
    yield* rest;
  } finally {
    await rest.return(undefined);
  }
}
