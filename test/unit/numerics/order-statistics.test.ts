import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { argsort, quantileOfSorted } from '../../../src/numerics/order-statistics.ts';
import { argmaxRow } from '../../../src/numerics/top-label.ts';

describe('quantileOfSorted', () => {
  test.each([
    [[1, 2, 3, 4], 0, 1],
    [[1, 2, 3, 4], 1, 4],
    [[1, 2, 3, 4], 0.5, 2.5],
    [[1, 2, 3, 4], 0.25, 1.75],
    [[1, 2, 3, 4], 0.9, 3.7],
    [[5], 0.3, 5],
    [[2, 2, 2], 0.77, 2],
  ])('of %j at %s is %s by rule 7', (sorted, p, expected) => {
    expect(quantileOfSorted(sorted, p)).toBeCloseTo(expected, 14);
  });

  test('never leaves the sample', () => {
    const sample = fc.array(fc.double({ min: -1e9, max: 1e9, noNaN: true }), { minLength: 1, maxLength: 9 });
    fc.assert(
      fc.property(sample, fc.double({ min: 0, max: 1, noNaN: true }), (values, p) => {
        const sorted = values.toSorted((a, b) => a - b);
        const quantile = quantileOfSorted(sorted, p);
        return quantile >= sorted[0]! && quantile <= sorted.at(-1)!;
      }),
    );
  });
});

describe('argsort', () => {
  const bruteForce = (values: ArrayLike<number>): number[] =>
    Array.from(values, (_, i) => i).sort((a, b) => values[a]! - values[b]! || a - b);

  test.each([0, 1, 2, 511, 512, 700, 5000])('of %s values is the stable order', (length) => {
    const values = Float64Array.from({ length }, (_, i) => (((i * 7919) % 97) - 48) / 8);
    expect([...argsort(values)]).toEqual(bruteForce(values));
  });

  test('orders extremes and keeps 0 and −0 as they stood', () => {
    const hard = [
      0,
      -0,
      5e-324,
      -5e-324,
      Number.POSITIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
      1e308,
      -1e308,
      -0,
      0,
    ];
    const many = Array.from({ length: 600 }, (_, i) => hard[i % hard.length]!);
    const order = [5, 7, 3, 0, 1, 8, 9, 2, 6, 4];
    expect([...argsort(hard)]).toEqual(order);
    expect([...argsort(many)]).toEqual(bruteForce(many));
  });
});

describe('argmaxRow', () => {
  test.each([
    [[1, 3, 2], 1],
    [[3, 3, 3], 0],
    [[Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY, 0], 2],
    [[-0, 0], 0],
    [[7], 0],
  ])('of %j is %s: the first of the largest', (row, expected) => {
    expect(argmaxRow(row, 0, row.length)).toBe(expected);
  });

  test('stays inside its row', () => {
    expect(argmaxRow([9, 1, 2, 9], 1, 2)).toBe(1);
  });
});
