import { checkOptionsObject } from '../core/checks.ts';
import type { NumberStorage } from '../core/number-store.ts';
import type { LoadedStoredScores, LoadedStoredSet } from '../io/index.ts';
import { storeCsv, storeCsvPair, storeScores } from '../io/stream-csv.ts';
import { checkPath } from './check-path.ts';
import { inputName } from './input-errors.ts';
import { type FileOptions, loading } from './load-csv.ts';
import { limitedStorage, type MemoryOptions } from './memory-limit.ts';

/** Options of the loaders of sets that may be larger than memory. */
export interface StoredFileOptions extends FileOptions, MemoryOptions {}

/** Something read from a file, to be released when it is no longer needed. */
export interface Releasable {
  /** Whether all of its numbers stand in memory. */
  readonly isInMemory: boolean;
  /** Deletes the temporary files, after which the rows cannot be read. They are also gone when the process ends. */
  readonly release: () => void;
}

/**
 * {@link loadCsv} for files of any size: beyond `maxMemory` the numbers go to temporary files, and are read from there block by
 * block by all that takes a set. Every result has the same bits as for the set in memory. Of an NPZ archive the packed bytes are held while it is read.
 *
 * @param path The file, as messages will name it; `-` is standard input.
 * @returns The set, whose rows are read some at a time.
 * @throws CalibrationError as {@link loadCsv}, and `E_TEMP_FILE`.
 *
 * @example
 * ```ts
 * import { mkdtemp, writeFile } from 'node:fs/promises';
 * import { tmpdir } from 'node:os';
 * import { join } from 'node:path';
 * import { evaluate } from 'calibrant';
 * import { loadCsv, loadStored } from 'calibrant/node';
 *
 * const path = join(await mkdtemp(join(tmpdir(), 'calibrant-')), 'test.csv');
 * await writeFile(path, 'cat,dog,label\n3,0,cat\n0,2,dog\n1,0,dog\n');
 * const set = await loadStored(path, { maxMemory: 256e6 });
 * assert.deepEqual(evaluate(set), evaluate(await loadCsv(path)));
 * set.release();
 * ```
 */
export async function loadStored(
  path: string,
  options: StoredFileOptions = {},
): Promise<LoadedStoredSet & Releasable> {
  return storing([path], options, (csv, [source], storage) => storeCsv(source!, csv, storage));
}

/** {@link loadStored} with the labels in a separate file, as `loadCsvPair`. */
export async function loadStoredPair(
  scoresPath: string,
  labelsPath: string,
  options: StoredFileOptions = {},
): Promise<LoadedStoredSet & Releasable> {
  checkPath(labelsPath);
  const labelsFile = inputName(labelsPath);
  return storing([scoresPath, labelsPath], options, (csv, [scores, labels], storage) =>
    storeCsvPair(scores!, labels!, { ...csv, labelsFile }, storage),
  );
}

/** {@link loadStored} without need of labels, for applying a calibrator. */
export async function loadStoredScores(
  path: string,
  options: StoredFileOptions = {},
): Promise<LoadedStoredScores & Releasable> {
  return storing([path], options, (csv, [source], storage) => storeScores(source!, csv, storage));
}

async function storing<Loaded>(
  paths: readonly string[],
  storedOptions: StoredFileOptions,
  load: (
    csv: Parameters<typeof storeCsv>[1],
    sources: readonly AsyncIterable<Uint8Array>[],
    storage: NumberStorage,
  ) => Promise<Loaded>,
): Promise<Loaded & Releasable> {
  checkOptionsObject(storedOptions);
  const { maxMemory, temporaryFolder, ...options } = storedOptions;
  const storage = limitedStorage({
    ...(maxMemory === undefined ? {} : { maxMemory }),
    ...(temporaryFolder === undefined ? {} : { temporaryFolder }),
  });
  try {
    const loaded = await loading(paths, options, (csv, sources) => load(csv, sources, storage));
    return { ...loaded, isInMemory: !storage.isSpilling(), release: storage.release };
  } catch (cause) {
    storage.release();
    throw cause;
  }
}
