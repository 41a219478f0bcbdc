import { CalibrationError } from '../core/errors.ts';
import { cellError } from './cell-errors.ts';
import type { CsvSettings } from './csv-settings.ts';
import { classifyCell } from './decimal-number.ts';
import { findColumn } from './find-column.ts';
import { isLabelHeader } from './header-record.ts';
import { type LabelTexts, labelCollector, mostLabelTexts, selectLabels } from './label-texts.ts';
import type { RecordTaker } from './record-taker.ts';
import { wrongWidth } from './scan-fault.ts';
import { emptyTable, tooManyLabels } from './table-errors.ts';

/** Labels read from a source of their own. */
export interface RawLabels {
  readonly found: LabelTexts;
  /** The first record was recognised as a header and left out. */
  readonly headed: boolean;
  readonly column: string | undefined;
}

/** Takes the records of a label source. */
export interface LabelList extends RecordTaker {
  readonly finish: () => RawLabels;
}

/**
 * Collects labels, one per record: the only column, or the one that `label` or its header names. Whether a single
 * column starts with a header is left to {@link alignLabels}, which knows how many rows there should be.
 *
 * @param settings As for the scores, with the label source's file name.
 * @param classes Classes K of the scores.
 */
export function labelList(settings: CsvSettings, classes: number): LabelList {
  const { file } = settings;
  const collector = labelCollector(settings.storage);
  let width: number | undefined;
  let column = 0;
  let header: readonly string[] | undefined;

  const begin = (cells: readonly string[]): boolean => {
    width = cells.length;
    const names = cells.map((cell) => cell.trim());
    const named = typeof settings.label === 'string' && names.includes(settings.label);
    if (named || (width > 1 && names.some(isLabelHeader))) header = names;
    if (settings.label !== undefined) column = findColumn(settings.label, header, width, file);
    else if (width > 1) column = headedColumn(header, width, file);
    return header !== undefined;
  };

  const nameOf = (c: number): string => header?.[c] ?? String(c + 1);

  return {
    nameOf,
    width: () => (width === undefined ? undefined : { cells: width, header: header !== undefined }),
    take: (cells, line) => {
      if (width === undefined && begin(cells)) return;
      if (cells.length !== width) {
        throw wrongWidth(cells.length, line, file, { cells: width!, header: header !== undefined });
      }
      const text = cells[column]!.trim();
      if (text === '' && !settings.dropBad) {
        throw cellError({ kind: 'empty', text, row: line, column: nameOf(column), file });
      }
      collector.push(text, line);
      if (collector.distinct() > mostLabelTexts(classes)) {
        throw tooManyLabels(collector.distinct(), nameOf(column), file);
      }
    },
    finish: () => {
      if (collector.distinct() === 0) throw emptyTable(file, header !== undefined);
      return { found: collector.finish(), headed: header !== undefined, column: header?.[column] };
    },
  };
}

/** The labels without a first record that must be a header: one too many and no number, or such a name over numbers. */
export function alignLabels(raw: RawLabels, rows: number, settings: CsvSettings): LabelTexts {
  const { found, headed } = raw;
  if (headed || settings.header === 'absent') return found;
  // The first text seen is that of the first row.
  const first = found.texts[0]!;
  const textual = classifyCell(first, settings.decimalComma) === 'text';
  const others = found.texts.slice(1);
  const alone = others.length > 0 && others.every((text) => classifyCell(text) === 'number');
  if (found.ids.length === rows && !(isLabelHeader(first) && alone)) return found;
  const oneTooMany = found.ids.length === rows + 1 && textual;
  if (!(oneTooMany || isLabelHeader(first) || (textual && alone))) return found;
  return selectLabels(found, settings.storage, (row) => row > 0);
}

function headedColumn(
  header: readonly string[] | undefined,
  width: number,
  file: string | undefined,
): number {
  const found = header?.findIndex(isLabelHeader) ?? -1;
  if (found >= 0) return found;
  throw new CalibrationError('E_LABEL_COLUMN', {
    ...(file === undefined ? {} : { file }),
    what: `the label source has ${width} columns and none is headed label, target, y or class`,
    hint: 'Pass --label to name the label column.',
  });
}
