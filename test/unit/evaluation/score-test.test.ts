import { expect, test } from 'vitest';
import { clusterNumbers } from '../../../src/core/cluster-numbers.ts';
import { ScoreSums } from '../../../src/evaluation/score-test.ts';
import { chiSquaredSurvival } from '../../../src/numerics/chi-squared.ts';

/** Sums of some tens of small numbers, through two eigendecompositions. */
const rounding = 1e-12;

const numbers = [1, -1, 1, 1, -1, 1, 1, 1, -1, 1];

function tested(names: readonly (string | number)[] | undefined, each: readonly number[]) {
  const clusters = names === undefined ? undefined : clusterNumbers(names, each.length);
  const sums = new ScoreSums(1, clusters);
  for (const [row, value] of each.entries()) sums.add(row, 1, Float64Array.of(value), () => 1);
  return sums.test()!;
}

test('one number is the square of its sum over its variance', () => {
  const { statistic, degreesOfFreedom, pValue } = tested(undefined, numbers);
  expect(statistic).toBeCloseTo(16 / 10, 12);
  expect(degreesOfFreedom).toBe(1);
  expect(pValue).toBeCloseTo(chiSquaredSurvival(1.6, 1), 12);
});

test('clusters of one row are rows', () => {
  const alone = tested([...numbers.keys()], numbers);
  expect(Math.abs(alone.statistic - 1.6)).toBeLessThan(rounding);
});

test('rows that repeat within clusters count once', () => {
  // Ten clusters of three equal rows: V = 30 + Σ_c (9 − 3) = 90, U = 12.
  const repeated = numbers.flatMap((value) => [value, value, value]);
  const names = repeated.map((_, i) => Math.floor(i / 3));
  expect(Math.abs(tested(names, repeated).statistic - 144 / 90)).toBeLessThan(rounding);
});

test('rows that cancel within clusters have no less variance than independent rows', () => {
  const names = numbers.map((_, i) => i % 5);
  const cancelling = numbers.map((_, i) => (i < 5 ? 1 : -1));
  expect(tested(names, [...cancelling.slice(0, 9), 1]).statistic).toBeCloseTo(4 / 10, 12);
});

test('numbers that are combinations of others have no degree of freedom', () => {
  const sums = new ScoreSums(3);
  for (const [row, value] of numbers.entries()) {
    const u = [1, 2, row % 2];
    const row3 = Float64Array.from(u, (x) => value * x);
    sums.add(row, 1, row3, (i, j) => u[i]! * u[j]!);
  }
  expect(sums.test()!.degreesOfFreedom).toBe(2);
});
