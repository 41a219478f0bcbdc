import type { RandomSource } from '../../src/core/random.ts';
import {
  accumulateGradient,
  createPerceptron,
  type Examples,
  forward,
  type Perceptron,
  scratchFor,
} from './multilayer-perceptron.ts';
import { shuffled } from './shuffle.ts';

/** How a perceptron is trained: plain Adam (Kingma and Ba 2015) on the cross-entropy, nothing to hold it back. */
export interface TrainingPlan {
  readonly hidden: number;
  readonly classes: number;
  readonly epochs: number;
  readonly batch: number;
  readonly learningRate: number;
  readonly random: RandomSource;
  /** Rows kept from training; after the last epoch the parameters of the epoch with their lowest loss are returned. */
  readonly tuning?: Examples;
  readonly onEpoch?: (epoch: number, loss: number) => void;
}

/** What training arrived at. */
export interface Trained {
  readonly perceptron: Perceptron;
  /** Epoch, counted from 1, whose parameters these are. */
  readonly epoch: number;
}

const momentum = 0.9;
const squareMomentum = 0.999;
const guard = 1e-8;

/** Trains a perceptron. Equal plans and equal seeds give equal bits. */
export function trainPerceptron(examples: Examples, plan: TrainingPlan): Trained {
  const perceptron = createPerceptron(examples.inputs, plan.hidden, plan.classes, plan.random);
  const { parameters } = perceptron;
  const gradient = new Float64Array(parameters.length);
  const mean = new Float64Array(parameters.length);
  const square = new Float64Array(parameters.length);
  const scratch = scratchFor(perceptron);
  const rows = examples.labels.length;
  let best = { loss: Number.POSITIVE_INFINITY, epoch: plan.epochs, parameters };
  let meanFactor = 1;
  let squareFactor = 1;

  for (let epoch = 1; epoch <= plan.epochs; epoch += 1) {
    const order = shuffled(rows, plan.random);
    let loss = 0;
    for (let start = 0; start < rows; start += plan.batch) {
      const end = Math.min(start + plan.batch, rows);
      gradient.fill(0);
      for (let i = start; i < end; i += 1) {
        loss += accumulateGradient(perceptron, examples, order[i]!, gradient, scratch);
      }
      meanFactor *= momentum;
      squareFactor *= squareMomentum;
      const rate = (plan.learningRate * Math.sqrt(1 - squareFactor)) / (1 - meanFactor);
      const share = 1 / (end - start);
      for (let i = 0; i < parameters.length; i += 1) {
        const slope = gradient[i]! * share;
        mean[i] = momentum * mean[i]! + (1 - momentum) * slope;
        square[i] = squareMomentum * square[i]! + (1 - squareMomentum) * slope * slope;
        parameters[i]! -= (rate * mean[i]!) / (Math.sqrt(square[i]!) + guard);
      }
    }
    plan.onEpoch?.(epoch, loss / rows);
    if (plan.tuning !== undefined) {
      const tuningLoss = meanLoss(perceptron, plan.tuning);
      if (tuningLoss < best.loss) best = { loss: tuningLoss, epoch, parameters: parameters.slice() };
    }
  }
  return { perceptron: { ...perceptron, parameters: best.parameters }, epoch: best.epoch };
}

/** Mean cross-entropy over examples, in nats. */
export function meanLoss(perceptron: Perceptron, examples: Examples): number {
  const scratch = scratchFor(perceptron);
  const unused = new Float64Array(perceptron.parameters.length);
  let sum = 0;
  for (let row = 0; row < examples.labels.length; row += 1) {
    sum += accumulateGradient(perceptron, examples, row, unused, scratch);
  }
  return sum / examples.labels.length;
}

/** N×K logits, row by row. */
export function logitsOf(perceptron: Perceptron, examples: Examples): Float64Array {
  const { classes } = perceptron;
  const { activations, logits } = scratchFor(perceptron);
  const all = new Float64Array(examples.labels.length * classes);
  for (let row = 0; row < examples.labels.length; row += 1) {
    forward(perceptron, examples.features, row, activations, logits);
    all.set(logits, row * classes);
  }
  return all;
}
