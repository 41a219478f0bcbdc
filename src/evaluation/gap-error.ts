import { CompensatedSum } from '../numerics/compensated-sum.ts';
import { forEachPiece, type JudgedColumns } from './judged-columns.ts';

/**
 * Standard error of accuracy − mean confidence: the larger of the one observed over the rows, √Σ w²(d − d̄)²/Σ w with
 * d = correct − confidence, and the one perfect calibration would have, √Σ w² c(1 − c)/Σ w. The second keeps a handful
 * of rows that are all right from looking certain. With clusters the first is √Σ_u (Σ_{i∈u} w(d − d̄))²/Σ w over clusters u.
 *
 * @param mean d̄, accuracy − mean confidence.
 * @param clusterOf Number of each row's cluster; absent where rows are independent.
 */
export function gapError(rows: JudgedColumns, mean: number, clusterOf?: Uint32Array): number {
  const observed = new CompensatedSum();
  const expected = new CompensatedSum();
  const total = new CompensatedSum();
  const ofClusters = new Map<number, number>();
  forEachPiece(rows, ({ from, confidence, correct, weights }) => {
    for (let i = 0; i < confidence.length; i += 1) {
      const w = weights === undefined ? 1 : weights[i]!;
      const c = Math.min(confidence[i]!, 1);
      const deviation = correct[i]! - c - mean;
      if (clusterOf === undefined) observed.add(w * w * deviation * deviation);
      else {
        const cluster = clusterOf[from + i]!;
        ofClusters.set(cluster, (ofClusters.get(cluster) ?? 0) + w * deviation);
      }
      expected.add(w * w * c * (1 - c));
      total.add(w);
    }
  });
  for (const deviation of ofClusters.values()) observed.add(deviation * deviation);
  return Math.sqrt(Math.max(observed.value, expected.value)) / total.value;
}
