import type { JudgedRows } from './judge-rows.ts';
import { forEachPiece } from './judged-columns.ts';
import { binsOf } from './row-bins.ts';

/** What a resample needs of a row: its part in every sum, before and after side by side. */
interface RowPair {
  weight: number;
  /** Weight times (NLL after − NLL before). */
  nll: number;
  /** Weight times (Brier after − Brier before). */
  brier: number;
  binBefore: number;
  /** Weight times (correct − confidence) before. */
  gapBefore: number;
  binAfter: number;
  gapAfter: number;
}

/** Rows before paired with the rows after. */
export interface RowPairs {
  readonly rows: number;
  /** Bins of either table, whichever has more. */
  readonly bins: number;
  /** Calls with each row in order, in a record that is reused. */
  readonly visit: (use: (row: Readonly<RowPair>, i: number) => void) => void;
}

/** Pairs the rows before with the rows after; without a finite NLL on both sides its part is 0. */
export function rowPairs(before: JudgedRows, after: JudgedRows): RowPairs {
  const areFinite = before.figures.nll !== null && after.figures.nll !== null;
  const [binBefore, binAfter] = [binsOf(before.figures.reliability), binsOf(after.figures.reliability)];
  const row: RowPair = {
    weight: 0,
    nll: 0,
    brier: 0,
    binBefore: 0,
    gapBefore: 0,
    binAfter: 0,
    gapAfter: 0,
  };
  return {
    rows: before.rows.confidence.length,
    bins: Math.max(before.figures.reliability.bins.length, after.figures.reliability.bins.length),
    visit: (use) => {
      const { rows } = after;
      forEachPiece(before.rows, ({ from, confidence, correct, nll, brier, weights }) => {
        const to = from + confidence.length;
        const then = {
          confidence: rows.confidence.read(from, to),
          correct: rows.correct.read(from, to),
          nll: rows.nll.read(from, to),
          brier: rows.brier.read(from, to),
        };
        for (let i = 0; i < confidence.length; i += 1) {
          const w = weights === undefined ? 1 : weights[i]!;
          // What would be Infinity · 0 is 0.
          const share = (value: number): number => (w === 0 ? 0 : w * value);
          row.weight = w;
          row.nll = areFinite ? share(then.nll[i]! - nll[i]!) : 0;
          row.brier = share(then.brier[i]! - brier[i]!);
          row.binBefore = binBefore(confidence[i]!);
          row.gapBefore = share(correct[i]! - confidence[i]!);
          row.binAfter = binAfter(then.confidence[i]!);
          row.gapAfter = share(then.correct[i]! - then.confidence[i]!);
          use(row, from + i);
        }
      });
    },
  };
}
