import type { PackedLogits } from '../kernels/packed-logits.ts';
import { CompensatedSum } from '../numerics/compensated-sum.ts';
import { log } from '../numerics/logarithm.ts';
import { argmaxRow } from '../numerics/top-label.ts';
import { exactSlopeAtZero } from './exact-slope-at-zero.ts';
import { type FitRows, forEachCounted } from './fit-rows.ts';

/** Whether the mean NLL has a minimum at a finite T > 0, and if not, why. */
export type Existence =
  | {
      readonly verdict: 'exists' /** Σ w·dNLL/dβ at β = 0 where it was needed. */;
      readonly slopeAtZero?: number;
    }
  | {
      readonly verdict: 'separable' /** No class but the true one is possible in any row. */;
      readonly isCertain: boolean;
    }
  | { readonly verdict: 'constant' }
  | { readonly verdict: 'no-signal' /** Mean of z_y − mean_k z_k, ≤ 0. */; readonly meanMargin: number };

/**
 * Decides, before any search, whether a best temperature exists.
 *
 * The NLL is convex in β = 1/T. Its slope as β → ∞ is the mean of max_k z_k − z_y: above 0 unless the label's logit is
 * a maximum of every row (`separable`, or `constant` when no two logits of a row differ). Its slope at β = 0 is the mean
 * of mean_k z_k − z_y: below 0 unless the logits do not favour the labels (`no-signal`). A finite positive optimum
 * exists exactly when neither fails. Comparisons decide the first. For the second, a loss at β = 1 that is surely below
 * the loss at β = 0 proves a falling slope, as the loss is convex; where it is not, the slope is summed with a bound on
 * its rounding error; and inside that bound it is summed exactly.
 *
 * @param sample Checked logits, K ≥ 2, with scaled weights; `packed` the same, packed.
 * @param lossAtOne Mean NLL at β = 1.
 */
export function existence(
  sample: FitRows,
  packed: Pick<PackedLogits, 'totalWeight' | 'meanGap' | 'deepest'>,
  lossAtOne: number,
): Existence {
  const { columns } = sample.logits;
  if (packed.meanGap === 0) {
    const isCertain = isOnlyTruth(sample);
    return !isCertain && isConstant(sample) ? { verdict: 'constant' } : { verdict: 'separable', isCertain };
  }
  const lossAtZero = meanLogClasses(sample, packed);
  // Rounding of a row's loss: K terms of its sum, and a few more operations of the size of the loss.
  const doubt = (columns + 16) * 2 ** -51 * (1 + lossAtOne);
  if (lossAtOne < lossAtZero - doubt) return { verdict: 'exists' };
  const { slope, error } = slopeAtZero(sample);
  if (slope < -error) return { verdict: 'exists' };
  const sure = slope > error ? slope : exactSlopeAtZero(sample);
  return sure < 0
    ? { verdict: 'exists', slopeAtZero: sure }
    : { verdict: 'no-signal', meanMargin: 0 - sure / packed.totalWeight };
}

function isConstant(sample: FitRows): boolean {
  const { columns } = sample.logits;
  let isSame = true;
  forEachCounted(sample, (cells, offset) => {
    if (!isSame) return;
    const largest = cells[offset + argmaxRow(cells, offset, columns)]!;
    for (let at = offset; at < offset + columns; at += 1) {
      if (cells[at] !== largest && cells[at] !== Number.NEGATIVE_INFINITY) isSame = false;
    }
  });
  return isSame;
}

/** Whether every row leaves no class but one: its own, as nothing larger was found. */
function isOnlyTruth(sample: FitRows): boolean {
  const { columns } = sample.logits;
  let isOnly = true;
  forEachCounted(sample, (cells, offset) => {
    isOnly &&= unmasked(cells, offset, columns) === 1;
  });
  return isOnly;
}

/** The mean NLL at β = 0: every class that is not masked has the same probability. */
export function meanLogClasses(
  sample: FitRows,
  { totalWeight, deepest }: Pick<PackedLogits, 'totalWeight' | 'deepest'>,
): number {
  const { columns } = sample.logits;
  if (!deepest.includes(Number.NEGATIVE_INFINITY)) return log(columns);
  const sum = new CompensatedSum();
  forEachCounted(sample, (cells, offset, _, weight) =>
    sum.add(weight * log(unmasked(cells, offset, columns))),
  );
  return sum.value / totalWeight;
}

function unmasked(data: ArrayLike<number>, offset: number, columns: number): number {
  let classes = 0;
  for (let k = 0; k < columns; k += 1) if (data[offset + k]! > Number.NEGATIVE_INFINITY) classes += 1;
  return classes;
}

/** Σ w (mean_k z_k − z_y) by distances from the row's maximum, with a bound on the rounding error. */
function slopeAtZero(sample: FitRows): { slope: number; error: number } {
  const { rows, columns } = sample.logits;
  const slope = new CompensatedSum();
  let size = 0;
  forEachCounted(sample, (cells, offset, label, weight) => {
    const largest = cells[offset + argmaxRow(cells, offset, columns)]!;
    const gap = largest - cells[offset + label]!;
    let distances = 0;
    for (let k = 0; k < columns; k += 1) {
      const value = cells[offset + k]!;
      if (value > Number.NEGATIVE_INFINITY) distances += largest - value;
    }
    distances /= unmasked(cells, offset, columns);
    slope.add(weight * (gap - distances));
    size += weight * (gap + distances);
  });
  // K roundings in the row's sum and some six others, each 2^−53 of the sizes; doubled, with room for underflow.
  const error = size * (columns + 8) * 2 ** -52 + rows * Number.MIN_VALUE * columns;
  // What overflowed decides nothing.
  return Number.isFinite(size)
    ? { slope: slope.value, error }
    : { slope: 0, error: Number.POSITIVE_INFINITY };
}
