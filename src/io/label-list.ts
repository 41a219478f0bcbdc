import type { ColumnFinding } from '../core/column-finding.ts';
import { cellError } from './cell-errors.ts';
import type { CsvSettings } from './csv-settings.ts';
import { classifyCell } from './decimal-number.ts';
import { isAfterRowName } from './header-record.ts';
import { knownRole } from './known-column.ts';
import { type LabelColumns, labelColumns } from './label-columns.ts';
import {
  forEachLabel,
  type LabelTexts,
  labelCollector,
  mostLabelTexts,
  selectLabels,
} from './label-texts.ts';
import type { RecordTaker } from './record-taker.ts';
import { type IdCollector, idCollector, type RowIds } from './row-ids.ts';
import { wrongWidth } from './scan-fault.ts';
import { emptyTable, tooManyLabels } from './table-errors.ts';

/** Labels read from a source of their own. */
export interface RawLabels {
  readonly found: LabelTexts;
  /** The first record was recognised as a header and left out. */
  readonly headed: boolean;
  readonly column: string | undefined;
  readonly ids: readonly RowIds[];
  readonly leftOut: readonly ColumnFinding[];
}

/** Takes the records of a label source. */
export interface LabelList extends RecordTaker {
  readonly finish: () => RawLabels;
}

/**
 * Collects labels, one per record: the only column, the one that `label` or its header names, or one-hot columns. Whether a single
 * column starts with a header is left to {@link alignLabels}, which knows how many rows there should be.
 *
 * @param settings As for the scores, with the label source's file name.
 * @param classes Classes K of the scores.
 */
export function labelList(settings: CsvSettings, classes: number): LabelList {
  const { file } = settings;
  const collector = labelCollector(settings.storage);
  let width: number | undefined;
  let header: readonly string[] | undefined;
  let held: { readonly cells: readonly string[]; readonly line: number } | undefined;
  let columns: LabelColumns | undefined;
  let ids: readonly IdCollector[] = [];

  const nameOf = (c: number): string => header?.[c] ?? String(c + 1);

  /** Whether a header was found; the first of several columns is held until the next record shows what it is. */
  const begin = (cells: readonly string[], line: number): boolean => {
    width = cells.length;
    const names = cells.map((cell) => cell.trim());
    const { label } = settings;
    // A label column given by number names none.
    const isNamed = typeof label === 'string' && !/^[0-9]+$/.test(label) && names.includes(label);
    const isHeaded =
      settings.labelsHeader === 'present' ||
      isNamed ||
      (width > 1 && settings.labelsHeader === 'auto' && names.some((name) => knownRole(name) === 'label'));
    if (isHeaded) header = names;
    else if (width > 1 && settings.labelsHeader === 'auto') held = { cells, line };
    return header !== undefined || held !== undefined;
  };

  const settle = (cells: readonly string[]): LabelColumns => {
    const settled = labelColumns(header, cells, classes, settings);
    ids = settled.ids.map((column) => idCollector(nameOf(column), settings.storage));
    return settled;
  };

  const takeRecord = (cells: readonly string[], line: number): void => {
    if (columns === undefined && isAfterRowName(header, cells)) {
      header = ['', ...header];
      width = cells.length;
    }
    if (cells.length !== width) {
      throw wrongWidth(cells.length, line, file, { cells: width!, header: header !== undefined });
    }
    columns ??= settle(cells);
    for (const [at, column] of columns.ids.entries()) ids[at]!.push(cells[column]!.trim());
    const text = columns.textOf(cells, line);
    if (text === '' && !settings.dropBad) {
      throw cellError({ kind: 'empty', text, row: line, column: nameOf(columns.column), file });
    }
    collector.push(text, line);
    if (collector.distinct() > mostLabelTexts(classes)) {
      throw tooManyLabels(collector.distinct(), nameOf(columns.column), file);
    }
  };

  const decideHeld = (next: readonly string[] | undefined): void => {
    if (held === undefined) return;
    const { cells, line } = held;
    held = undefined;
    if (isLabelHeaderRow(cells, next)) header = cells.map((cell) => cell.trim());
    else takeRecord(cells, line);
  };

  return {
    nameOf,
    width: () => (width === undefined ? undefined : { cells: width, header: header !== undefined }),
    take: (cells, line) => {
      if (width === undefined && begin(cells, line)) return;
      decideHeld(cells);
      takeRecord(cells, line);
    },
    finish: () => {
      decideHeld(undefined);
      if (collector.distinct() === 0) throw emptyTable(file, header !== undefined);
      return {
        found: collector.finish(),
        headed: header !== undefined,
        column: header === undefined || columns === undefined ? undefined : header[columns.column],
        ids: ids.map(({ finish }) => finish()),
        leftOut: columns?.leftOut ?? [],
      };
    },
  };
}

/** A first record of several columns is a header where a name is missing or stands over a number, or all are column numbers. */
function isLabelHeaderRow(cells: readonly string[], next: readonly string[] | undefined): boolean {
  if (cells.some((cell) => cell.trim() === '')) return true;
  if (cells.length > 2 && cells.every((cell, c) => cell.trim() === String(c))) return true;
  return cells.some(
    (cell, c) =>
      classifyCell(cell.trim()) === 'text' &&
      (knownRole(cell) !== undefined || classifyCell(next?.[c]?.trim() ?? '') === 'number'),
  );
}

/**
 * The labels without a first record that must be a header: one too many and no number, such a name over numbers, or a column number
 * under which the scores have column numbers too.
 *
 * @param isNumberHeaded Whether the scores have a header of numbers.
 */
export function alignLabels(
  raw: RawLabels,
  rows: number,
  settings: CsvSettings,
  isNumberHeaded: boolean,
): LabelTexts {
  const { found, headed } = raw;
  if (headed || settings.labelsHeader !== 'auto') return found;
  // The first text seen is that of the first row.
  const first = found.texts[0]!;
  const isNamed = knownRole(first) === 'label' && !/^(?:true|y)$/i.test(first);
  const textual = classifyCell(first, settings.decimalComma) === 'text';
  const others = found.texts.slice(1);
  const alone = others.length > 0 && others.every((text) => classifyCell(text) === 'number');
  if (found.ids.length === rows && !((isNamed || knownRole(first) === 'label') && alone)) return found;
  const oneTooMany = found.ids.length === rows + 1;
  const isUnique = (): boolean => {
    let count = 0;
    forEachLabel(found, (_, id) => {
      if (id === 0) count += 1;
    });
    return count === 1;
  };
  const isColumnNumber =
    first === '0' &&
    (isNumberHeaded || (others.length > 0 && others.every((text) => classifyCell(text) === 'text')));
  if (!((oneTooMany && (isColumnNumber || (textual && isUnique()))) || isNamed || (textual && alone)))
    return found;
  return selectLabels(found, settings.storage, (row) => row > 0);
}
