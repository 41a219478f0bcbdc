import { checkOptionsObject } from '../core/checks.ts';
import { CalibrationError } from '../core/errors.ts';
import {
  type CsvOptions,
  type LoadedScores,
  type LoadedSet,
  streamCsv,
  streamCsvPair,
  streamScores,
} from '../io/index.ts';
import { blameDamage } from './blame-damage.ts';
import { checkPath } from './check-path.ts';
import { type InputOptions, type InputSource, inputSource } from './input-bytes.ts';
import { inputName } from './input-errors.ts';
import { systemSha256 } from './system-sha-256.ts';

/** Options of the file loaders: those of the CSV readers, with progress in bytes of the file. */
export interface FileOptions extends Omit<CsvOptions, 'file' | 'labelsFile' | 'size' | 'onProgress'> {
  /** Called with the bytes read so far, packed where they are, and the size of the files, where they have one. */
  readonly onProgress?: InputOptions['onProgress'];
  /** What the path `-` reads. Default: the process's standard input. */
  readonly stdin?: InputOptions['stdin'];
}

/**
 * Reads a file of classifier outputs with their labels, delimited text or a NumPy array, plain or gzip; `-` is standard input. No more is held than the
 * numbers, one block and one row.
 *
 * @param path The file, as messages will name it.
 * @throws CalibrationError as `streamCsv`, and `E_IN_MISSING`, `E_IN_READ`, `E_GZIP`, `E_GZIP_CRC`.
 *
 * @example
 * ```ts
 * import { loadCsv } from 'calibrant/node';
 *
 * await assert.rejects(loadCsv('no-such-file.csv'), /E_IN_MISSING: there is no file "no-such-file.csv"/);
 * ```
 */
export async function loadCsv(path: string, options: FileOptions = {}): Promise<LoadedSet> {
  return loading([path], options, (csv, [source]) => streamCsv(source!, csv));
}

/**
 * {@link loadCsv} with the labels in a separate file: one a line, or a table whose label column is named.
 *
 * @throws CalibrationError as {@link loadCsv}, and `E_ROWS`.
 */
export async function loadCsvPair(
  scoresPath: string,
  labelsPath: string,
  options: FileOptions = {},
): Promise<LoadedSet> {
  checkPath(labelsPath);
  const labelsFile = inputName(labelsPath);
  return loading([scoresPath, labelsPath], options, (csv, [scores, labels]) =>
    streamCsvPair(scores!, labels!, { ...csv, labelsFile }),
  );
}

/** {@link loadCsv} without need of labels, for applying a calibrator. */
export async function loadScores(path: string, options: FileOptions = {}): Promise<LoadedScores> {
  return loading([path], options, (csv, [source]) => streamScores(source!, csv));
}

/** Opens the files, reads them by `load`, and says of damaged ones that they are. */
export async function loading<Loaded>(
  paths: readonly string[],
  options: FileOptions,
  load: (csv: CsvOptions, sources: readonly AsyncIterable<Uint8Array>[]) => Promise<Loaded>,
): Promise<Loaded> {
  checkOptionsObject(options);
  for (const path of paths) checkPath(path);
  const { onProgress, stdin, ...csv } = options;
  if (paths.length > 1 && paths.every((path) => path === '-')) {
    throw new CalibrationError('E_USAGE', { what: 'scores and labels cannot both come from standard input' });
  }
  const { signal } = csv;
  const done = paths.map(() => 0);
  const inputs: InputSource[] = [];
  for (const [k, path] of paths.entries()) {
    const tell = (bytes: number): void => {
      done[k] = bytes;
      onProgress?.(sumOf(done), totalOf(inputs));
    };
    inputs.push(
      await inputSource(path, { onProgress: tell, ...(stdin && { stdin }), ...(signal && { signal }) }),
    );
  }
  const size = inputs[0]!.size;
  const named = {
    sha256: systemSha256,
    ...csv,
    file: inputName(paths[0]!),
    ...(size === undefined ? {} : { size }),
  };
  return blameDamage(inputs, (sources) => load(named, sources));
}

function totalOf(inputs: readonly InputSource[]): number | undefined {
  const sizes = inputs.flatMap(({ stored }) => (stored === undefined ? [] : [stored]));
  return sizes.length === inputs.length ? sumOf(sizes) : undefined;
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
