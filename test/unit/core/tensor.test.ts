import { describe, expect, test } from 'vitest';
import { type MatrixInput, toMatrix } from '../../../src/core/matrix.ts';

const cells = [1, 2, 3, 4, 5, 6];
const single = Float32Array.from(cells);
const half = Uint16Array.of(0x3c00, 0x4000, 0x4200, 0x4400, 0x4500, 0x4600);
const brain = Uint16Array.from(new Uint32Array(single.buffer), (bits) => bits >>> 16);

describe('tensors', () => {
  test.each<[string, unknown]>([
    ['of ONNX Runtime in half precision', { data: half, dims: [2, 3], type: 'float16', location: 'cpu' }],
    ['in bfloat16', { data: brain, dims: [2, 3], type: 'bfloat16' }],
    ['as safetensors name it', { data: brain, shape: [2, 3], dtype: 'BF16' }],
    ['as NumPy names it', { data: single, shape: [2, 3], dtype: '<f4', fortranOrder: false }],
    ['as PyTorch names it', { data: half, shape: [2, 3], dtype: 'torch.float16' }],
    ['without a type', { data: single, shape: [2, 3] }],
    ['of TensorFlow.js', { shape: [2, 3], strides: [3], dtype: 'float32', dataSync: () => single }],
    ['of ndarray', { data: single, shape: [2, 3], stride: [3, 1], offset: 0, dtype: 'float32' }],
    ['in a batch of one', { data: single, dims: [1, 2, 3] }],
    ['with an inner dimension of one', { data: single, dims: [2, 1, 3] }],
    ['of unsigned 16-bit numbers', { data: Uint16Array.from(cells), dims: [2, 3], type: 'uint16' }],
    ['of BigInts', { data: BigUint64Array.from(cells, BigInt), dims: [2, 3], type: 'uint64' }],
    ['with dims and shape', { data: single, dims: [2, 3], shape: [2, 3] }],
  ])('%s are read', (_, tensor) => {
    const matrix = toMatrix(tensor as MatrixInput);
    expect([matrix.rows, matrix.columns, [...matrix.data]]).toEqual([2, 3, cells]);
  });

  test('one dimension divides into the rows that are given', () => {
    expect(toMatrix({ data: single, dims: [6] }, 2)).toMatchObject({ rows: 2, columns: 3 });
    expect(toMatrix({ data: single, dims: [6] })).toMatchObject({ rows: 6, columns: 1 });
  });

  test('no rows make an empty matrix', () => {
    expect(toMatrix({ data: new Float32Array(0), dims: [0, 3] })).toMatchObject({ rows: 0, columns: 3 });
  });

  test.each<[string, unknown, string]>([
    [
      'bits of no type',
      { data: half, dims: [2, 3] },
      'E_TENSOR_TYPE: scores in a Uint16Array without a type',
    ],
    [
      'text',
      { data: cells, dims: [2, 3], type: 'string' },
      'E_TENSOR_TYPE: scores in a tensor of type text "string"',
    ],
    ['booleans', { data: Uint8Array.from(cells), dims: [2, 3], type: 'bool' }, 'E_TENSOR_TYPE'],
    ['big-endian data', { data: cells, shape: [2, 3], dtype: '>f4' }, 'E_TENSOR_TYPE'],
    ['a type that is no text', { data: single, dims: [2, 3], type: 1 }, 'E_TENSOR_TYPE'],
    [
      'bytes that are not decoded',
      { data: new Uint8Array(24), dims: [2, 3], type: 'float32' },
      'E_TENSOR_TYPE: a tensor of type float32 has its scores in a Uint8Array, expected one of Float32Array',
    ],
    [
      'a list that may hold bits',
      { data: [...half], dims: [2, 3], type: 'float16' },
      'E_TENSOR_TYPE: a tensor of type float16 has its scores in a list, expected one of Uint16Array, Float16Array',
    ],
    [
      'a lying size',
      { data: single, dims: [2, 4] },
      'E_SHAPE: a tensor of 2 x 4 has 8 values, its data are 6',
    ],
    [
      'two shapes',
      { data: single, dims: [2, 3], shape: [3, 2] },
      'E_SHAPE: a tensor has dims 2 x 3 but shape 3 x 2',
    ],
    ['three dimensions', { data: single, dims: [1, 2, 3, 1].fill(2, 0, 1), type: 'float32' }, 'E_SHAPE'],
    [
      'three long dimensions',
      { data: new Float32Array(8), dims: [2, 2, 2] },
      'E_SHAPE: a tensor of 3 dimensions (2 x 2 x 2), expected [rows, classes]',
    ],
    ['a single number', { data: [1], dims: [] }, 'E_SHAPE: a tensor of 0 dimensions (a single number)'],
    ['negative dimensions', { data: single, dims: [-2, -3] }, 'got -2'],
    ['dimensions as text', { data: single, dims: '23' }, 'got text "23"'],
    ['data that are an object', { data: {}, dims: [2, 3] }, 'E_SHAPE: the data of a tensor are an object'],
    [
      'column-major data',
      { data: single, shape: [2, 3], fortranOrder: true },
      'E_SHAPE: a tensor whose values are in column-major (Fortran) order',
    ],
    ['a transposed view', { data: single, shape: [3, 2], stride: [1, 3], offset: 0 }, 'a view with strides'],
    ['a shifted view', { data: single, shape: [2, 2], offset: 2 }, 'a view with strides or an offset'],
    [
      'data on a GPU',
      { location: 'gpu-buffer', dims: [2, 3], type: 'float32', data: undefined },
      'E_TENSOR_DATA: a tensor whose data are not in memory (location text "gpu-buffer"). Download them first',
    ],
    [
      'a promise',
      { data: Promise.resolve(single), dims: [2, 3] },
      'E_TENSOR_DATA: a tensor whose data come later',
    ],
    ['an asynchronous method', { data: async () => single, shape: [2, 3] }, 'E_TENSOR_DATA'],
    [
      'data that were released',
      {
        shape: [2, 3],
        dataSync: () => {
          throw new Error('Tensor is disposed.');
        },
      },
      'E_TENSOR_DATA: a tensor whose data cannot be read',
    ],
  ])('%s are refused', (_, tensor, message) => {
    expect(() => toMatrix(tensor as MatrixInput)).toThrow(message);
  });
});
