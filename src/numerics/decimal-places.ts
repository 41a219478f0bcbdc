import type { Matrix } from '../core/matrix.ts';
import { rowsOfScores, type ScoreRows } from '../core/score-rows.ts';

/** Cells looked at before others are asked for: few, as most tables show their precision in the first row. */
const cellsAtOnce = 16_384;

/**
 * Decimals that suffice to write every finite value of a matrix, or `undefined` when some value needs more than
 * `limit`. Stops at the first such value, so it costs next to nothing on scores of full precision.
 *
 * @param limit Whole number 0..15.
 */
export function decimalPlaces(scores: Matrix | ScoreRows, limit: number): number | undefined {
  const { rows, columns, read } = rowsOfScores(scores);
  let decimals = 0;
  let scale = 1;
  const atOnce = Math.max(Math.floor(cellsAtOnce / Math.max(columns, 1)), 1);
  for (let from = 0; from < rows; from += atOnce) {
    const data = read(from, Math.min(from + atOnce, rows));
    // Relative spacing of the storage, with room for the product by a power of ten.
    const precision = data instanceof Float32Array ? 2 ** -22 : 2 ** -50;
    for (const value of data) {
      for (;;) {
        const scaled = value * scale;
        if (!Number.isFinite(scaled)) break;
        if (Math.abs(scaled - Math.round(scaled)) <= Math.abs(scaled) * precision) break;
        decimals += 1;
        scale *= 10;
        if (decimals > limit) return undefined;
      }
    }
  }
  return decimals;
}
