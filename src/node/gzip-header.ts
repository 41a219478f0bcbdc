import { crc32 } from '../io/crc-32.ts';
import type { ByteReader } from './byte-reader.ts';
import type { GzipErrors } from './gzip-errors.ts';

/** The bytes that a gzip member begins with. */
export const gzipMagic: readonly number[] = [0x1f, 0x8b];

const deflate = 8;
const flags = { headerCrc: 2, extra: 4, name: 8, comment: 16 };
const reservedFlags = 0xe0;

/** Names and comments longer than this are taken for damage. */
const longestText = 65_536;

/**
 * Passes over the header of a gzip member (RFC 1952, section 2.3), checked.
 *
 * @returns Whether there was one; `false` at the end of the data, which may be padded with zeros as on tapes.
 * @throws CalibrationError `E_GZIP`, `E_GZIP_CRC`.
 */
export async function passGzipHeader(reader: ByteReader, errors: GzipErrors): Promise<boolean> {
  const start = reader.position();
  let crc = 0;
  const next = async (count: number): Promise<Uint8Array> => {
    const bytes = await reader.take(count);
    if (bytes.length < count) throw errors.cutOff(reader.position());
    crc = crc32(bytes, crc);
    return bytes;
  };
  const passText = async (): Promise<void> => {
    for (let length = 0; (await next(1))[0] !== 0; length += 1) {
      if (length === longestText)
        throw errors.damaged(`a name in the gzip header at byte ${start} does not end`);
    }
  };
  const first = await reader.take(gzipMagic.length);
  if (first.length === 0) return false;
  if (await isPadding(first, reader)) return false;
  if (!first.every((byte, k) => byte === gzipMagic[k])) throw errors.followed(start);
  if (first.length < gzipMagic.length) throw errors.cutOff(reader.position());
  crc = crc32(first);
  const [method = 0, flag = 0] = await next(8);
  if (method !== deflate) throw errors.damaged(`the gzip header at byte ${start} asks for method ${method}`);
  if ((flag & reservedFlags) !== 0)
    throw errors.damaged(`the gzip header at byte ${start} has unknown flags`);
  if (flag & flags.extra) {
    const [low = 0, high = 0] = await next(2);
    await next(low + 256 * high);
  }
  if (flag & flags.name) await passText();
  if (flag & flags.comment) await passText();
  if (flag & flags.headerCrc) {
    const expected = crc & 0xffff;
    const [low = 0, high = 0] = await next(2);
    if (low + 256 * high !== expected) throw errors.mismatch('checksum', reader.position() - 2);
  }
  return true;
}

async function isPadding(first: Uint8Array, reader: ByteReader): Promise<boolean> {
  let bytes: Uint8Array | undefined = first;
  while (bytes?.every((byte) => byte === 0)) bytes = await reader.piece();
  return bytes === undefined;
}
