import { expect, test } from 'vitest';
import { withComplement, withZeroLogit } from '../../../src/numerics/binary-columns.ts';
import { checkedProbabilities } from '../../../src/numerics/probability-checks.ts';

const matrix = (rows: readonly (readonly number[])[]) => ({
  data: Float64Array.from(rows.flat()),
  rows: rows.length,
  columns: rows[0]!.length,
});

test('rows of probabilities pass, off by what half precision or two decimals lose', () => {
  expect(() =>
    checkedProbabilities(
      matrix([
        [0.25, 0.75],
        [0.7004883, 0.3000001],
      ]),
    ),
  ).not.toThrow();
  expect(() => checkedProbabilities(matrix([[0.33, 0.33, 0.33]]))).not.toThrow();
  expect(() => checkedProbabilities(matrix([[1.0009, 0]]))).not.toThrow();
});

test('values no probability can have are refused by row and class', () => {
  expect(() =>
    checkedProbabilities(
      matrix([
        [0, 1],
        [Number.NaN, 1],
      ]),
    ),
  ).toThrow('E_PROB_RANGE: row index 1: probability NaN of class 0 is outside 0..1.');
  expect(() => checkedProbabilities(matrix([[1.0011, 0]]))).toThrow(/^E_PROB_RANGE: /);
});

test('rows that sum to something else are refused, a lone column is not summed', () => {
  expect(() => checkedProbabilities(matrix([[0.3, 0.2]]))).toThrow(
    'E_PROB_SUM: row index 0: probabilities sum to 0.5, expected 1.',
  );
  expect(() => checkedProbabilities(matrix([[0.3], [0.2]]))).not.toThrow();
});

test('one binary column becomes two', () => {
  expect([...withZeroLogit(matrix([[1.5], [-2]])).data]).toEqual([0, 1.5, 0, -2]);
  expect([...withComplement(matrix([[0.25], [1.0005]])).data]).toEqual([0.75, 0.25, 0, 1.0005]);
});

test('what rounding put below 0 becomes 0, what it put above 1 is used as it is, by the same tolerance', () => {
  const given = matrix([
    [1.0009, -0.0009],
    [0.25, 0.75],
  ]);
  expect([...checkedProbabilities(given).data]).toEqual([1.0009, 0, 0.25, 0.75]);
  expect([...given.data]).toEqual([1.0009, -0.0009, 0.25, 0.75]);
  const inside = matrix([[0, 1]]);
  expect(checkedProbabilities(inside)).toBe(inside);
  expect(() => checkedProbabilities(matrix([[1, -0.0011]]))).toThrow(/^E_PROB_RANGE: /);
  expect(() => checkedProbabilities(matrix([[1.0011, 0]]))).toThrow(/^E_PROB_RANGE: /);
});
