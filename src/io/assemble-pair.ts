import { CalibrationError, printable } from '../core/errors.ts';
import { assembleSet } from './assemble-set.ts';
import type { CsvSettings } from './csv-settings.ts';
import { likeStore } from './growing-array.ts';
import { alignLabels, type RawLabels } from './label-list.ts';
import { type LabelTexts, selectLabels } from './label-texts.ts';
import type { RawTable } from './score-table.ts';
import type { LoadedSet } from './scored-set-input.ts';
import { nothingLeft } from './table-errors.ts';
import { type Tally, tally } from './tally.ts';

/**
 * Joins scores with labels of another source, row by row.
 *
 * @throws CalibrationError `E_ROWS` when their numbers differ, `E_TRANSPOSED` when that is for a K×N matrix.
 */
export function assemblePair(table: RawTable, rawLabels: RawLabels, settings: CsvSettings): LoadedSet {
  const records = settings.transpose ? table.roles.scores.length : table.recordsRead;
  const labels = alignLabels(rawLabels, records, settings);
  if (labels.ids.length !== records) throw wrongCount(table, labels.ids.length, records, settings);
  const raw = settings.transpose ? transposed(table, labels.lines) : table;
  const joined = withoutUnlabelled(raw, labels, settings);
  const source = settings.labelsFile ?? 'a second source';
  const origin = { texts: joined.labels, file: settings.labelsFile, column: rawLabels.column, source };
  return assembleSet(joined.raw, origin, settings);
}

/** Drops the labels of rows already left out, and the rows whose label is empty or to be ignored. */
function withoutUnlabelled(
  raw: RawTable,
  labels: LabelTexts,
  { ignoreLabel, dropBad, labelsFile }: CsvSettings,
): { readonly raw: RawTable; readonly labels: LabelTexts } {
  const isIgnored = (i: number): boolean => labels.texts[labels.ids[i]!] === ignoreLabel;
  const isMissing = (i: number): boolean => dropBad && /^(?:nan)?$/i.test(labels.texts[labels.ids[i]!]!);
  const ignored = tally();
  const unlabelled = tally();
  const kept: number[] = [];
  let row = 0;
  for (let i = 0; i < labels.ids.length; i += 1) {
    if (raw.leftOut.has(i)) continue;
    if (isIgnored(i)) ignored.add(labels.lines[i]!);
    else if (isMissing(i)) unlabelled.add(labels.lines[i]!);
    else kept.push(row);
    row += 1;
  }
  const lost = ignored.tally().count + unlabelled.tally().count;
  if (kept.length === 0) throw nothingLeft(labelsFile, labels.ids.length);
  const keptLabels = selectLabels(labels, (i) => !raw.leftOut.has(i) && !isIgnored(i) && !isMissing(i));
  if (lost === 0) return { raw, labels: keptLabels };
  return {
    raw: {
      ...rowsOf(raw, kept),
      ignored: ignored.tally(),
      dropped: sumOf(raw.dropped, unlabelled.tally()),
    },
    labels: keptLabels,
  };
}

function rowsOf(raw: RawTable, kept: readonly number[]): RawTable {
  const width = raw.roles.scores.length;
  const values = likeStore(raw.values, kept.length * width);
  for (const [to, from] of kept.entries()) {
    values.set(raw.values.subarray(from * width, (from + 1) * width), to * width);
  }
  const { weights } = raw;
  return {
    ...raw,
    values,
    rows: kept.length,
    lines: Uint32Array.from(kept, (row) => raw.lines[row]!),
    weights: weights === undefined ? undefined : Float64Array.from(kept, (row) => weights[row]!),
  };
}

function sumOf(a: Tally, b: Tally): Tally {
  return { count: a.count + b.count, firstLine: a.count > 0 ? a.firstLine : b.firstLine };
}

/** The table with classes in columns; its rows are then known by the lines of their labels. */
function transposed(table: RawTable, lines: Uint32Array): RawTable {
  const classes = table.rows;
  const rows = table.roles.scores.length;
  const values = likeStore(table.values, table.values.length);
  for (let k = 0; k < classes; k += 1) {
    for (let i = 0; i < rows; i += 1) values[i * classes + k] = table.values[k * rows + i]!;
  }
  return {
    ...table,
    header: undefined,
    roles: { ...table.roles, scores: Array.from({ length: classes }, (_, k) => k) },
    values,
    rows,
    recordsRead: rows,
    lines,
    nameOf: (k) => String(k + 1),
  };
}

function wrongCount(
  table: RawTable,
  labels: number,
  records: number,
  { file, labelsFile, input, transpose }: CsvSettings,
): CalibrationError {
  const columns = table.roles.scores.length;
  if (!transpose && labels === columns && columns > table.rows) {
    return new CalibrationError('E_TRANSPOSED', {
      ...(file === undefined ? {} : { file }),
      what: `${input} are ${table.rows} x ${columns} and there are ${labels} labels; the matrix looks transposed`,
      hint: 'Pass --transpose.',
    });
  }
  return new CalibrationError('E_ROWS', {
    ...(file === undefined ? {} : { file }),
    placed: 'within',
    what: `${printable(file ?? 'the score source')} has ${records} rows, ${printable(labelsFile ?? 'the label source')} has ${labels}`,
  });
}
