import type { SuggestedOptions } from '../core/column-finding.ts';
import { columnReference } from './column-references.ts';
import type { ColumnStatistics } from './column-statistics.ts';
import type { ColumnRoles } from './table-roles.ts';

/** The columns that may hold the labels of a table without header whose last column has too many different ones. */
export function firstLabelColumns(
  statistics: readonly ColumnStatistics[],
  { scores, findings }: ColumnRoles,
): readonly SuggestedOptions[] {
  return classColumns(statistics, Math.max(scores.length, 2)).map((k) => ({
    label: columnReference(scores[k]!, findings),
    when: `if column ${scores[k]! + 1} holds the labels`,
  }));
}

/** Places among the scores of the columns that hold the numbers of so many classes. */
export function classColumns(statistics: readonly ColumnStatistics[], classes: number): readonly number[] {
  return wholeColumns(statistics).filter((k) => holdsClasses(statistics[k]!, classes));
}

/** Places among the scores of columns of whole numbers that vary and do not count the rows. */
export function wholeColumns(statistics: readonly ColumnStatistics[]): readonly number[] {
  return statistics.flatMap(({ isWhole, isConstant, countsUp }, k) =>
    isWhole && !isConstant && !countsUp ? [k] : [],
  );
}

/** Whether whole numbers may be those of so many classes, counted from 0 or from 1, or -1 and 1. */
export function holdsClasses({ least, most }: ColumnStatistics, classes: number): boolean {
  if (classes === 2 && least === -1 && most === 1) return true;
  return least >= 0 && most <= classes && most - least < classes;
}
