import type { Patient } from './patient.ts';
import type { RowsFound } from './rows-found.ts';

/** Rows that look odd must be the majority where a few genuine rows may look so by chance. */
export function isMost({ count }: RowsFound, { set }: Patient): boolean {
  return 2 * count > set.scores.rows;
}

/** Names rows in a sentence: `all 100 rows`, `37 of 100 rows (first: lines 5, 9, 12)`, `1 of 100 rows (line 5)`. */
export function nameRows({ count, first }: RowsFound, { set, context }: Patient): string {
  const total = set.scores.rows;
  if (count === total) return `all ${count} rows`;
  const { lines } = context;
  const lineOf = (row: number): number =>
    lines === undefined ? row : 'read' in lines ? lines.read(row, row + 1)[0]! : (lines[row] ?? row);
  const numbers = first.map((row) => String(lineOf(row))).join(', ');
  const unit = lines === undefined ? ['row index', 'row indices'] : ['line', 'lines'];
  const named = first.length === 1 ? `${unit[0]} ${numbers}` : `${unit[1]} ${numbers}`;
  return `${count} of ${total} rows (${count > first.length ? 'first: ' : ''}${named})`;
}
