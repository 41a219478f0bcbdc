import { describe, expect, test } from 'vitest';
import type { Matrix } from '../../../src/core/matrix.ts';
import { seededRandom } from '../../../src/core/random.ts';
import { packLogits } from '../../../src/kernels/packed-logits.ts';
import { surveyLogits } from '../../../src/kernels/survey.ts';
import { type TemperatureLoss, temperatureLoss } from '../../../src/kernels/temperature-loss.ts';

interface Drawn {
  readonly data: Float64Array;
  readonly labels: Int32Array;
  readonly weights: Float64Array;
}

function drawn(rows: number, columns: number, seed: number): Drawn {
  const random = seededRandom(seed);
  const data = Float64Array.from({ length: rows * columns }, () => 12 * random.uniform() - 6);
  return {
    data,
    labels: Int32Array.from({ length: rows }, () => random.below(columns)),
    weights: Float64Array.from({ length: rows }, () => random.below(5) / 4),
  };
}

function lossOf(scores: Matrix, labels: Int32Array, beta: number, weights?: Float64Array): TemperatureLoss {
  return temperatureLoss(packLogits(scores, surveyLogits(scores), labels, weights), beta);
}

type Figures = { -readonly [Name in keyof TemperatureLoss]: TemperatureLoss[Name] };

/** The definition, row by row, with no thought of rounding: the oracle of the kernel. */
function plainLoss(
  { data, labels }: Drawn,
  columns: number,
  beta: number,
  weights: ArrayLike<number> | undefined,
): TemperatureLoss {
  const sums: Figures = { value: 0, slope: 0, curvature: 0, third: 0, fourth: 0, fifth: 0, sixth: 0, gap: 0 };
  let total = 0;
  for (let i = 0; i < labels.length; i += 1) {
    const weight = weights === undefined ? 1 : weights[i]!;
    const x = Array.from(data.subarray(i * columns, (i + 1) * columns), (z) => beta * z);
    const top = Math.max(...x);
    const e = x.map((value) => Math.exp(value - top));
    const sum = e.reduce((a, b) => a + b);
    const p = e.map((value) => value / sum);
    const central = (power: number, mean: number): number =>
      p.reduce((part, q, k) => part + (q === 0 ? 0 : q * (x[k]! - mean) ** power), 0);
    const mean = p.reduce((part, q, k) => part + (q === 0 ? 0 : q * x[k]!), 0);
    const truth = x[labels[i]!]!;
    total += weight;
    sums.value += weight * (Math.log(sum) + top - truth);
    sums.slope += weight * (mean - truth);
    sums.curvature += weight * central(2, mean);
    sums.third += weight * central(3, mean);
    const [c2, c3, c4] = [central(2, mean), central(3, mean), central(4, mean)];
    sums.fourth += weight * (c4 - 3 * c2 ** 2);
    sums.fifth += weight * (central(5, mean) - 10 * c3 * c2);
    sums.sixth += weight * (central(6, mean) - 15 * c4 * c2 - 10 * c3 ** 2 + 30 * c2 ** 3);
    sums.gap += weight * (top - truth);
  }
  for (const key of Object.keys(sums) as (keyof TemperatureLoss)[]) sums[key] /= total;
  return sums;
}

/** Sums of a few thousand terms, each right to some units in the last place and of size up to (12β)⁴. */
const tolerance = (beta: number, power: number): number => 1e-12 * (1 + (12 * beta) ** power);
const powers: Record<keyof TemperatureLoss, number> = {
  value: 1,
  slope: 1,
  gap: 1,
  curvature: 2,
  third: 3,
  fourth: 4,
  fifth: 5,
  sixth: 6,
};

function compare(found: TemperatureLoss, wanted: TemperatureLoss, beta: number): void {
  for (const key of Object.keys(powers) as (keyof TemperatureLoss)[]) {
    const error = Math.abs(found[key] - wanted[key]);
    expect(error, `${key} at beta ${beta}`).toBeLessThanOrEqual(tolerance(beta, powers[key]));
  }
}

describe('the loss of a pass', () => {
  test.for([2, 3, 4, 5, 6, 7, 8, 9, 15, 16, 17, 31, 33])('is the definition, for %d classes', (columns) => {
    const set = drawn(37, columns, columns);
    const scores = { data: set.data, rows: 37, columns };
    for (const beta of [0.01, 0.4, 1, 3]) {
      compare(lossOf(scores, set.labels, beta), plainLoss(set, columns, beta, undefined), beta);
      compare(
        lossOf(scores, set.labels, beta, set.weights),
        plainLoss(set, columns, beta, set.weights),
        beta,
      );
    }
  });

  test('folds blocks to the same mean, for sets around the size of a block', () => {
    for (const rows of [1, 4095, 4096, 4097, 8193]) {
      const set = drawn(rows, 3, rows);
      compare(
        lossOf({ data: set.data, rows, columns: 3 }, set.labels, 0.7),
        plainLoss(set, 3, 0.7, undefined),
        0.7,
      );
    }
  });

  test('is the same to the bit for float32 cells and their float64 copy', () => {
    const set = drawn(50, 5, 1);
    const narrow = Float32Array.from(set.data);
    const a = lossOf({ data: narrow, rows: 50, columns: 5 }, set.labels, 1.3);
    const wide = { data: Float64Array.from(narrow), rows: 50, columns: 5 };
    const b = lossOf(wide, set.labels, 1.3);
    expect(a).toEqual(b);
  });

  test('scales with the logits to the bit for powers of two', () => {
    const set = drawn(50, 4, 2);
    const scores = { data: set.data, rows: 50, columns: 4 };
    const a = lossOf(scores, set.labels, 0.75);
    const scaled = { ...scores, data: set.data.map((z) => z * 2 ** 600) };
    const b = lossOf(scaled, set.labels, 0.75 * 2 ** -600);
    expect(b).toEqual(a);
  });

  test('passes by rows of weight 0, whatever they hold', () => {
    const set = drawn(4, 3, 3);
    const data = Float64Array.of(...set.data, Number.NEGATIVE_INFINITY, 1e308, -1e308);
    const labels = Int32Array.of(...set.labels, 0);
    const a = lossOf({ data: set.data, rows: 4, columns: 3 }, set.labels, 1);
    const weights = Float64Array.of(1, 1, 1, 1, 0);
    const b = lossOf({ data, rows: 5, columns: 3 }, labels, 1, weights);
    expect(b).toEqual(a);
  });

  test('stays finite where exponentials vanish', () => {
    const data = Float64Array.of(0, -1e308, 5, Number.NEGATIVE_INFINITY, 0, -700);
    const found = lossOf({ data, rows: 3, columns: 2 }, Int32Array.of(0, 0, 1), 1);
    expect(found.value).toBeCloseTo(700 / 3, 10);
    for (const value of Object.values(found)) expect(Number.isFinite(value)).toBe(true);
  });
});
