import type { Patient } from './patient.ts';

const namedAtMost = 5;

/** Rows for which something holds: how many, and the first few of them. */
export interface RowsFound {
  readonly count: number;
  /** 0-based indices of the first rows found. */
  readonly first: readonly number[];
}

/** Collects the rows for which `holds` is true. */
export function findRows(rows: number, holds: (row: number) => boolean): RowsFound {
  const first: number[] = [];
  let count = 0;
  for (let i = 0; i < rows; i += 1) {
    if (!holds(i)) continue;
    count += 1;
    if (first.length < namedAtMost) first.push(i);
  }
  return { count, first };
}

/** Names rows in a sentence: `all 100 rows`, `37 of 100 rows (first: lines 5, 9, 12)`, `1 of 100 rows (line 5)`. */
export function nameRows({ count, first }: RowsFound, { set, context }: Patient): string {
  const total = set.scores.rows;
  if (count === total) return `all ${count} rows`;
  const { lines } = context;
  const numbers = first.map((row) => String(lines?.[row] ?? row)).join(', ');
  const unit = lines === undefined ? ['row index', 'row indices'] : ['line', 'lines'];
  const named = first.length === 1 ? `${unit[0]} ${numbers}` : `${unit[1]} ${numbers}`;
  return `${count} of ${total} rows (${count > first.length ? 'first: ' : ''}${named})`;
}
