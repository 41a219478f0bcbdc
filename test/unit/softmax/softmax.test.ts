import { Matrix as MlMatrix } from 'ml-matrix';
import { describe, expect, expectTypeOf, test } from 'vitest';
import type { MatrixInput } from '../../../src/core/matrix.ts';
import { type Float64Matrix, logSoftmax, logSumExp, softmax } from '../../../src/softmax/index.ts';

const masked = Number.NEGATIVE_INFINITY;

/** The eight decimals the expected values are given to. */
const eightDecimals = 8;

describe('softmax of [2, 1, 0.1]', () => {
  test.each([
    [1, [0.65900114, 0.24243297, 0.09856589]],
    [2, [0.50168776, 0.30428901, 0.19402324]],
    [0.5, [0.86377712, 0.11689952, 0.01932336]],
  ])('at T = %s', (temperature, expected) => {
    softmax([2, 1, 0.1], { temperature }).forEach((p, k) => {
      expect(p).toBeCloseTo(expected[k]!, eightDecimals);
    });
  });

  test('has T = 1 unless told otherwise', () => {
    expect(softmax([2, 1, 0.1])).toEqual(softmax([2, 1, 0.1], { temperature: 1 }));
  });
});

describe('shapes', () => {
  const rows = [
    [2, 1, 0.5],
    [0, -3, 4],
  ];
  const expected = rows.flatMap((row) => [...softmax(row)]);

  test.each<[string, Exclude<MatrixInput, readonly number[] | Float64Array | Float32Array>]>([
    ['nested arrays', rows],
    ['nested typed arrays', rows.map((row) => Float32Array.from(row))],
    ['a matrix record', { data: Float64Array.from(rows.flat()), rows: 2, columns: 3 }],
    ['a float32 matrix record', { data: Float32Array.from(rows.flat()), rows: 2, columns: 3 }],
    ['a tensor', { data: rows.flat(), dims: [2, 3] }],
    ['an ml-matrix matrix', new MlMatrix(rows)],
  ])('%s give the rows one by one', (_, input) => {
    const batch = softmax(input);
    expect([batch.rows, batch.columns, [...batch.data]]).toEqual([2, 3, expected]);
    expect([...logSoftmax(input).data]).toEqual(rows.flatMap((row) => [...logSoftmax(row)]));
    expect([...logSumExp(input)]).toEqual(rows.map((row) => logSumExp(row)));
  });

  test('one row comes as a flat array of any kind and leaves as Float64Array', () => {
    for (const row of [rows[0]!, Float64Array.from(rows[0]!), Float32Array.from(rows[0]!)]) {
      expect(softmax(row)).toEqual(softmax(rows[0]!));
      expect(softmax(row)).toBeInstanceOf(Float64Array);
    }
    expectTypeOf(softmax([1])).toEqualTypeOf<Float64Array>();
    expectTypeOf(softmax([[1]])).toEqualTypeOf<Float64Matrix>();
    expectTypeOf(logSumExp([1])).toEqualTypeOf<number>();
    expectTypeOf(logSumExp([[1]])).toEqualTypeOf<Float64Array>();
  });

  test('the input is left as it was', () => {
    const data = Float64Array.of(2, 1, 0.1);
    softmax(data, { temperature: 3 });
    logSoftmax({ data, rows: 1, columns: 3 });
    expect([...data]).toEqual([2, 1, 0.1]);
  });

  test('no rows give no rows, one class is certain', () => {
    expect(softmax({ data: new Float64Array(0), rows: 0, columns: 3 })).toMatchObject({
      rows: 0,
      columns: 3,
    });
    expect([...softmax([-5])]).toEqual([1]);
  });
});

describe('hard rows', () => {
  test.each([
    [[1e308, -1e308], 1, [1, 0]],
    [[1e308, 1e308], 5e-324, [0.5, 0.5]],
    [[masked, 3, masked], 1e308, [0, 1, 0]],
    [[0, 0, 0, masked], 2, [1 / 3, 1 / 3, 1 / 3, 0]],
    [[5e-324, -5e-324], 1, [0.5, 0.5]],
  ])('%j at T = %s', (row, temperature, expected) => {
    expect([...softmax(row, { temperature })]).toEqual(expected);
  });

  test('masked classes stay masked in the logarithm and add nothing to the sum', () => {
    expect([...logSoftmax([masked, 3, 3])]).toEqual([masked, -Math.LN2, -Math.LN2]);
    expect(logSumExp([masked, 3, 3])).toBe(logSumExp([3, 3]));
  });
});

describe('refusals', () => {
  test.each([
    [0, '0'],
    [-1, '-1'],
    [Number.NaN, 'NaN'],
    [Number.POSITIVE_INFINITY, 'Infinity'],
    ['2', 'text "2"'],
    [null, 'null'],
  ])('temperature %s', (temperature, found) => {
    for (const f of [softmax, logSoftmax, logSumExp]) {
      expect(() => f([1, 2], { temperature: temperature as number })).toThrow(
        `E_TEMPERATURE: temperature must be a finite number above 0, got ${found}.`,
      );
    }
  });

  test.each([
    [
      [
        [0, 1],
        [1, Number.NaN],
      ],
      'E_LOGIT_NAN: row index 1: logit NaN of class 1.',
    ],
    [[[Number.POSITIVE_INFINITY, 1]], 'E_LOGIT_NAN: row index 0: logit Infinity of class 0.'],
    [
      [
        [0, 1],
        [masked, masked],
      ],
      'E_LOGIT_NEGINF: row index 1: every class has logit -Infinity.',
    ],
    [[[1, 2], [1]], 'E_SHAPE: row index 1: 1 values, the first row has 2.'],
    [[new Float64Array(0)], 'E_SHAPE: logits have no columns; at least one class is needed.'],
  ])('logits %j', (logits, message) => {
    for (const f of [softmax, logSoftmax, logSumExp]) expect(() => f(logits)).toThrow(message);
  });

  test('an empty row and an unknown option', () => {
    expect(() => softmax([])).toThrow('E_SHAPE: the row of logits is empty; at least one class is needed.');
    expect(() => softmax([1], { temprature: 2 } as object)).toThrow(
      'E_OPTION: unknown option "temprature"; did you mean "temperature"?',
    );
  });
});
