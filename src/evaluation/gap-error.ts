import { CompensatedSum } from '../numerics/compensated-sum.ts';
import { forEachPiece, type JudgedColumns } from './judged-columns.ts';

/**
 * Standard error of accuracy − mean confidence: the larger of the one observed over the rows, √Σ w²(d − d̄)²/Σ w with
 * d = correct − confidence, and the one perfect calibration would have, √Σ w² c(1 − c)/Σ w. The second keeps a handful
 * of rows that are all right from looking certain.
 *
 * @param mean d̄, accuracy − mean confidence.
 */
export function gapError(rows: JudgedColumns, mean: number): number {
  const observed = new CompensatedSum();
  const expected = new CompensatedSum();
  const total = new CompensatedSum();
  forEachPiece(rows, ({ confidence, correct, weights }) => {
    for (let i = 0; i < confidence.length; i += 1) {
      const w = weights === undefined ? 1 : weights[i]!;
      const c = Math.min(confidence[i]!, 1);
      const deviation = correct[i]! - c - mean;
      observed.add(w * w * deviation * deviation);
      expected.add(w * w * c * (1 - c));
      total.add(w);
    }
  });
  return Math.sqrt(Math.max(observed.value, expected.value)) / total.value;
}
