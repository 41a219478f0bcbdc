import { assemblePair } from './assemble-pair.ts';
import { assembleScores, assembleSet } from './assemble-set.ts';
import { checkBytes } from './check-bytes.ts';
import { csvSettings } from './csv-settings.ts';
import { heldSet, heldUnlabelled } from './held-set.ts';
import type { RawTable } from './raw-table.ts';
import type { CsvOptions, LoadedScores, LoadedSet } from './scored-set-input.ts';
import { labelReader, scoreReader, type TableReader } from './table-reader.ts';

/** Characters encoded at a time, so that a text is never copied whole. */
const sliceLength = 32_768;

/**
 * Reads classifier outputs with their labels from delimited text: comma, tab, semicolon or pipe, with or without
 * header, quoted as in RFC 4180, lines ended in any of the three ways. Blank lines are skipped; spaces around cells
 * do not count.
 *
 * Numbers are decimal, read to the nearest float64; anything else in a score column is refused with its line and
 * column. The label column is found by its header, as the only column of text, or, without a header,
 * as the last (docs/columns.md); labels are class names of the header or whole numbers. One score
 * column is read as binary.
 *
 * Bytes may also be those of a NumPy array (NPY): the records of a table without header, whose lines are its rows from 1.
 *
 * @param text UTF-8 bytes or a string.
 * @param options Dialect, columns and limits.
 * @returns N×K float64 scores with labels, checked, and what was noticed.
 * @throws CalibrationError of the groups `E_CSV`, `E_ROW`, `E_NUM`, `E_LABEL`, `E_LOGIT` and `E_PROB`, one line, with
 * the same place however the text is cut into pieces.
 *
 * @example
 * ```ts
 * import { parseCsv } from 'calibrant';
 *
 * const set = parseCsv('cat,dog,label\n2.5,-1,cat\n0.5,0.75,dog\n');
 * assert.deepEqual([...set.scores.data], [2.5, -1, 0.5, 0.75]);
 * assert.deepEqual([...set.labels], [0, 1]);
 * assert.deepEqual(set.classNames, ['cat', 'dog']);
 * ```
 */
export function parseCsv(text: string | Uint8Array, options: CsvOptions = {}): LoadedSet {
  const settings = csvSettings(options);
  const raw = feed(scoreReader(settings, 'here'), text);
  return heldSet(assembleSet(raw, labelsOf(raw, settings.file), settings));
}

/**
 * Reads scores from one text and labels from another, of as many rows: one label per line, with or without header, or
 * a table whose label column is named. Otherwise as {@link parseCsv}.
 *
 * @param scores N×K scores (K×N with `transpose`).
 * @param labels N labels.
 * @throws CalibrationError also `E_ROWS` and `E_TRANSPOSED`.
 *
 * @example
 * ```ts
 * import { parseCsvPair } from 'calibrant';
 *
 * const set = parseCsvPair('0.1,2\n3,0.25\n', 'label\n1\n0\n');
 * assert.deepEqual([...set.labels], [1, 0]);
 * ```
 */
export function parseCsvPair(
  scores: string | Uint8Array,
  labels: string | Uint8Array,
  options: CsvOptions = {},
): LoadedSet {
  const settings = csvSettings(options);
  const table = feed(scoreReader(settings, 'elsewhere'), scores);
  return heldSet(assemblePair(table, feed(labelReader(settings, table), labels), settings));
}

/**
 * Reads scores that need no labels, to apply a calibrator to. A label column is recognised and left out: the one
 * `label` names, else by header, else the only column of text, else the last one where there is one column more than
 * `classes`. Otherwise as {@link parseCsv}.
 *
 * @example
 * ```ts
 * import { parseScores } from 'calibrant';
 *
 * const { scores } = parseScores('logit_0,logit_1\n2,1\n');
 * assert.deepEqual([scores.rows, scores.columns], [1, 2]);
 * ```
 */
export function parseScores(text: string | Uint8Array, options: CsvOptions = {}): LoadedScores {
  const settings = csvSettings(options);
  return heldUnlabelled(assembleScores(feed(scoreReader(settings, 'maybe-here'), text), settings));
}

/** The labels of a table that holds them. */
export function labelsOf(
  raw: RawTable,
  file: string | undefined,
): { texts: NonNullable<RawTable['labels']>; file: string | undefined; column: string } {
  return { texts: raw.labels!, file, column: raw.nameOf(raw.roles.label!) };
}

function feed<Result>(reader: TableReader<Result>, text: string | Uint8Array): Result {
  if (typeof text === 'string') feedText(reader, text);
  else {
    checkBytes(text, 'the text');
    reader.push(text);
  }
  return reader.end();
}

function feedText(reader: TableReader<unknown>, text: string): void {
  const encoder = new TextEncoder();
  let from = 0;
  while (from < text.length) {
    let to = Math.min(from + sliceLength, text.length);
    // A surrogate pair must not be cut.
    if (to < text.length && (text.charCodeAt(to - 1) & 0xfc00) === 0xd800) to += 1;
    reader.push(encoder.encode(text.slice(from, to)));
    from = to;
  }
}
