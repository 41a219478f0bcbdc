import { CalibrationError, printable } from '../core/errors.ts';
import { type Notice, notice } from '../core/notices.ts';
import { columnStatistics } from './column-statistics.ts';
import type { CsvSettings } from './csv-settings.ts';
import { isUnnamed } from './known-column.ts';
import type { RawLabels } from './label-list.ts';
import type { RawTable } from './raw-table.ts';
import { countsRows, firstDifference, nameTheSame, type RowIds, rowIds } from './row-ids.ts';

/**
 * Scores and labels of two sources are paired by position only if the columns that name the rows are the same in both: columns of one
 * header that says so, and columns of any header that hold the same values.
 *
 * @returns A notice that they are in the same order.
 * @throws CalibrationError `E_ROW_ORDER` at the first row that differs.
 */
export function sameOrder(table: RawTable, labels: RawLabels, settings: CsvSettings): readonly Notice[] {
  if (labels.ids.length === 0) return [];
  const pairs = [...table.ids, ...wholeScores(table)].flatMap((own) => pairOf(own, labels.ids));
  const agreeing = pairs.filter(({ row }) => row === undefined);
  // Where names of rows agree, a counter that differs counts the rows of one file alone.
  const isSure = agreeing.some(({ isCounter }) => !isCounter);
  const differing = pairs.find(({ row, isCounter }) => row !== undefined && !(isSure && isCounter));
  if (differing !== undefined) throw otherOrder(differing, table, settings);
  return agreeing.map((pair) => {
    const what = `${agreementText(pair)}, so the rows are in the same order.`;
    return notice('W_ROWS_PAIRED', what, settings.file === undefined ? {} : { file: settings.file });
  });
}

/** A column of the scores and the one of the labels that names the rows in the same way. */
interface IdPair {
  readonly own: RowIds;
  readonly other: RowIds;
  /** The first row in which they differ, 0-based. */
  readonly row: number | undefined;
  /** Whether one of them does no more than count the rows. */
  readonly isCounter: boolean;
}

function pairOf(own: RowIds, others: readonly RowIds[]): readonly IdPair[] {
  const other =
    others.find(({ key, isKnown }) => isKnown && own.isKnown && key === own.key) ??
    others.find((ids) => nameTheSame(own, ids));
  if (other === undefined) return [];
  const isCounter = countsRows(own) || countsRows(other);
  return [{ own, other, row: firstDifference(own, other), isCounter }];
}

/** Columns of whole numbers among those that may be scores: one of them may number the rows. */
function wholeScores(table: RawTable): readonly RowIds[] {
  const { roles, values, rows, recordsRead, nameOf } = table;
  if ((roles.basis !== 'headless' && roles.basis !== 'unrelated') || rows !== recordsRead) return [];
  const width = roles.scores.length;
  return columnStatistics(table).flatMap(({ isWhole, isConstant }, place) => {
    if (!isWhole || isConstant || roles.doubtful.includes(roles.scores[place]!)) return [];
    const read = (from: number, to: number): Float64Array => {
      const cells = values.read(from * width, to * width);
      return Float64Array.from({ length: to - from }, (_, i) => cells[i * width + place]!);
    };
    return [rowIds(nameOf(roles.scores[place]!), { length: rows, read })];
  });
}

function otherOrder(
  { own, other, row = 0 }: IdPair,
  { roles }: RawTable,
  { file, labelsFile }: CsvSettings,
): CalibrationError {
  const scores = printable(file ?? 'the score source');
  const labels = printable(labelsFile ?? 'the label source');
  const found =
    own.key === other.key
      ? `differ in ${columnName(own)}, first in row ${row + 1}`
      : `hold the same values in ${columnName(own)} and ${columnName(other)}, from row ${row + 1} on in another order`;
  return new CalibrationError('E_ROW_ORDER', {
    ...(file === undefined ? {} : { file }),
    placed: 'within',
    what: `${scores} and ${labels} ${found}, so their rows are in another order`,
    hint: 'Sort the rows of both files by it before the call, as calibrant does not join files; --ignore leaves it out only if the rows match all the same.',
    columns: roles.findings,
  });
}

function agreementText({ own, other }: IdPair): string {
  return own.key === other.key
    ? `${columnName(own)} is the same in both files`
    : `${columnName(own)} of the scores is the same as ${columnName(other)} of the labels`;
}

function columnName({ name }: RowIds): string {
  return isUnnamed(name) ? 'the index column' : `column "${printable(name)}"`;
}
