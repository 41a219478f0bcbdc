import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../../src/core/random.ts';
import { packLogits } from '../../../src/kernels/packed-logits.ts';
import { ScalingFold } from '../../../src/kernels/scaling-fold.ts';
import {
  forEachScalingBlock,
  matrixScalingLoss,
  type ScalingForm,
  scalingParameterCount,
  vectorScalingLoss,
} from '../../../src/kernels/scaling-loss.ts';
import { type ScalingSample, scalingBlocksOf, scalingSample } from '../../../src/kernels/scaling-sample.ts';
import { surveyLogits } from '../../../src/kernels/survey.ts';
import { temperatureLossValue } from '../../../src/kernels/temperature-loss.ts';
import { lbfgs } from '../../../src/optimize/lbfgs.ts';

const forms: readonly ScalingForm[] = ['vector', 'matrix'];
/** Means of some thousand terms of size 10, each right to some units in the last place. */
const tolerance = 1e-13;

interface Drawn {
  readonly data: Float64Array;
  readonly labels: Int32Array;
  readonly weights: Float64Array;
  readonly columns: number;
}

function drawn(rows: number, columns: number): Drawn {
  const random = seededRandom(rows + columns);
  return {
    data: Float64Array.from({ length: rows * columns }, () => 8 * random.uniform() - 4),
    labels: Int32Array.from({ length: rows }, () => random.below(columns)),
    weights: Float64Array.from({ length: rows }, () => random.below(4) / 2),
    columns,
  };
}

function sampleOf({ data, labels, columns }: Drawn, weights?: Float64Array): ScalingSample {
  return scalingSample({ data, rows: labels.length, columns }, labels, weights);
}

function parametersOf(form: ScalingForm, columns: number): Float64Array {
  const random = seededRandom(columns);
  return Float64Array.from(
    { length: scalingParameterCount(form, columns) },
    () => 1.5 * random.uniform() - 0.5,
  );
}

function evaluated(form: ScalingForm, sample: ScalingSample, parameters: Float64Array) {
  const gradient = new Float64Array(parameters.length);
  const loss = form === 'vector' ? vectorScalingLoss(sample) : matrixScalingLoss(sample);
  return { value: loss(parameters, gradient), gradient };
}

/** Value and gradient from their definition, with no thought of rounding. */
function plain(
  form: ScalingForm,
  { data, labels, columns: K }: Drawn,
  parameters: Float64Array,
  weights: Float64Array,
) {
  const gradient = new Float64Array(parameters.length);
  let value = 0;
  let total = 0;
  for (const [i, label] of labels.entries()) {
    const z = data.subarray(i * K, (i + 1) * K);
    const x = Array.from(z, (cell, j) =>
      form === 'vector'
        ? parameters[j]! * cell + parameters[K + j]!
        : z.reduce((sum, other, k) => sum + parameters[j * K + k]! * other, parameters[K * K + j]!),
    );
    const sum = x.reduce((part, each) => part + Math.exp(each), 0);
    value += weights[i]! * (Math.log(sum) - x[label]!);
    total += weights[i]!;
    for (let j = 0; j < K; j += 1) {
      const residual = weights[i]! * (Math.exp(x[j]!) / sum - Number(j === label));
      if (form === 'vector') gradient[j]! += residual * z[j]!;
      else for (let k = 0; k < K; k += 1) gradient[j * K + k]! += residual * z[k]!;
      gradient[parameters.length - K + j]! += residual;
    }
  }
  return { value: value / total, gradient: gradient.map((entry) => entry / total) };
}

describe.each(forms)('the loss of %s scaling', (form) => {
  test.each([1, 2, 3, 4, 5, 9])('is the definition over several blocks, for %d classes', (columns) => {
    for (const rows of [1, 6, 4096, 9001]) {
      const set = drawn(rows, columns);
      set.weights[0] = 1;
      const parameters = parametersOf(form, columns);
      const ones = new Float64Array(rows).fill(1);
      for (const [weights, given] of [
        [ones, undefined],
        [set.weights, set.weights],
      ] as const) {
        const found = evaluated(form, sampleOf(set, given), parameters);
        const wanted = plain(form, set, parameters, weights);
        expect(Math.abs(found.value - wanted.value)).toBeLessThan(tolerance);
        const errors = found.gradient.map((entry, i) => Math.abs(entry - wanted.gradient[i]!));
        expect(Math.max(...errors)).toBeLessThan(tolerance);
      }
    }
  });

  test('does not depend on who sums which blocks', () => {
    const set = drawn(5 * 4096 + 9, 5);
    for (const sample of [sampleOf(set), sampleOf(set, set.weights)]) {
      const parameters = parametersOf(form, 5);
      const wanted = evaluated(form, sample, parameters);
      for (const cuts of [
        [0, 1, 2, 3, 4, 5, 6],
        [0, 4, 6],
      ]) {
        const fold = new ScalingFold(parameters.length);
        for (const [i, cut] of cuts.slice(1).entries()) {
          const part = scalingBlocksOf(sample, cuts[i]!, cut);
          forEachScalingBlock(form, part, parameters, (sums) => fold.add(sums));
        }
        const gradient = new Float64Array(parameters.length);
        expect({ value: fold.mean(sample.totalWeight, gradient), gradient }).toEqual(wanted);
      }
    }
  });

  test('is the same to the bit for float32 cells and their float64 copy', () => {
    const set = drawn(50, 5);
    const narrow = Float32Array.from(set.data);
    const parameters = parametersOf(form, 5);
    const scores = { rows: 50, columns: 5 };
    const a = scalingSample({ ...scores, data: narrow }, set.labels);
    const b = scalingSample({ ...scores, data: Float64Array.from(narrow) }, set.labels);
    expect(evaluated(form, a, parameters)).toEqual(evaluated(form, b, parameters));
  });

  test('passes by rows of weight 0, whatever they hold', () => {
    const set = drawn(4, 3);
    const odd = [Number.NaN, Number.NEGATIVE_INFINITY, 1e308];
    const longer = {
      ...set,
      data: Float64Array.of(...odd, ...set.data, ...odd),
      labels: Int32Array.of(0, ...set.labels, 2),
    };
    const parameters = parametersOf(form, 3);
    const weighted = sampleOf(longer, Float64Array.of(0, 1, 1, 1, 1, 0));
    expect(evaluated(form, weighted, parameters)).toEqual(evaluated(form, sampleOf(set), parameters));
  });

  test('does not change with the unit of the weights', () => {
    const set = drawn(9, 3);
    set.weights[0] = 1;
    const parameters = parametersOf(form, 3);
    const wanted = evaluated(form, sampleOf(set, set.weights), parameters);
    const other = sampleOf(
      set,
      set.weights.map((weight) => weight * 2 ** 700),
    );
    expect(evaluated(form, other, parameters)).toEqual(wanted);
  });

  test('is that of temperature scaling where every class is scaled alike', () => {
    const set = drawn(4200, 4);
    const { data, labels, columns } = set;
    const scores = { data, rows: 4200, columns };
    const packed = packLogits(scores, surveyLogits(scores), labels);
    const beta = 0.7;
    const diagonal = Float64Array.from({ length: 16 }, (_, at) => (at % 5 === 0 ? beta : 0));
    const factors = form === 'vector' ? new Float64Array(4).fill(beta) : diagonal;
    const found = evaluated(form, sampleOf(set), Float64Array.of(...factors, 0, 0, 0, 0));
    expect(Math.abs(found.value - temperatureLossValue(packed, beta))).toBeLessThan(tolerance);
  });

  test('is not finite where parameters make a row overflow, and the search backs away from there', () => {
    const set = drawn(40, 3);
    const sample = sampleOf(set);
    const count = scalingParameterCount(form, 3);
    for (const size of [Number.MAX_VALUE, -Number.MAX_VALUE]) {
      const { value, gradient } = evaluated(form, sample, new Float64Array(count).fill(size));
      expect(Number.isFinite(value)).toBe(false);
      expect(gradient.some(Number.isNaN)).toBe(true);
    }
    const loss = form === 'vector' ? vectorScalingLoss(sample) : matrixScalingLoss(sample);
    // The first step is so long that it overflows.
    const found = lbfgs(loss, new Float64Array(count).fill(0.5), { initialCurvature: 1e-308 });
    expect(found.status).toBe('converged-gradient');
  });
});

describe('a masked class', () => {
  const set = {
    data: Float64Array.of(1, Number.NEGATIVE_INFINITY, 0.5),
    labels: Int32Array.of(2),
    columns: 3,
  };
  const sample = scalingSample({ data: set.data, rows: 1, columns: 3 }, set.labels);
  const parts = scalingSample({ data: Float64Array.of(1, 0.5), rows: 1, columns: 2 }, Int32Array.of(1));

  test('stays masked under vector scaling, whatever its factor', () => {
    const wanted = evaluated('vector', parts, Float64Array.of(0.5, 2, -1, 3));
    for (const factor of [-2, -0, 0, 1]) {
      const found = evaluated('vector', sample, Float64Array.of(0.5, factor, 2, -1, 7, 3));
      expect(found.value).toBe(wanted.value);
      const [v1, v3, b1, b3] = wanted.gradient;
      expect([...found.gradient]).toEqual([v1, 0, v3, b1, 0, b3]);
    }
  });

  test('leaves matrix scaling without a value', () => {
    for (const factor of [-1, 0, 1]) {
      const { value, gradient } = evaluated('matrix', sample, new Float64Array(12).fill(factor));
      expect(value).toBe(Number.NaN);
      expect([...gradient]).toEqual([...gradient].map(() => Number.NaN));
    }
    const found = lbfgs(matrixScalingLoss(sample), new Float64Array(12));
    expect(found.status).toBe('non-finite-start');
  });
});
