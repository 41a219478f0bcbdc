import type { CsvSettings } from './csv-settings.ts';
import { parseDecimal } from './decimal-number.ts';
import type { LabelTexts } from './label-texts.ts';
import type { RawTable } from './raw-table.ts';

/** Cells looked at. */
const mostCells = 2 ** 14;

/** A difference of this many standard errors is one. */
export const sureErrors = 3;

/** The first rows of a table: their scores, and their labels as numbers. */
export interface NumberedRows {
  readonly rows: number;
  /** rows × columns */
  readonly cells: Float64Array | Float32Array;
  readonly labels: Float64Array;
}

/** The rows in which columns are compared with labels that are numbers. */
export function numberedRows(
  { values, rows, roles }: RawTable,
  { texts, ids }: LabelTexts,
  { decimalComma }: Pick<CsvSettings, 'decimalComma'>,
): NumberedRows {
  const columns = roles.scores.length;
  const n = Math.min(rows, ids.length, Math.max(64, Math.floor(mostCells / columns)));
  const numbers = texts.map((text) => parseDecimal(text, decimalComma));
  return {
    rows: n,
    cells: values.read(0, n * columns).slice(),
    labels: Float64Array.from(ids.read(0, n), (id) => numbers[id]!),
  };
}

/** The scores of one column. */
export function scoresOf({ rows, cells }: NumberedRows, columns: number, column: number): Float64Array {
  return Float64Array.from({ length: rows }, (_, i) => cells[i * columns + column]!);
}

/**
 * How much higher than elsewhere the scores of a column rank in the rows of each class, in standard errors of no difference (Mann and Whitney 1947, On a
 * test of whether one of two random variables is stochastically larger than the other, section 3). Ties share their mean rank, which makes the error too
 * large rather than too small.
 *
 * @param classes The label of each class.
 * @returns One number for each class; 0 for a class without rows.
 */
export function classLifts(
  scores: Float64Array,
  labels: Float64Array,
  classes: readonly number[],
): readonly number[] {
  const n = scores.length;
  const order = Array.from(scores.keys()).sort((a, b) => scores[a]! - scores[b]!);
  const sums = new Map<number, { count: number; ranks: number }>(
    classes.map((label) => [label, { count: 0, ranks: 0 }]),
  );
  for (let from = 0; from < n; ) {
    let to = from + 1;
    while (to < n && scores[order[to]!] === scores[order[from]!]) to += 1;
    for (const row of order.slice(from, to)) {
      const sum = sums.get(labels[row]!);
      if (sum === undefined) continue;
      sum.count += 1;
      sum.ranks += (from + to - n) / 2;
    }
    from = to;
  }
  return classes.map((label) => {
    const { count, ranks } = sums.get(label)!;
    const variance = (count * (n - count) * (n + 1)) / 12;
    return variance > 0 ? ranks / Math.sqrt(variance) : 0;
  });
}
