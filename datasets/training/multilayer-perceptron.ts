import type { RandomSource } from '../../src/core/random.ts';
import { exp } from '../../src/numerics/exponential.ts';

/** Rows of features with their class, features row by row. */
export interface Examples {
  readonly features: Float64Array;
  readonly labels: Int32Array;
  readonly inputs: number;
}

/**
 * A perceptron with one hidden layer of rectified linear units: z = W₂·max(0, W₁·x + b₁) + b₂. All parameters lie in
 * one array, W₁ (H×D), b₁, W₂ (K×H), b₂, so that an optimiser sees one vector.
 */
export interface Perceptron {
  readonly inputs: number;
  readonly hidden: number;
  readonly classes: number;
  readonly parameters: Float64Array;
}

/** Draws the weights of a layer uniformly within ±√(6/inputs) (He et al. 2015, for rectified units); biases are 0. */
export function createPerceptron(
  inputs: number,
  hidden: number,
  classes: number,
  random: RandomSource,
): Perceptron {
  const parameters = new Float64Array(hidden * (inputs + 1) + classes * (hidden + 1));
  const draw = (from: number, count: number, fanIn: number): void => {
    const limit = Math.sqrt(6 / fanIn);
    for (let i = from; i < from + count; i += 1) parameters[i] = (2 * random.uniform() - 1) * limit;
  };
  draw(0, hidden * inputs, inputs);
  draw(hidden * (inputs + 1), classes * hidden, hidden);
  return { inputs, hidden, classes, parameters };
}

/** The logits of one row, written into `logits`; `activations` receives the hidden layer. */
export function forward(
  { inputs, hidden, classes, parameters }: Perceptron,
  features: Float64Array,
  row: number,
  activations: Float64Array,
  logits: Float64Array,
): void {
  const firstBias = hidden * inputs;
  for (let h = 0; h < hidden; h += 1) {
    let sum = parameters[firstBias + h]!;
    const weights = h * inputs;
    const start = row * inputs;
    for (let d = 0; d < inputs; d += 1) sum += parameters[weights + d]! * features[start + d]!;
    activations[h] = Math.max(sum, 0);
  }
  const second = hidden * (inputs + 1);
  const secondBias = second + classes * hidden;
  for (let k = 0; k < classes; k += 1) {
    let sum = parameters[secondBias + k]!;
    const weights = second + k * hidden;
    for (let h = 0; h < hidden; h += 1) sum += parameters[weights + h]! * activations[h]!;
    logits[k] = sum;
  }
}

/** Adds the gradient of one row's cross-entropy to `gradient` and returns the cross-entropy, in nats. */
export function accumulateGradient(
  perceptron: Perceptron,
  examples: Examples,
  row: number,
  gradient: Float64Array,
  scratch: Scratch,
): number {
  const { inputs, hidden, classes, parameters } = perceptron;
  const { activations, logits, hiddenSlopes } = scratch;
  forward(perceptron, examples.features, row, activations, logits);
  const loss = softmaxLoss(logits, examples.labels[row]!);

  const second = hidden * (inputs + 1);
  const secondBias = second + classes * hidden;
  hiddenSlopes.fill(0);
  for (let k = 0; k < classes; k += 1) {
    const slope = logits[k]!;
    gradient[secondBias + k]! += slope;
    const weights = second + k * hidden;
    for (let h = 0; h < hidden; h += 1) {
      gradient[weights + h]! += slope * activations[h]!;
      hiddenSlopes[h]! += slope * parameters[weights + h]!;
    }
  }
  const firstBias = hidden * inputs;
  const start = row * inputs;
  for (let h = 0; h < hidden; h += 1) {
    if (activations[h] === 0) continue;
    const slope = hiddenSlopes[h]!;
    gradient[firstBias + h]! += slope;
    const weights = h * inputs;
    for (let d = 0; d < inputs; d += 1) gradient[weights + d]! += slope * examples.features[start + d]!;
  }
  return loss;
}

/** Room for one row's intermediate values, made once. */
export interface Scratch {
  readonly activations: Float64Array;
  readonly logits: Float64Array;
  readonly hiddenSlopes: Float64Array;
}

export function scratchFor({ hidden, classes }: Perceptron): Scratch {
  return {
    activations: new Float64Array(hidden),
    logits: new Float64Array(classes),
    hiddenSlopes: new Float64Array(hidden),
  };
}

/** Turns logits into p − e_y, the slope of the cross-entropy, in place; returns −ln p_y. */
function softmaxLoss(logits: Float64Array, label: number): number {
  let largest = logits[0]!;
  for (const logit of logits) if (logit > largest) largest = logit;
  const gap = largest - logits[label]!;
  let sum = 0;
  for (let k = 0; k < logits.length; k += 1) {
    logits[k] = exp(logits[k]! - largest);
    sum += logits[k]!;
  }
  for (let k = 0; k < logits.length; k += 1) logits[k]! /= sum;
  logits[label]! -= 1;
  return gap + Math.log(sum);
}
