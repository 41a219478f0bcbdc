import {
  type CsvOptions,
  type LoadedScores,
  type LoadedSet,
  streamCsv,
  streamCsvPair,
  streamScores,
} from '../io/index.ts';
import { type InputOptions, openInput } from './input-bytes.ts';

/** Options of the file loaders: those of the CSV readers, with progress in bytes of the file. */
export interface FileOptions extends Omit<CsvOptions, 'file' | 'labelsFile' | 'size' | 'onProgress'> {
  /** Called with the bytes of the file read so far and its size, where it has one. */
  readonly onProgress?: InputOptions['onProgress'];
  /** What the path `-` reads. Default: the process's standard input. */
  readonly stdin?: InputOptions['stdin'];
}

/**
 * Reads a file of classifier outputs with their labels, plain or gzip; `-` is standard input. No more is held than the
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
  const { source, csv } = await opened(path, options);
  return streamCsv(source, csv);
}

/**
 * {@link loadCsv} with the labels in a file of their own: one a line, or a table whose label column is named.
 *
 * @throws CalibrationError as {@link loadCsv}, and `E_ROWS`.
 */
export async function loadCsvPair(
  scoresPath: string,
  labelsPath: string,
  options: FileOptions = {},
): Promise<LoadedSet> {
  const { source, csv } = await opened(scoresPath, options);
  const { stdin, signal } = options;
  const labels = await openInput(labelsPath, { ...(stdin && { stdin }), ...(signal && { signal }) });
  return streamCsvPair(source, labels.bytes, { ...csv, labelsFile: nameOf(labelsPath) });
}

/** {@link loadCsv} without need of labels, for applying a calibrator. */
export async function loadScores(path: string, options: FileOptions = {}): Promise<LoadedScores> {
  const { source, csv } = await opened(path, options);
  return streamScores(source, csv);
}

async function opened(
  path: string,
  { onProgress, stdin, ...rest }: FileOptions,
): Promise<{ source: AsyncIterable<Uint8Array>; csv: CsvOptions }> {
  const { signal } = rest;
  const { bytes, size } = await openInput(path, {
    ...(stdin && { stdin }),
    ...(onProgress && { onProgress }),
    ...(signal && { signal }),
  });
  return { source: bytes, csv: { ...rest, file: nameOf(path), ...(size === undefined ? {} : { size }) } };
}

function nameOf(path: string): string {
  return path === '-' ? 'standard input' : path;
}
