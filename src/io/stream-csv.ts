import { throwIfAborted } from '../core/cancellation.ts';
import { assemblePair } from './assemble-pair.ts';
import { assembleScores, assembleSet } from './assemble-set.ts';
import { csvSettings } from './csv-settings.ts';
import { labelsOf } from './parse-csv.ts';
import type { ByteSource, CsvOptions, LoadedScores, LoadedSet } from './scored-set-input.ts';
import { labelReader, scoreReader, type TableReader } from './table-reader.ts';

/**
 * Reads classifier outputs with their labels from bytes that arrive piece by piece, holding no more than the numbers,
 * one block and one row. The result, or the error, is that of {@link parseCsv} on the joined bytes.
 *
 * @param source A file's or a response's bytes, UTF-8.
 * @param options As for {@link parseCsv}, with `onProgress` in bytes and `signal`.
 * @throws CalibrationError as {@link parseCsv}, and `E_ABORTED`.
 *
 * @example
 * ```ts
 * import { streamCsv } from 'calibrant';
 *
 * const body = new Blob(['logit_0,logit_1,label\n1,', '2,1\n']).stream();
 * const set = await streamCsv(body);
 * assert.deepEqual([...set.labels], [1]);
 * ```
 */
export async function streamCsv(source: ByteSource, options: CsvOptions = {}): Promise<LoadedSet> {
  const settings = csvSettings(options);
  const raw = await feed(scoreReader(settings, 'here'), source, options);
  return assembleSet(raw, labelsOf(raw, settings.file), settings);
}

/** {@link streamCsv} with the labels in a source of their own, as `parseCsvPair`. */
export async function streamCsvPair(
  scores: ByteSource,
  labels: ByteSource,
  options: CsvOptions = {},
): Promise<LoadedSet> {
  const settings = csvSettings(options);
  const table = await feed(scoreReader(settings, 'elsewhere'), scores, options);
  const { onProgress: _, ...rest } = options;
  return assemblePair(table, await feed(labelReader(settings, table), labels, rest), settings);
}

/** {@link streamCsv} without need of labels, as `parseScores`. */
export async function streamScores(source: ByteSource, options: CsvOptions = {}): Promise<LoadedScores> {
  const settings = csvSettings(options);
  return assembleScores(await feed(scoreReader(settings, 'maybe-here'), source, options), settings);
}

async function feed<Result>(
  reader: TableReader<Result>,
  source: ByteSource,
  { signal, onProgress, size }: CsvOptions,
): Promise<Result> {
  let done = 0;
  for await (const bytes of chunksOf(source)) {
    throwIfAborted(signal);
    reader.push(bytes);
    done += bytes.length;
    onProgress?.(done, size);
  }
  throwIfAborted(signal);
  return reader.end();
}

/** Web streams are read through their reader, as not every browser iterates them. */
async function* chunksOf(source: ByteSource): AsyncGenerator<Uint8Array> {
  if (!('getReader' in source)) {
    yield* source;
    return;
  }
  const reader = source.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
    reader.releaseLock();
  }
}
