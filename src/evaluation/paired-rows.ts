import type { JudgedRows } from './judge-rows.ts';
import { rowBins } from './row-bins.ts';

/** What a resample needs of each row: its part in every sum, before and after side by side. */
export interface PairedRows {
  readonly rows: number;
  readonly weight: Float64Array;
  /** Weight times (NLL after − NLL before). */
  readonly nll: Float64Array;
  /** Weight times (Brier after − Brier before). */
  readonly brier: Float64Array;
  readonly binBefore: Uint16Array;
  /** Weight times (correct − confidence) before. */
  readonly gapBefore: Float64Array;
  readonly binAfter: Uint16Array;
  readonly gapAfter: Float64Array;
  /** Bins of either table, whichever has more. */
  readonly bins: number;
}

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
