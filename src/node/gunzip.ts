import { CalibrationError } from '../core/errors.ts';
import { crc32 } from '../io/crc-32.ts';
import { byteReader } from './byte-reader.ts';
import { gzipErrors } from './gzip-errors.ts';
import { passGzipHeader } from './gzip-header.ts';
import { inflateMember } from './inflate-member.ts';

/** Unpacked bytes that are not held against a file, and how many times its size it may have beyond them. */
const freeSize = 64 * 1024 ** 2;
const mostTimes = 200;

/**
 * Unpacks gzip data as they arrive (RFC 1952): members joined, every checksum and length compared, anything behind the
 * last member refused. The same on every release of Node, as only the deflate streams inside are left to it.
 *
 * @throws CalibrationError `E_GZIP`, `E_GZIP_CRC`.
 */
export async function* gunzip(source: AsyncIterable<Uint8Array>, file: string): AsyncGenerator<Uint8Array> {
  const pieces = source[Symbol.asyncIterator]();
  const reader = byteReader(pieces);
  const errors = gzipErrors(file);
  let total = 0;
  try {
    while (await passGzipHeader(reader, errors)) {
      let crc = 0;
      let size = 0;
      for await (const bytes of inflateMember(reader, errors)) {
        crc = crc32(bytes, crc);
        size += bytes.length;
        total += bytes.length;
        if (total > freeSize && total > mostTimes * reader.position()) throw swelling(file, total);
        yield bytes;
      }
      const end = reader.position();
      const trailer = await reader.take(8);
      if (trailer.length < 8) throw errors.cutOff(reader.position());
      const stored = new DataView(trailer.buffer, trailer.byteOffset, 8);
      if (stored.getUint32(0, true) !== crc) throw errors.mismatch('checksum', end);
      // The length is stored modulo 2^32.
      if (stored.getUint32(4, true) !== size % 2 ** 32) throw errors.mismatch('length', end + 4);
    }
  } finally {
    await pieces.return?.();
  }
}

function swelling(file: string, total: number): CalibrationError {
  return new CalibrationError('E_GZIP', {
    file,
    what: `the compressed data expand more than ${mostTimes} times (${(total / 1024 ** 2).toFixed(1)} MiB so far)`,
    hint: 'Unpack it first if that is right.',
  });
}
