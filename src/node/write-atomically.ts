import { CalibrationError } from '../core/errors.ts';
import { foundText } from '../core/found-text.ts';
import { openOutput, type WriteOptions } from './output-file.ts';

/** What a file is to hold: all at once, or piece by piece, also pieces that are still to come. */
export type Contents =
  | string
  | Uint8Array
  | Iterable<string | Uint8Array>
  | AsyncIterable<string | Uint8Array>;

/**
 * Writes a file whole or not at all: into a temporary beside it, flushed to the disk, then put in its place in one step.
 * Whatever happens in between, what stood there before stands there still. A missing last folder is made.
 *
 * @param path Where to; a symbolic link is followed. Devices and pipes are written to directly.
 * @param contents Text is written as UTF-8. Pieces are asked for as fast as the disk takes them.
 * @throws CalibrationError `E_OUT_EXISTS` unless `force`, `E_OUT_DIR`, `E_OUT_SPACE`, `E_OUT_LOCKED`, `E_OUT_WRITE`,
 * `E_ABORTED`.
 *
 * @example
 * ```ts
 * import { mkdtemp, readFile } from 'node:fs/promises';
 * import { tmpdir } from 'node:os';
 * import { join } from 'node:path';
 * import { writeAtomically } from 'calibrant/node';
 *
 * const path = join(await mkdtemp(join(tmpdir(), 'calibrant-')), 'notes.txt');
 * await writeAtomically(path, 'first');
 * await assert.rejects(writeAtomically(path, 'second'), /E_OUT_EXISTS/);
 * assert.equal(await readFile(path, 'utf8'), 'first');
 * ```
 */
export async function writeAtomically(
  path: string,
  contents: Contents,
  options: WriteOptions = {},
): Promise<void> {
  checkContents(contents);
  const output = await openOutput(path, options);
  try {
    const whole = typeof contents === 'string' || contents instanceof Uint8Array;
    for await (const piece of whole ? [contents] : contents) await output.write(piece);
    await output.commit();
  } catch (cause) {
    await output.abandon();
    throw cause;
  }
}

function checkContents(contents: unknown): void {
  const isObject = typeof contents === 'object' && contents !== null;
  const isPieces = isObject && (Symbol.iterator in contents || Symbol.asyncIterator in contents);
  if (typeof contents === 'string' || isPieces) return;
  throw new CalibrationError('E_OPTION', {
    what: `the contents are ${foundText(contents)}, expected text, bytes or pieces of them`,
    value: contents,
  });
}
