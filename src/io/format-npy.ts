import { type Matrix, toMatrix } from '../core/matrix.ts';

/** Cells per piece: 512 kB of float64. */
const pieceCells = 65_536;

/**
 * Writes a matrix as an NPY array of two dimensions, version 1.0, in C order: float64 or float32 as it is stored, little-endian.
 * NumPy reads it with `numpy.load`, and the data begin at a multiple of 64 bytes, so that it may map the file into memory.
 *
 * @param matrix N×K.
 * @returns Pieces of bytes; the cells are copied piece by piece.
 *
 * @example
 * ```ts
 * import { formatNpy, parseScores } from 'calibrant';
 *
 * const matrix = { data: Float64Array.of(0.25, 0.75), rows: 1, columns: 2 };
 * const bytes = Buffer.concat([...formatNpy(matrix)]);
 * assert.deepEqual([...parseScores(bytes).scores.data], [0.25, 0.75]);
 * ```
 *
 * Source: NumPy Enhancement Proposal 1, "A simple file format for NumPy arrays".
 */
export function* formatNpy(matrix: Matrix): Generator<Uint8Array, void, undefined> {
  const checked = toMatrix(matrix);
  yield* formatNpyPieces(checked, checked.data instanceof Float64Array, [checked]);
}

/**
 * {@link formatNpy} of a matrix whose rows come in pieces.
 *
 * @param shape Rows and columns of the whole.
 * @param isDouble Whether the cells are float64 rather than float32.
 */
export function* formatNpyPieces(
  { rows, columns }: Pick<Matrix, 'rows' | 'columns'>,
  isDouble: boolean,
  pieces: Iterable<Matrix>,
): Generator<Uint8Array, void, undefined> {
  const type = isDouble ? '<f8' : '<f4';
  const text = `{'descr': '${type}', 'fortran_order': False, 'shape': (${rows}, ${columns}), }`;
  const preamble = 10;
  const length = Math.ceil((preamble + text.length + 1) / 64) * 64 - preamble;
  const header = new Uint8Array(preamble + length);
  header.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, length & 0xff, length >> 8]);
  header.set(new TextEncoder().encode(`${text.padEnd(length - 1)}\n`), preamble);
  yield header;
  for (const { data } of pieces) {
    for (let from = 0; from < data.length; from += pieceCells) {
      yield littleEndian(data.subarray(from, from + pieceCells));
    }
  }
}

function littleEndian(cells: Float64Array | Float32Array): Uint8Array {
  const width = cells.BYTES_PER_ELEMENT;
  const bytes = new Uint8Array(cells.length * width);
  const view = new DataView(bytes.buffer);
  for (const [k, cell] of cells.entries()) {
    if (width === 8) view.setFloat64(8 * k, cell, true);
    else view.setFloat32(4 * k, cell, true);
  }
  return bytes;
}
