import { Matrix as MlMatrix } from 'ml-matrix';
import { describe, expect, test } from 'vitest';
import { indexNames, toLabels, toWeights } from '../../../src/core/labels.ts';
import { type MatrixInput, toMatrix } from '../../../src/core/matrix.ts';

const cells = [1, 2, 3, 4, 5, 6];

describe('toMatrix', () => {
  test.each<[string, MatrixInput]>([
    [
      'nested arrays',
      [
        [1, 2, 3],
        [4, 5, 6],
      ],
    ],
    ['nested typed arrays', [Float32Array.of(1, 2, 3), Float32Array.of(4, 5, 6)]],
    ['a matrix record', { data: Float64Array.from(cells), rows: 2, columns: 3 }],
    ['a tensor', { data: Float32Array.from(cells), dims: [2, 3] }],
    ['a flat array with known rows', cells],
    [
      'an ml-matrix matrix',
      new MlMatrix([
        [1, 2, 3],
        [4, 5, 6],
      ]),
    ],
  ])('reads %s', (_, input) => {
    const matrix = toMatrix(input, 2);
    expect([matrix.rows, matrix.columns, [...matrix.data]]).toEqual([2, 3, cells]);
  });

  test('shares typed-array storage instead of copying it', () => {
    const data = Float32Array.from(cells);
    expect(toMatrix({ data, rows: 2, columns: 3 }).data).toBe(data);
    expect(toMatrix({ data, dims: [2, 3] }).data).toBe(data);
    expect(toMatrix(data, 2).data).toBe(data);
  });

  test('a one-dimensional tensor is one column', () => {
    expect(toMatrix({ data: [1, 2], dims: [2] })).toMatchObject({ rows: 2, columns: 1 });
  });

  test('no rows make an empty matrix', () => {
    expect(toMatrix([], 0)).toMatchObject({ rows: 0, columns: 0 });
  });

  test.each<[string, MatrixInput, number | undefined, string]>([
    ['ragged rows', [[1, 2], [3]], undefined, 'E_SHAPE: row index 1: 1 values, the first row has 2.'],
    [
      'flat values that do not divide',
      [1, 2, 3],
      2,
      'E_SHAPE: a flat array of 3 values does not divide into 2 rows.',
    ],
    [
      'flat values of unknown shape',
      [1, 2, 3],
      undefined,
      'E_SHAPE: a flat array of 3 values has no row count',
    ],
    [
      'a lying size',
      { data: new Float64Array(5), rows: 2, columns: 3 },
      undefined,
      'E_SHAPE: 5 values cannot be',
    ],
    [
      'a three-dimensional tensor',
      { data: [1], dims: [1, 1, 1] },
      undefined,
      'E_SHAPE: a tensor of 3 dimensions',
    ],
    ['something else', {} as unknown as MatrixInput, undefined, 'E_SHAPE: scores are not a matrix'],
  ])('refuses %s', (_, input, rows, message) => {
    expect(() => toMatrix(input, rows)).toThrow(message);
  });
});

describe('labels and weights', () => {
  test('class indices pass, an Int32Array without a copy', () => {
    const labels = Int32Array.of(0, 2, 1);
    expect(toLabels(labels, 3, 3)).toBe(labels);
    expect([...toLabels([0, 1], 2, 2)]).toEqual([0, 1]);
  });

  test.each([
    [[0, 1.5], 'E_LABEL_INT: row index 1: label 1.5 is not a whole number.'],
    [[0, Number.NaN], 'E_LABEL_INT: row index 1: label NaN is not a whole number.'],
    [[0, 3], 'E_LABEL_RANGE: row index 1: label 3 is outside 0..2 (3 classes).'],
    [[-1, 0], 'E_LABEL_RANGE: row index 0: label -1 is outside 0..2 (3 classes).'],
    [[0], 'E_ROWS: scores have 2 rows, labels have 1.'],
  ])('labels %j are refused', (labels, message) => {
    expect(() => toLabels(labels, 2, 3)).toThrow(message);
  });

  test.each([
    [[1, -0.5], 'E_WEIGHT_NEGATIVE: row index 1: weight -0.5; weights must be 0 or more.'],
    [[0, 0], 'E_WEIGHT_ZERO: the weights sum to 0.'],
    [[1, Number.POSITIVE_INFINITY], 'E_WEIGHT: row index 1: weight Infinity is not a finite number.'],
    [[1], 'E_ROWS: scores have 2 rows, weights have 1.'],
  ])('weights %j are refused', (weights, message) => {
    expect(() => toWeights(weights, 2)).toThrow(message);
  });

  test('weights of 0 are allowed beside others', () => {
    expect([...toWeights([0, 2], 2)]).toEqual([0, 2]);
  });

  test('unnamed classes are called by their numbers', () => {
    expect(indexNames(3)).toEqual(['0', '1', '2']);
  });
});
