import { Matrix as MlMatrix } from 'ml-matrix';
import { describe, expect, test } from 'vitest';
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
    ['something else', {} as unknown as MatrixInput, undefined, 'E_SHAPE: scores are not a matrix'],
  ])('refuses %s', (_, input, rows, message) => {
    expect(() => toMatrix(input, rows)).toThrow(message);
  });

  const nonNumbers: readonly [string, unknown][] = [
    ['null', null],
    ['empty text', ''],
    ['text "1"', '1'],
    ['true', true],
    ['undefined', undefined],
    ['an object', {}],
    ['a list', [1]],
    ['the BigInt 1n', 1n],
    ['a symbol', Symbol('s')],
  ];

  test.each(nonNumbers)('refuses %s among the scores, in every form', (found, value) => {
    const message = `E_LOGIT_NAN: row index 1: the score of class 2 is ${found}, expected a number.`;
    const flat = [1, 2, 3, 4, 5, value] as number[];
    const get = (i: number, j: number): number => flat[i * 3 + j] as number;
    const inputs: readonly MatrixInput[] = [
      [flat.slice(0, 3), flat.slice(3)],
      flat,
      { data: flat as unknown as Float64Array, rows: 2, columns: 3 },
      { data: flat, dims: [2, 3] },
      { data: flat, shape: [2, 3], dtype: 'float32' },
      { rows: 2, columns: 3, get },
    ];
    for (const input of inputs) expect(() => toMatrix(input, 2)).toThrow(message);
  });

  test('refuses holes', () => {
    // biome-ignore lint/suspicious/noSparseArray: the hole is what is tested
    const sparse = [1, , 3] as number[];
    const message = 'E_LOGIT_NAN: row index 0: the score of class 1 is undefined';
    expect(() => toMatrix(sparse, 1)).toThrow(message);
    expect(() => toMatrix([sparse])).toThrow(message);
  });

  test.each<[string, unknown, string]>([
    ['null', null, 'E_SHAPE: scores are not a matrix but null'],
    ['text', '1,2', 'E_SHAPE: scores are not a matrix but text "1,2"'],
    ['a number', 2, 'E_SHAPE: scores are not a matrix but 2'],
    ['a Map', new Map(), 'E_SHAPE: scores are not a matrix but an object'],
    [
      'a row that is null',
      [[1, 2], null],
      'E_SHAPE: row 1 of the scores is null, expected a list of numbers',
    ],
    ['a row that is text', [[1, 2], '12'], 'E_SHAPE: row 1 of the scores is text "12"'],
    ['16 bits of no type', [Uint16Array.of(1, 2)], 'E_TENSOR_TYPE: scores in a Uint16Array without a type'],
    ['a view of bytes', new DataView(new ArrayBuffer(8)), 'E_SHAPE: the array of scores is an object'],
    [
      'rows that are no number',
      { rows: '2', columns: 1, get: () => 1 },
      'cannot be a matrix of text "2" rows',
    ],
    ['more rows than memory', { rows: 2 ** 40, columns: 2 ** 12, get: () => 1 }, 'E_MEMORY: '],
  ])('refuses %s', (_, input, message) => {
    expect(() => toMatrix(input as MatrixInput, 2)).toThrow(message);
  });

  test('refuses a row count that is no whole number', () => {
    expect(() => toMatrix([1, 2], 1.5)).toThrow('E_SHAPE: the number of rows is 1.5');
  });

  test('takes numbers of every typed array', () => {
    const arrays = [Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Int32Array, Uint32Array] as const;
    for (const array of arrays) expect([...toMatrix(array.from(cells) as never, 2).data]).toEqual(cells);
    const bigs = BigInt64Array.from(cells, BigInt);
    expect([...toMatrix({ data: bigs, dims: [2, 3], type: 'int64' }).data]).toEqual(cells);
    const beyond = { data: BigInt64Array.of(0n, 2n ** 60n), dims: [1, 2], type: 'int64' };
    expect(() => toMatrix(beyond)).toThrow(
      'E_INT_UNSAFE: row index 0: the score 1152921504606846976 of class 1',
    );
  });
});
