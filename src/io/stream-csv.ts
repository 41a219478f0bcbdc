import { throwIfAborted } from '../core/cancellation.ts';
import { CalibrationError } from '../core/errors.ts';
import { foundText } from '../core/found-text.ts';
import { memoryStorage } from '../core/memory-storage.ts';
import type { NumberStorage } from '../core/number-store.ts';
import { assemblePair } from './assemble-pair.ts';
import { assembleScores, assembleSet } from './assemble-set.ts';
import { checkBytes } from './check-bytes.ts';
import { csvSettings } from './csv-settings.ts';
import { heldSet, heldUnlabelled } from './held-set.ts';
import { npzScores, npzSet, npzTable } from './npz-set.ts';
import { labelsOf } from './parse-csv.ts';
import type {
  ByteSource,
  CsvOptions,
  LoadedScores,
  LoadedSet,
  LoadedStoredScores,
  LoadedStoredSet,
} from './scored-set-input.ts';
import { labelReader, scoreReader, type TableReader } from './table-reader.ts';
import { beginsZip } from './zip-entries.ts';

/**
 * Reads classifier outputs with their labels from bytes that arrive piece by piece, holding no more than the numbers,
 * one block and one row. The result, or the error, is that of {@link parseCsv} on the joined bytes. An NPZ archive of NumPy
 * arrays is read too, held whole; `scores`, `label` and `weight` then name its arrays.
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
  return heldSet(await storeCsv(source, options, memoryStorage));
}

/** {@link streamCsv} with the labels in a source of their own, as `parseCsvPair`. */
export async function streamCsvPair(
  scores: ByteSource,
  labels: ByteSource,
  options: CsvOptions = {},
): Promise<LoadedSet> {
  return heldSet(await storeCsvPair(scores, labels, options, memoryStorage));
}

/** {@link streamCsv} without need of labels, as `parseScores`. */
export async function streamScores(source: ByteSource, options: CsvOptions = {}): Promise<LoadedScores> {
  return heldUnlabelled(await storeScores(source, options, memoryStorage));
}

/** {@link streamCsv} into storage. */
export async function storeCsv(
  source: ByteSource,
  options: CsvOptions,
  storage: NumberStorage,
): Promise<LoadedStoredSet> {
  const settings = csvSettings(options, storage);
  const { isZip, bytes } = await lookedAt(source);
  if (isZip) return npzSet(await collected(bytes, options), settings, labelsOf);
  const raw = await feed(scoreReader(settings, 'here'), bytes, options);
  return assembleSet(raw, labelsOf(raw, settings.file), settings);
}

/** {@link streamCsvPair} into storage. */
export async function storeCsvPair(
  scores: ByteSource,
  labels: ByteSource,
  options: CsvOptions,
  storage: NumberStorage,
): Promise<LoadedStoredSet> {
  const settings = csvSettings(options, storage);
  const { isZip, bytes } = await lookedAt(scores);
  const table = isZip
    ? await npzTable(await collected(bytes, options), settings, 'elsewhere')
    : await feed(scoreReader(settings, 'elsewhere'), bytes, options);
  const { onProgress: _, ...rest } = options;
  return assemblePair(table, await feed(labelReader(settings, table), chunksOf(labels), rest), settings);
}

/** {@link streamScores} into storage. */
export async function storeScores(
  source: ByteSource,
  options: CsvOptions,
  storage: NumberStorage,
): Promise<LoadedStoredScores> {
  const settings = csvSettings(options, storage);
  const { isZip, bytes } = await lookedAt(source);
  if (isZip) return npzScores(await collected(bytes, options), settings);
  return assembleScores(await feed(scoreReader(settings, 'maybe-here'), bytes, options), settings);
}

/** As many first bytes as tell an archive. */
const tellingBytes = 4;

/** Takes the first bytes of a source to tell what it is, and puts them back. */
async function lookedAt(
  source: ByteSource,
): Promise<{ readonly isZip: boolean; readonly bytes: AsyncIterable<Uint8Array> }> {
  const chunks = chunksOf(source);
  const first: Uint8Array[] = [];
  let length = 0;
  while (length < tellingBytes) {
    const { done, value } = await chunks.next();
    if (done) break;
    first.push(value);
    length += value.length;
  }
  async function* again(): AsyncGenerator<Uint8Array> {
    yield* first;
    yield* chunks;
  }
  return { isZip: beginsZip(joined(first, length)), bytes: again() };
}

/** An archive is read from its end, so it is held whole. */
async function collected(
  source: AsyncIterable<Uint8Array>,
  { signal, onProgress, size }: CsvOptions,
): Promise<Uint8Array> {
  // One more byte than there should be shows at once that there are more.
  let whole = new Uint8Array(size === undefined ? 2 ** 20 : size + 1);
  let length = 0;
  for await (const bytes of source) {
    throwIfAborted(signal);
    if (length + bytes.length > whole.length) {
      const larger = new Uint8Array(Math.max(2 * whole.length, length + bytes.length));
      larger.set(whole.subarray(0, length));
      whole = larger;
    }
    whole.set(bytes, length);
    length += bytes.length;
    onProgress?.(length, size);
  }
  return whole.subarray(0, length);
}

function joined(pieces: readonly Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

async function feed<Result>(
  reader: TableReader<Result>,
  source: AsyncIterable<Uint8Array>,
  { signal, onProgress, size }: CsvOptions,
): Promise<Result> {
  let done = 0;
  for await (const bytes of source) {
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
  checkSource(source);
  if (!('getReader' in source)) {
    for await (const bytes of source) {
      checkBytes(bytes, 'a piece of the source');
      yield bytes;
    }
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

function checkSource(source: unknown): void {
  const isObject = typeof source === 'object' && source !== null;
  if (isObject && [Symbol.asyncIterator, Symbol.iterator, 'getReader'].some((name) => name in source)) return;
  throw new CalibrationError('E_OPTION', {
    what: `the source is ${foundText(source)}, expected a stream of bytes`,
    value: source,
  });
}
