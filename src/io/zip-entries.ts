import { CalibrationError, printable } from '../core/errors.ts';

/** A file in a zip archive, as its directory has it. */
export interface ZipEntry {
  readonly name: string;
  readonly isDeflated: boolean;
  /** CRC-32 of the file. */
  readonly crc: number;
  /** Bytes of the file. */
  readonly size: number;
  /** The bytes as they stand in the archive. */
  readonly packed: Uint8Array;
}

const localHeader = 0x04034b50;
const directoryHeader = 0x02014b50;
const directoryEnd = 0x06054b50;
const directoryEnd64 = 0x06064b50;
const locator64 = 0x07064b50;

/** Whether bytes begin as a zip archive does. */
export function beginsZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4;
}

export function zipError(file: string | undefined, what: string): CalibrationError {
  return new CalibrationError('E_ZIP', {
    ...(file === undefined ? {} : { file }),
    what: `${what}; the archive is damaged`,
  });
}

/**
 * The files of a zip archive by its directory, each held against its own header. Nothing is unpacked, and nothing is ever
 * written to disk under a name from the archive.
 *
 * @throws CalibrationError `E_ZIP` where sizes or places do not fit, or an entry is encrypted or packed by another method than
 * deflate; `E_ZIP_NAME` for names that lead out of a folder or stand twice.
 *
 * @see PKWARE, APPNOTE.TXT, .ZIP File Format Specification, sections 4.3 and 4.5.
 */
export function zipEntries(bytes: Uint8Array, file: string | undefined): readonly ZipEntry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { count, offset } = directoryOf(view, file);
  const entries: ZipEntry[] = [];
  const names = new Set<string>();
  let at = offset;
  for (let k = 0; k < count; k += 1) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== directoryHeader) {
      throw zipError(file, `entry ${k + 1} of the directory is missing`);
    }
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((place) =>
      view.getUint16(at + place, true),
    );
    const next = at + 46 + nameLength! + extraLength! + commentLength!;
    if (next > bytes.length) throw zipError(file, `entry ${k + 1} of the directory is cut off`);
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength!));
    checkName(name, names, file);
    if (!name.endsWith('/')) entries.push(entryAt(view, bytes, at, name, file));
    at = next;
  }
  return entries;
}

function directoryOf(
  view: DataView,
  file: string | undefined,
): { readonly count: number; readonly offset: number } {
  // The end record has a comment of up to 64 kB behind it.
  for (let at = view.byteLength - 22; at >= Math.max(0, view.byteLength - 22 - 65_535); at -= 1) {
    if (view.getUint32(at, true) !== directoryEnd) continue;
    if (at + 22 + view.getUint16(at + 20, true) !== view.byteLength) continue;
    const [count, offset] = [view.getUint16(at + 10, true), view.getUint32(at + 16, true)];
    if (count !== 0xffff && offset !== 0xffffffff) return { count, offset };
    return directory64(view, at, file);
  }
  throw zipError(file, 'it has no directory at its end');
}

function directory64(
  view: DataView,
  end: number,
  file: string | undefined,
): { readonly count: number; readonly offset: number } {
  const locator = end - 20;
  if (locator >= 0 && view.getUint32(locator, true) === locator64) {
    const at = Number(view.getBigUint64(locator + 8, true));
    if (at + 56 <= locator && view.getUint32(at, true) === directoryEnd64) {
      const [count, offset] = [
        Number(view.getBigUint64(at + 32, true)),
        Number(view.getBigUint64(at + 48, true)),
      ];
      if (offset <= at && count <= at / 46) return { count, offset };
    }
  }
  throw zipError(file, 'its large directory cannot be found');
}

function checkName(name: string, names: Set<string>, file: string | undefined): void {
  const isBad = name === '' || name.startsWith('/') || /[\\\0:]/.test(name) || name.split('/').includes('..');
  if (isBad || names.has(name)) {
    throw new CalibrationError('E_ZIP_NAME', {
      ...(file === undefined ? {} : { file }),
      what: `entry name "${printable(name)}" ${isBad ? 'is not allowed' : 'occurs twice'}`,
      value: name,
    });
  }
  names.add(name);
}

/** @param at Where the directory has the entry. */
function entryAt(
  view: DataView,
  bytes: Uint8Array,
  at: number,
  name: string,
  file: string | undefined,
): ZipEntry {
  const shown = printable(name);
  const flags = view.getUint16(at + 8, true);
  const method = view.getUint16(at + 10, true);
  if ((flags & 1) === 1) throw zipError(file, `entry "${shown}" is encrypted`);
  if (method !== 0 && method !== 8)
    throw zipError(file, `entry "${shown}" is packed by method ${method}, expected deflate`);
  const { size, packedSize, offset } = sizesOf(view, at, shown, file);
  if (offset + 30 > bytes.length || view.getUint32(offset, true) !== localHeader) {
    throw zipError(file, `entry "${shown}" is not where the directory says`);
  }
  const start = offset + 30 + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true);
  const own = new TextDecoder().decode(
    bytes.subarray(offset + 30, offset + 30 + view.getUint16(offset + 26, true)),
  );
  if (own !== name) throw zipError(file, `entry "${shown}" calls itself "${printable(own)}"`);
  if (start + packedSize > bytes.length) throw zipError(file, `entry "${shown}" is longer than the file`);
  if (method === 0 && size !== packedSize) throw zipError(file, `entry "${shown}" has two sizes`);
  return {
    name,
    isDeflated: method === 8,
    crc: view.getUint32(at + 16, true),
    size,
    packed: bytes.subarray(start, start + packedSize),
  };
}

/** Sizes and place of an entry, from its 64-bit field where the 32-bit ones are too small. */
function sizesOf(
  view: DataView,
  at: number,
  shown: string,
  file: string | undefined,
): { readonly size: number; readonly packedSize: number; readonly offset: number } {
  const short = {
    size: view.getUint32(at + 24, true),
    packedSize: view.getUint32(at + 20, true),
    offset: view.getUint32(at + 42, true),
  };
  const full = 0xffffffff;
  if (short.size !== full && short.packedSize !== full && short.offset !== full) return short;
  const from = at + 46 + view.getUint16(at + 28, true);
  const until = from + view.getUint16(at + 30, true);
  for (let field = from; field + 4 <= until; field += 4 + view.getUint16(field + 2, true)) {
    if (view.getUint16(field, true) !== 1) continue;
    let place = field + 4;
    const wide = (value: number): number => {
      if (value !== full) return value;
      if (place + 8 > until) throw zipError(file, `entry "${shown}" has no sizes`);
      place += 8;
      return Number(view.getBigUint64(place - 8, true));
    };
    return { size: wide(short.size), packedSize: wide(short.packedSize), offset: wide(short.offset) };
  }
  throw zipError(file, `entry "${shown}" has no sizes`);
}
