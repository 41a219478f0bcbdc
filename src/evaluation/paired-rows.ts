import type { PairedRows } from '../kernels/kernels-contract.ts';
import type { JudgedRows } from './judge-rows.ts';
import { rowBins } from './row-bins.ts';

/** Pairs the rows before with the rows after; without a finite NLL on both sides its part is 0. */
export function pairRows(
  before: JudgedRows,
  after: JudgedRows,
  weights: Float64Array | undefined,
): PairedRows {
  const rows = before.rows.confidence.length;
  const weightOf = (i: number): number => (weights === undefined ? 1 : weights[i]!);
  const each = (value: (i: number) => number): Float64Array =>
    new Float64Array(rows).map((_, i) => (weightOf(i) === 0 ? 0 : weightOf(i) * value(i)));
  const finite = before.figures.nll !== null && after.figures.nll !== null;
  const gap =
    ({ rows: { confidence, correct } }: JudgedRows) =>
    (i: number): number =>
      correct[i]! - confidence[i]!;
  return {
    rows,
    weight: each(() => 1),
    nll: finite ? each((i) => after.rows.nll[i]! - before.rows.nll[i]!) : new Float64Array(rows),
    brier: each((i) => after.rows.brier[i]! - before.rows.brier[i]!),
    binBefore: rowBins(before.rows.confidence, before.figures.reliability),
    gapBefore: each(gap(before)),
    binAfter: rowBins(after.rows.confidence, after.figures.reliability),
    gapAfter: each(gap(after)),
    bins: Math.max(before.figures.reliability.bins.length, after.figures.reliability.bins.length),
  };
}
