import { Matrix, MatrixTransposeView, WrapperMatrix1D, WrapperMatrix2D } from 'ml-matrix';
import { describe, expect, test } from 'vitest';
import { fitTemperature } from '../../../src/calibrators/index.ts';
import { fromMlMatrix, toMlMatrix } from '../../../src/interop/index.ts';

const rows = [
  [2, 1, 0.5],
  [0, 3, 1],
];
const flat = Float64Array.from(rows.flat());

describe('an ml-matrix matrix', () => {
  test('over one typed array is shared, both ways', () => {
    const matrix = fromMlMatrix(new WrapperMatrix1D(flat, { rows: 2 }));
    expect(matrix.data).toBe(flat);
    const view = toMlMatrix(matrix);
    view.set(0, 0, 7);
    expect(flat[0]).toBe(7);
    view.set(0, 0, 2);
  });

  test.for([
    ['a matrix', new Matrix(rows)],
    ['a wrapped nested array', new WrapperMatrix2D(rows)],
    ['a transposed view', new MatrixTransposeView(new Matrix(rows).transpose())],
    ['a wrapped plain array', new WrapperMatrix1D(rows.flat(), { rows: 2 })],
  ] as const)('of another storage is copied: %s', ([, source]) => {
    expect(fromMlMatrix(source)).toEqual({ data: flat, rows: 2, columns: 3 });
  });

  test('without rows keeps its columns', () => {
    const none = toMlMatrix({ data: new Float64Array(0), rows: 0, columns: 3 });
    expect([none.rows, none.columns]).toEqual([0, 3]);
  });

  test('fits to the same bits as nested arrays', () => {
    const logits = [
      [2, 1, 0],
      [0, 3, 1],
      [4, 1, 0],
      [1, 0, 2],
    ];
    const labels = [0, 1, 1, 2];
    expect(fitTemperature(new Matrix(logits), labels)).toEqual(fitTemperature(logits, labels));
  });
});
