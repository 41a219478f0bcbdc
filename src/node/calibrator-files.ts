import { CalibrationError, printable } from '../core/errors.ts';
import { type CalibratorFile, readCalibrator, writeCalibrator } from '../io/index.ts';
import type { OutputOptions } from './check-output.ts';
import { openInput } from './input-bytes.ts';
import { writeAtomically } from './write-atomically.ts';

/**
 * Saves a fitted calibrator with its origin as JSON, whole or not at all.
 *
 * @throws CalibrationError as `writeCalibrator` and `writeAtomically`.
 *
 * @example
 * ```ts
 * import { mkdtemp } from 'node:fs/promises';
 * import { tmpdir } from 'node:os';
 * import { join } from 'node:path';
 * import { assertUsable, fitTemperature } from 'calibrant';
 * import { loadCalibrator, saveCalibrator, toolVersion } from 'calibrant/node';
 *
 * const model = fitTemperature([[3, 0], [0, 2], [1, 0], [2, 0]], [0, 1, 1, 0]);
 * assertUsable(model);
 * const names = { classNames: ['cat', 'dog'], namedClasses: true };
 * const file = { model, provenance: { ...names, dataHash: '0'.repeat(64), toolVersion } };
 *
 * const path = join(await mkdtemp(join(tmpdir(), 'calibrant-')), 'calibrator.json');
 * await saveCalibrator(path, file);
 * assert.deepEqual(await loadCalibrator(path), file);
 * ```
 */
export async function saveCalibrator(
  path: string,
  calibrator: CalibratorFile,
  options: OutputOptions = {},
): Promise<void> {
  const { model, provenance } = Object(calibrator) as CalibratorFile;
  await writeAtomically(path, writeCalibrator(model, provenance), options);
}

/** Ten times a calibrator of a hundred thousand classes with names of sixty letters. */
const sizeLimit = 64 * 1024 ** 2;

/**
 * Reads a calibrator file.
 *
 * @throws CalibrationError as `readCalibrator`, and `E_IN_MISSING`, `E_IN_READ`.
 *
 * @example
 * ```ts
 * import { loadCalibrator } from 'calibrant/node';
 *
 * await assert.rejects(loadCalibrator('no-such-file.json'), /E_IN_MISSING/);
 * ```
 */
export async function loadCalibrator(path: string): Promise<CalibratorFile> {
  const { bytes } = await openInput(path);
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of bytes) {
    size += piece.length;
    if (size > sizeLimit) throw notCalibrator(path, 'is too large to be a calibrator');
    pieces.push(piece);
  }
  return readCalibrator(decoded(Buffer.concat(pieces), path), { file: path });
}

function decoded(bytes: Uint8Array, path: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw notCalibrator(path, 'is not a calibrator: it is no UTF-8 text', cause);
  }
}

function notCalibrator(path: string, predicate: string, cause?: unknown): CalibrationError {
  return new CalibrationError('E_MODEL_JSON', {
    file: path,
    placed: 'within',
    what: `${printable(path)} ${predicate}`,
    ...(cause === undefined ? {} : { cause }),
  });
}
