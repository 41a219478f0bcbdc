import { kernels } from './kernels.ts';
import { type Kernels, type ScalingSums, scalingPlaces } from './kernels-contract.ts';
import { forEachBlock } from './row-blocks.ts';
import { ScalingFold } from './scaling-fold.ts';
import type { ScalingBlocks, ScalingSample } from './scaling-sample.ts';

/**
 * Mean NLL, nats per row, as a function of a scaling's parameters, in the form of an objective of `optimize`: it writes
 * the gradient and returns the value. Both are not finite where the parameters make a row overflow.
 */
export type ScalingLoss = (parameters: Float64Array, gradient: Float64Array) => number;

/** How logits are scaled: by a factor and a shift for each class, or by a matrix and a shift for each class. */
export type ScalingForm = 'vector' | 'matrix';

/** Number of parameters for K classes: 2K or K² + K. */
export function scalingParameterCount(form: ScalingForm, columns: number): number {
  return form === 'vector' ? 2 * columns : columns * (columns + 1);
}

/**
 * Mean NLL of softmax(v∘z + b) with its gradient, in one pass.
 *
 * With p = softmax(x) and x = v∘z + b, a row's loss is log1p(S) + max x − x_y, S being Σ e^(x_k − max x) over the classes
 * other than the maximum, and its gradient p_k − 1[y = k] in b_k and (p_k − 1[y = k])·z_k in v_k. A class masked in a row
 * (z_k = −Infinity) has p_k = 0 there, whatever v_k, and adds nothing to its gradient. Sums run in row order within
 * blocks of 4,096 rows; blocks are folded in order, with compensation, so that kernels and threads cannot change a bit.
 *
 * Parameters: v_1..v_K, then b_1..b_K, finite.
 *
 * Cost: O(N K).
 *
 * Source: Guo et al. 2017, On Calibration of Modern Neural Networks, §4.2.
 */
export function vectorScalingLoss(sample: ScalingSample, backend: Kernels = kernels()): ScalingLoss {
  return lossOf('vector', sample, backend);
}

/**
 * Mean NLL of softmax(Wz + b) with its gradient, in one pass, as {@link vectorScalingLoss}: p_j − 1[y = j] in b_j and
 * (p_j − 1[y = j])·z_k in w_jk. Each x_j is summed from b_j on in the order of the columns. A masked class has no meaning
 * here, as every x depends on it: value and gradient are then not finite, unless the row's weight is 0.
 *
 * Parameters: W row by row, then b_1..b_K, finite.
 *
 * Cost: O(N K²).
 *
 * Source: Guo et al. 2017, §4.2.
 */
export function matrixScalingLoss(sample: ScalingSample, backend: Kernels = kernels()): ScalingLoss {
  return lossOf('matrix', sample, backend);
}

function lossOf(form: ScalingForm, sample: ScalingSample, backend: Kernels): ScalingLoss {
  const fold = new ScalingFold(scalingParameterCount(form, sample.columns));
  return (parameters, gradient) => {
    fold.clear();
    forEachScalingBlock(form, sample, parameters, (sums) => fold.add(sums), backend);
    return fold.mean(sample.totalWeight, gradient);
  };
}

/**
 * Calls with the sums of each block in order, in a buffer that is reused: what threads that share the blocks of a pass
 * make, and {@link ScalingFold} takes together.
 */
export function forEachScalingBlock(
  form: ScalingForm,
  { rows, columns, cells, labels, weights }: ScalingBlocks,
  parameters: Float64Array,
  visit: (sums: ScalingSums) => void,
  backend: Kernels = kernels(),
): void {
  const sums = new Float64Array(scalingPlaces.gradient + parameters.length);
  const add = form === 'vector' ? backend.addVectorScaling : backend.addMatrixScaling;
  forEachBlock(rows, (from, to) => {
    sums.fill(0);
    add({ cells, columns, from, to, labels, weights }, parameters, sums);
    visit(sums);
  });
}
