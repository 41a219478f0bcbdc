import type { SuggestedOptions } from '../core/column-finding.ts';
import { CalibrationError, printable } from '../core/errors.ts';
import type { NumberStorage, StoredNumbers } from '../core/number-store.ts';
import { assembleSet } from './assemble-set.ts';
import { leftOutNotices } from './column-notices.ts';
import type { CsvSettings } from './csv-settings.ts';
import { alignLabels, type RawLabels } from './label-list.ts';
import { forEachLabel, type LabelTexts, selectLabels } from './label-texts.ts';
import type { RawTable } from './raw-table.ts';
import { sameOrder } from './same-order.ts';
import type { LoadedStoredSet } from './scored-set-input.ts';
import { storeLike } from './store-like.ts';
import { nothingLeft } from './table-errors.ts';
import { type Tally, tally } from './tally.ts';
import { labelMatcher } from './whole-label.ts';

/**
 * Joins scores with labels of another source, row by row.
 *
 * @throws CalibrationError `E_ROWS` when their numbers differ, `E_TRANSPOSED` when that is for a K×N matrix.
 */
export function assemblePair(table: RawTable, rawLabels: RawLabels, settings: CsvSettings): LoadedStoredSet {
  const records = settings.transpose ? table.roles.scores.length : table.recordsRead;
  const labels = alignLabels(rawLabels, records, settings, table.isNumberHeaded);
  if (labels.ids.length !== records) throw wrongCount(table, labels, records, settings);
  const paired = settings.transpose ? [] : sameOrder(table, rawLabels, settings);
  const raw = settings.transpose ? transposed(table, labels.lines, settings) : table;
  const joined = withoutUnlabelled(raw, labels, settings);
  const source = settings.labelsFile ?? 'a second source';
  const origin = { texts: joined.labels, file: settings.labelsFile, column: rawLabels.column, source };
  const set = assembleSet(joined.raw, origin, settings);
  const place = settings.labelsFile === undefined ? {} : { file: settings.labelsFile };
  const leftOut = settings.label === undefined ? leftOutNotices(rawLabels.leftOut, place) : [];
  return { ...set, notices: [...paired, ...leftOut, ...set.notices] };
}

/** Drops the labels of rows already left out, and the rows whose label is empty or to be ignored. */
function withoutUnlabelled(
  raw: RawTable,
  labels: LabelTexts,
  { ignoreLabel, dropBad, labelsFile, storage }: CsvSettings,
): { readonly raw: RawTable; readonly labels: LabelTexts } {
  const isIgnored = labelMatcher(ignoreLabel);
  const isMissing = (text: string): boolean => dropBad && /^(?:nan)?$/i.test(text);
  const isLost = (text: string): boolean => isIgnored(text) || isMissing(text);
  const ignored = tally();
  const unlabelled = tally();
  forEachLabel(labels, (row, id, line) => {
    const text = labels.texts[id]!;
    if (raw.leftOut.has(row)) return;
    if (isIgnored(text)) ignored.add(line);
    else if (isMissing(text)) unlabelled.add(line);
  });
  const lost = ignored.tally().count + unlabelled.tally().count;
  if (labels.ids.length - raw.leftOut.size === lost) throw nothingLeft(labelsFile, labels.ids.length);
  if (lost === 0 && raw.leftOut.size === 0) return { raw, labels };
  const keptLabels = selectLabels(labels, storage, (row, text) => !raw.leftOut.has(row) && !isLost(text));
  if (lost === 0) return { raw, labels: keptLabels };
  return {
    raw: {
      ...labelledRows(raw, labels, isLost, storage),
      ignored: ignored.tally(),
      dropped: sumOf(raw.dropped, unlabelled.tally()),
    },
    labels: keptLabels,
  };
}

/** The rows whose label is not lost. */
function labelledRows(
  raw: RawTable,
  labels: LabelTexts,
  isLost: (text: string) => boolean,
  storage: NumberStorage,
): RawTable {
  const width = raw.roles.scores.length;
  const values = storeLike(raw.values, storage);
  const lines = storage.counts();
  const weights = raw.weights === undefined ? undefined : storage.floats();
  const places: number[] = [];
  let row = 0;
  forEachLabel(labels, (record, id) => {
    if (raw.leftOut.has(record)) return;
    if (!isLost(labels.texts[id]!)) {
      values.pushAll(raw.values.read(row * width, (row + 1) * width));
      lines.push(raw.lines.read(row, row + 1)[0]!);
      weights?.push(raw.weights!.read(row, row + 1)[0]!);
      if (raw.kept.length > 0) places.push(row);
    }
    row += 1;
  });
  return {
    ...raw,
    values: values.finish(),
    rows: lines.length(),
    lines: lines.finish(),
    weights: weights?.finish(),
    kept: raw.kept.map((column) => ({ ...column, ids: Int32Array.from(places, (row) => column.ids[row]!) })),
  };
}

function sumOf(a: Tally, b: Tally): Tally {
  return { count: a.count + b.count, firstLine: a.count > 0 ? a.firstLine : b.firstLine };
}

/** The table with classes in columns, which takes all of it in memory; its rows are then known by the lines of their labels. */
function transposed(table: RawTable, lines: StoredNumbers<Uint32Array>, { storage }: CsvSettings): RawTable {
  const classes = table.rows;
  const rows = table.roles.scores.length;
  const cells = table.values.read(0, table.values.length);
  const values = storeLike(table.values, storage);
  const row = new Float64Array(classes);
  for (let i = 0; i < rows; i += 1) {
    for (let k = 0; k < classes; k += 1) row[k] = cells[k * rows + i]!;
    values.pushAll(row);
  }
  return {
    ...table,
    header: undefined,
    roles: { ...table.roles, scores: Array.from({ length: classes }, (_, k) => k) },
    values: values.finish(),
    rows,
    recordsRead: rows,
    lines,
    nameOf: (k) => String(k + 1),
  };
}

function wrongCount(
  table: RawTable,
  { ids, texts }: LabelTexts,
  records: number,
  { file, labelsFile, input, transpose }: CsvSettings,
): CalibrationError {
  const columns = table.roles.scores.length;
  const labels = ids.length;
  if (!transpose && labels === columns && columns > table.rows) {
    return new CalibrationError('E_TRANSPOSED', {
      ...(file === undefined ? {} : { file }),
      what: `${input} are ${table.rows} x ${columns} and there are ${labels} labels; the matrix looks transposed`,
      hint: 'Pass --transpose.',
    });
  }
  const isOneArchive = file !== undefined && file === labelsFile;
  const suggestions = isOneArchive ? [] : headerSuggestions(table, texts[0]!, labels - records);
  return new CalibrationError('E_ROWS', {
    ...(file === undefined ? {} : { file }),
    placed: 'within',
    what: isOneArchive
      ? `${printable(file)} has ${records} rows of scores and ${labels} labels`
      : `${printable(file ?? 'the score source')} has ${records} rows, ${printable(labelsFile ?? 'the label source')} has ${labels}`,
    ...(suggestions.length === 0 ? {} : { suggestions }),
  });
}

/** A row too many may be a header of column numbers, and one too few may have been taken for one. */
function headerSuggestions(
  { isNumberHeaded, header }: RawTable,
  firstLabel: string,
  excess: number,
): readonly SuggestedOptions[] {
  if (excess === 1) {
    return [
      ...(isNumberHeaded
        ? [
            {
              header: 'absent',
              labelsHeader: 'absent',
              when: 'if the first line of the scores is data',
            } as const,
          ]
        : []),
      ...(firstLabel === '0'
        ? [{ labelsHeader: 'present', when: 'if the first line of the labels is a header' } as const]
        : []),
    ];
  }
  return excess === -1 && header === undefined
    ? [{ header: 'present', when: 'if the first line of the scores is a header' }]
    : [];
}
