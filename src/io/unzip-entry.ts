import { CalibrationError, printable } from '../core/errors.ts';
import { crc32 } from './crc-32.ts';
import { type ZipEntry, zipError } from './zip-entries.ts';

/** A file of this size may be packed as tightly as it likes; */
const freeBytes = 64 * 1024 * 1024;
/** a larger one at most so many times. */
const mostExpansion = 200;

/** Bytes of an entry that is not packed, handed on at a time. */
const pieceBytes = 2 ** 18;

/**
 * Unpacks an entry of an archive piece by piece, counting what comes out: it stops at the size that the directory promises, and at an
 * expansion that no array of scores has. Size and checksum are compared when all pieces have been taken.
 *
 * @throws CalibrationError `E_ZIP` for damage, a wrong size or checksum; `E_ZIP_RATIO`.
 */
export async function* unzippedPieces(
  entry: ZipEntry,
  file: string | undefined,
): AsyncGenerator<Uint8Array, void> {
  const { name, isDeflated, crc, size, packed } = entry;
  const shown = printable(name);
  let length = 0;
  let sum = 0;
  for await (const piece of isDeflated ? inflated(entry, file) : cut(packed)) {
    length += piece.length;
    if (length > size) {
      throw zipError(file, `entry "${shown}" holds more than the ${size} bytes its directory says`);
    }
    if (length > freeBytes && length > mostExpansion * packed.length) throw tooTight(shown, length, file);
    sum = crc32(piece, sum);
    yield piece;
  }
  if (length !== size) {
    throw zipError(file, `entry "${shown}" has ${length} bytes, its directory says ${size}`);
  }
  if (sum !== crc) throw zipError(file, `the checksum of entry "${shown}" does not match`);
}

/**
 * The first bytes of an entry, so many or all there are; no more is unpacked.
 *
 * @throws CalibrationError `E_ZIP`, `E_ZIP_RATIO`.
 */
export async function unzippedStart(
  entry: ZipEntry,
  bytes: number,
  file: string | undefined,
): Promise<Uint8Array> {
  const start = new Uint8Array(Math.min(bytes, entry.size));
  let filled = 0;
  for await (const piece of unzippedPieces(entry, file)) {
    const some = piece.subarray(0, start.length - filled);
    start.set(some, filled);
    filled += some.length;
    if (filled === start.length && start.length < entry.size) break;
  }
  return start.subarray(0, filled);
}

function* cut(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes);
}

async function* inflated(
  { name, packed }: ZipEntry,
  file: string | undefined,
): AsyncGenerator<Uint8Array, void> {
  // Not from a Blob, which would copy all of it.
  const pieces = cut(packed);
  const source = new ReadableStream<Uint8Array<ArrayBuffer>>({
    pull: (controller) => {
      const { done, value } = pieces.next();
      if (done === true) controller.close();
      else controller.enqueue(value as Uint8Array<ArrayBuffer>);
    },
  });
  const reader = source.pipeThrough(new DecompressionStream('deflate-raw')).getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read().catch(() => {
        throw zipError(file, `entry "${printable(name)}" cannot be unpacked`);
      });
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

function tooTight(shown: string, length: number, file: string | undefined): CalibrationError {
  const soFar = `${(length / 1024 / 1024).toFixed(1)} MiB so far`;
  return new CalibrationError('E_ZIP_RATIO', {
    ...(file === undefined ? {} : { file }),
    what: `entry "${shown}" expands more than ${mostExpansion} times (${soFar})`,
    hint: 'Save the array by itself, with numpy.save.',
  });
}
