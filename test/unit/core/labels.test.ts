import { describe, expect, test } from 'vitest';
import {
  indexNames,
  type LabelInput,
  toLabels,
  toWeights,
  type WeightInput,
} from '../../../src/core/labels.ts';

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

  test.each<[string, LabelInput]>([
    ['BigInts', [0n, 2n, 1n]],
    ['a BigInt64Array', BigInt64Array.of(0n, 2n, 1n)],
    ['a Uint8Array', Uint8Array.of(0, 2, 1)],
    ['a Uint16Array', Uint16Array.of(0, 2, 1)],
    ['a tensor of int64', { data: BigInt64Array.of(0n, 2n, 1n), dims: [3], type: 'int64' }],
    ['a column', { data: Int32Array.of(0, 2, 1), shape: [3, 1], dtype: 'int32' }],
    ['half-precision values', { data: Uint16Array.of(0, 0x4000, 0x3c00), dims: [3], type: 'float16' }],
    ['a downloadable tensor', { shape: [3], dtype: 'int32', dataSync: () => Int32Array.of(0, 2, 1) }],
  ])('labels may be %s', (_, labels) => {
    expect([...toLabels(labels, 3, 3)]).toEqual([0, 2, 1]);
  });

  test('booleans are labels of two classes only', () => {
    expect([...toLabels([true, false], 2, 2)]).toEqual([1, 0]);
    const tensor = { data: Uint8Array.of(1, 0), dims: [2], type: 'bool' };
    expect([...toLabels(tensor, 2, 2)]).toEqual([1, 0]);
    expect(() => toLabels([true, false], 2, 3)).toThrow('E_LABEL_INT: row index 0: label true is not');
  });

  test.each<[unknown, string]>([
    [[0, null], 'E_LABEL_INT: row index 1: label null is not a whole number.'],
    [[0, ''], 'E_LABEL_INT: row index 1: label empty text is not a whole number.'],
    [[0, '1'], 'E_LABEL_INT: row index 1: label text "1" is not a whole number.'],
    [[0, true], 'E_LABEL_INT: row index 1: label true is not a whole number.'],
    [[0, 1n], 'E_LABEL_INT: row index 1: label the BigInt 1n is not a whole number.'],
    [[[0], [1]], 'E_LABEL_INT: row index 0: label a list is not a whole number.'],
    [[0n, 2n ** 70n], 'E_LABEL_RANGE: row index 1: label 1180591620717411303424 is outside 0..2'],
    ['01', 'E_SHAPE: the labels are text "01", expected a list with one value for each row.'],
    [null, 'E_SHAPE: the labels are null'],
    [new Map(), 'E_SHAPE: the labels are an object'],
    [{ length: -1 }, 'E_SHAPE: the labels are an object'],
    [
      { data: [1, 0, 0, 1], dims: [2, 2] },
      'E_SHAPE: the labels are a tensor of 2 x 2, expected one value for each row. Of one-hot rows, give',
    ],
    [
      { data: ['a', 'b'], dims: [2], type: 'string' },
      'E_TENSOR_TYPE: labels in a tensor of type text "string"',
    ],
  ])('labels that are %o are refused', (labels, message) => {
    expect(() => toLabels(labels as LabelInput, 2, 3)).toThrow(message);
  });

  test('weights may be a tensor', () => {
    expect([...toWeights({ data: Float32Array.of(0.5, 2), dims: [2], type: 'float32' }, 2)]).toEqual([
      0.5, 2,
    ]);
  });

  test.each<[unknown, string]>([
    [[1, null], 'E_WEIGHT: row index 1: weight null is not a finite number.'],
    [[1, '2'], 'E_WEIGHT: row index 1: weight text "2" is not a finite number.'],
    [[1n, 1n], 'E_WEIGHT: row index 0: weight the BigInt 1n is not a finite number.'],
    [Uint16Array.of(1, 2), 'E_TENSOR_TYPE: weights in a Uint16Array without a type'],
    ['11', 'E_SHAPE: the weights are text "11"'],
  ])('weights that are %o are refused', (weights, message) => {
    expect(() => toWeights(weights as WeightInput, 2)).toThrow(message);
  });
});
