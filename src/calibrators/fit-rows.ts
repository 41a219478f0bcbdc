import type { StoredNumbers } from '../core/number-store.ts';
import type { ScoreRows } from '../core/score-rows.ts';
import { rowWindow } from '../numerics/row-window.ts';

/** The rows of a fit, read some at a time. */
export interface FitRows {
  readonly logits: ScoreRows;
  readonly labels: StoredNumbers<Int32Array>;
  /** Over a power of two. */
  readonly weights: StoredNumbers<Float64Array> | undefined;
}

/** Rows read at a time. */
const atOnce = 4096;

/** Calls with each row of positive weight, in order: `cells[offset + k]` is the logit of class k. */
export function forEachCounted(
  { logits, labels, weights }: FitRows,
  use: (
    cells: Float64Array | Float32Array,
    offset: number,
    label: number,
    weight: number,
    row: number,
  ) => void,
): void {
  const rowAt = rowWindow(logits);
  for (let from = 0; from < logits.rows; from += atOnce) {
    const to = Math.min(from + atOnce, logits.rows);
    const truths = labels.read(from, to);
    const shares = weights?.read(from, to);
    for (let i = 0; i < truths.length; i += 1) {
      const weight = shares === undefined ? 1 : shares[i]!;
      if (weight === 0) continue;
      const { cells, offset } = rowAt(from + i);
      use(cells, offset, truths[i]!, weight, from + i);
    }
  }
}
