import { deflateRawSync, crc32 as zlibCrc32 } from 'node:zlib';

/** What a gzip header may carry beside the magic (RFC 1952). */
export interface HeaderParts {
  readonly extra?: Uint8Array;
  readonly name?: string;
  readonly comment?: string;
  readonly headerCrc?: 'right' | 'wrong';
  readonly text?: boolean;
}

const latin = (text: string): Uint8Array => Buffer.from(`${text}\0`, 'latin1');

/** A gzip member put together byte by byte, its deflate stream by zlib. */
export function gzipMember(contents: string, parts: HeaderParts = {}): Uint8Array {
  const { extra, name, comment, headerCrc, text } = parts;
  const flags =
    (text ? 1 : 0) +
    (headerCrc ? 2 : 0) +
    (extra ? 4 : 0) +
    (name === undefined ? 0 : 8) +
    (comment === undefined ? 0 : 16);
  const fields: Uint8Array[] = [Uint8Array.of(0x1f, 0x8b, 8, flags, 1, 2, 3, 4, 0, 3)];
  if (extra) fields.push(Uint8Array.of(extra.length & 255, extra.length >> 8), extra);
  if (name !== undefined) fields.push(latin(name));
  if (comment !== undefined) fields.push(latin(comment));
  if (headerCrc) {
    const crc = (zlibCrc32(Buffer.concat(fields)) & 0xffff) ^ (headerCrc === 'wrong' ? 1 : 0);
    fields.push(Uint8Array.of(crc & 255, crc >> 8));
  }
  const bytes = Buffer.from(contents, 'utf8');
  const trailer = new DataView(new ArrayBuffer(8));
  trailer.setUint32(0, zlibCrc32(bytes), true);
  trailer.setUint32(4, bytes.length, true);
  return Buffer.concat([...fields, deflateRawSync(bytes), new Uint8Array(trailer.buffer)]);
}

/** Bytes in pieces of a given size. */
export async function* piecesOf(bytes: Uint8Array, size = bytes.length): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
}

/** All pieces as text. */
export async function textOf(source: AsyncIterable<Uint8Array>): Promise<string> {
  const pieces: Uint8Array[] = [];
  for await (const piece of source) pieces.push(piece);
  return Buffer.concat(pieces).toString('utf8');
}
