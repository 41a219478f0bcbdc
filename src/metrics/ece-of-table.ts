import { CalibrationError } from '../core/errors.ts';
import { CompensatedSum } from '../numerics/compensated-sum.ts';
import type { ReliabilityBins } from './bin-table.ts';

/** Above 1 only by as much as probabilities may be. */
const largestEce = 1 + 1e-3;

/** Expected calibration error of a table that was made here, Σ_b (w_b/w)·|gap_b|. */
export function eceOfTable({ bins, totalWeight }: ReliabilityBins): number {
  const sum = new CompensatedSum();
  for (const { gap, weight } of bins) if (gap !== null) sum.add(weight * Math.abs(gap));
  return checkedEce(sum.value / totalWeight);
}

/** An error as it was found, if it can be one. */
export function checkedEce(ece: number): number {
  if (!(ece >= 0 && ece <= largestEce)) {
    throw new CalibrationError('E_INTERNAL_ECE', { what: `ECE ${ece} is outside 0..1`, value: ece });
  }
  return ece;
}
