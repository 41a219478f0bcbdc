import { CalibrationError, printable } from '../core/errors.ts';
import { crc32 } from './crc-32.ts';
import { type ZipEntry, zipError } from './zip-entries.ts';

/** A file of this size may be packed as tightly as it likes; */
const freeBytes = 64 * 1024 * 1024;
/** a larger one at most so many times. */
const mostExpansion = 200;

/**
 * Unpacks an entry of an archive, counting what comes out: it stops at the size that the directory promises, and at an expansion
 * that no array of scores has.
 *
 * @throws CalibrationError `E_ZIP` for damage, a wrong size or checksum; `E_ZIP_RATIO`.
 */
export async function unzipEntry(entry: ZipEntry, file: string | undefined): Promise<Uint8Array> {
  const { name, isDeflated, crc, size, packed } = entry;
  const shown = printable(name);
  const bytes = isDeflated ? await inflated(entry, file) : packed;
  if (bytes.length !== size)
    throw zipError(file, `entry "${shown}" has ${bytes.length} bytes, its directory says ${size}`);
  if (crc32(bytes) !== crc) throw zipError(file, `the checksum of entry "${shown}" does not match`);
  return bytes;
}

async function inflated({ name, packed, size }: ZipEntry, file: string | undefined): Promise<Uint8Array> {
  const shown = printable(name);
  const stream = new Blob([packed as Uint8Array<ArrayBuffer>])
    .stream()
    .pipeThrough(new DecompressionStream('deflate-raw'));
  const reader = stream.getReader();
  const pieces: Uint8Array[] = [];
  let length = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      length += value.length;
      if (length > size)
        throw zipError(file, `entry "${shown}" holds more than the ${size} bytes its directory says`);
      if (length > freeBytes && length > mostExpansion * packed.length) throw tooTight(shown, length, file);
      pieces.push(value);
    }
  } catch (cause) {
    await reader.cancel().catch(() => undefined);
    throw cause instanceof CalibrationError ? cause : zipError(file, `entry "${shown}" cannot be unpacked`);
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}

function tooTight(shown: string, length: number, file: string | undefined): CalibrationError {
  const soFar = `${(length / 1024 / 1024).toFixed(1)} MiB so far`;
  return new CalibrationError('E_ZIP_RATIO', {
    ...(file === undefined ? {} : { file }),
    what: `entry "${shown}" expands more than ${mostExpansion} times (${soFar})`,
    hint: 'Save the array by itself, with numpy.save.',
  });
}
