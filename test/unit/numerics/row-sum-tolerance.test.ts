import { expect, test } from 'vitest';
import { decimalPlaces } from '../../../src/numerics/decimal-places.ts';
import { rowSumTolerance } from '../../../src/numerics/row-sum-tolerance.ts';

const matrix = (values: readonly number[], columns: number) => ({
  data: Float64Array.from(values),
  rows: values.length / columns,
  columns,
});

test('decimals are counted over all values, up to the limit', () => {
  expect(decimalPlaces(matrix([0, 1, -3], 1), 5)).toBe(0);
  expect(decimalPlaces(matrix([0.1, 0.25, 3], 1), 5)).toBe(2);
  expect(decimalPlaces(matrix([0.1, 1 / 3], 1), 5)).toBeUndefined();
  expect(decimalPlaces(matrix([0.125], 1), 2)).toBeUndefined();
  expect(decimalPlaces(matrix([Number.NEGATIVE_INFINITY, 0.5], 1), 5)).toBe(1);
});

test('float32 storage of rounded values counts the same decimals', () => {
  const data = Float32Array.of(0.33, 0.67, 0.05, 0.95);
  expect(decimalPlaces({ data, rows: 2, columns: 2 }, 6)).toBe(2);
});

test('rows of full precision may miss 1 by 1e-3', () => {
  expect(rowSumTolerance(matrix([1 / 3, 2 / 3], 2))).toBe(1e-3);
});

test('rows rounded to two decimals may miss 1 by half a unit for each class', () => {
  const values = [0.33, 0.33, 0.33, ...new Array<number>(7).fill(0)];
  expect(rowSumTolerance(matrix(values, 10))).toBeCloseTo(0.05, 15);
});

test('rows rounded to one decimal get no allowance, percentages rounded to wholes do', () => {
  expect(rowSumTolerance(matrix([0.1, 0.3, 0.6], 3))).toBe(1e-3);
  expect(rowSumTolerance(matrix([33, 33, 33], 3), 100)).toBe(1.5);
});
