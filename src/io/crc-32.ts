/** Reflected generator polynomial of CRC-32 (RFC 1952, section 8). */
const polynomial = 0xedb88320;

/** `tables[256 k + b]` advances byte b over k further zero bytes, so that eight bytes are folded at once. */
const tables = new Int32Array(8 * 256);
for (let byte = 0; byte < 256; byte += 1) {
  let rest = byte;
  for (let bit = 0; bit < 8; bit += 1) rest = (rest >>> 1) ^ (rest & 1 ? polynomial : 0);
  tables[byte] = rest;
}
for (let entry = 256; entry < tables.length; entry += 1) {
  const shorter = tables[entry - 256]!;
  tables[entry] = (shorter >>> 8) ^ tables[shorter & 255]!;
}

/**
 * CRC-32 of gzip and zip, over pieces: the value after one piece goes in with the next.
 *
 * @param before Value after the bytes before these; 0 at the start.
 * @returns Unsigned 32-bit value.
 */
export function crc32(bytes: Uint8Array, before = 0): number {
  let crc = ~before;
  let at = 0;
  for (const last = bytes.length - 7; at < last; at += 8) {
    crc ^= bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
    crc =
      tables[1792 + (crc & 255)]! ^
      tables[1536 + ((crc >>> 8) & 255)]! ^
      tables[1280 + ((crc >>> 16) & 255)]! ^
      tables[1024 + (crc >>> 24)]! ^
      tables[768 + bytes[at + 4]!]! ^
      tables[512 + bytes[at + 5]!]! ^
      tables[256 + bytes[at + 6]!]! ^
      tables[bytes[at + 7]!]!;
  }
  for (; at < bytes.length; at += 1) crc = (crc >>> 8) ^ tables[(crc ^ bytes[at]!) & 255]!;
  return ~crc >>> 0;
}
