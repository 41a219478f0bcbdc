import type { ColumnFinding } from '../core/column-finding.ts';

/** Columns are named one by one up to this many. */
const mostNames = 6;

/**
 * How options refer to columns, 0-based: by header where every one is plain and unique, else by number from 1.
 */
export function columnReferences(
  chosen: readonly number[],
  columns: readonly ColumnFinding[],
): readonly (string | number)[] {
  const names = chosen.map((column) => columns[column]?.name ?? '');
  const all = columns.map(({ name }) => name);
  const arePlain = names.every(
    (name) => /^[\p{L}_][\p{L}\p{N}_.]*$/u.test(name) && all.indexOf(name) === all.lastIndexOf(name),
  );
  return arePlain && names.length <= mostNames ? names : chosen.map((column) => column + 1);
}

/** How `label` refers to a column: by its header where that is unique, else by number. */
export function columnReference(column: number, columns: readonly ColumnFinding[]): string | number {
  const name = columns[column]?.name;
  const isUnique =
    name !== undefined && name !== '' && columns.filter((other) => other.name === name).length === 1;
  return isUnique ? name : column + 1;
}
