import { rootsOfTwo } from '../numerics/power-of-two-tables.ts';
import {
  type Kernels,
  type LossParts,
  type LossRows,
  type LossSums,
  lossPlaces,
  type RowRange,
} from './kernels-contract.ts';
import { moduleBytes } from './module-bytes.ts';

/** What the module exports; addresses and sizes in bytes. See `assembly/` for their meaning. */
interface Exports {
  readonly memory: WebAssembly.Memory;
  readonly surveyRows32: Survey;
  readonly surveyRows64: Survey;
  readonly sumLossRows: (
    cells: number,
    width: number,
    largest: number,
    rows: number,
    columns: number,
    beta: number,
    isDeep: number,
    pair: number,
    moments: number,
    isShort: number,
  ) => void;
  readonly sumMargins: (
    margins: number,
    rows: number,
    beta: number,
    isDeep: number,
    moments: number,
    isShort: number,
  ) => void;
  readonly addLossRows: AddMoments;
  readonly addLossValues: AddMoments;
}
type AddMoments = (moments: number, weights: number, rows: number, sums: number) => void;
type Survey = (cells: number, rows: number, columns: number, largest: number, smallest: number) => number;

/** The running sums stand behind the table of roots, which takes the first 2,048 bytes. */
const sumsAddress = 2048;
const scratchAddress = 4096;
/** Bytes of the sums over the classes of two rows. */
const pairSize = 128;
/** Bytes of cells worked on at a time: few enough to stay in a processor's cache. */
const stripe = 131_072;

/**
 * The kernels in WebAssembly, 128 bits wide. Cells are copied stripe by stripe into the module's memory, so that it stays
 * small whatever the matrix.
 *
 * @returns `undefined` where the engine has no WebAssembly, no SIMD, or may not compile.
 */
export function webassemblyKernels(): Kernels | undefined {
  const module = instantiate();
  return module === undefined ? undefined : kernelsOf(module);
}

function instantiate(): Exports | undefined {
  try {
    const module = new WebAssembly.Module(moduleBytes());
    return new WebAssembly.Instance(module, {}).exports as unknown as Exports;
  } catch {
    // A page's security policy may forbid it, an old engine may not know the instructions.
    return undefined;
  }
}

function kernelsOf(module: Exports): Kernels {
  const { memory } = module;
  new Float64Array(memory.buffer).set(rootsOfTwo());

  /** The memory as doubles, grown to hold at least so many bytes. Growing detaches every earlier view. */
  const doubles = (bytes: number): Float64Array => {
    const missing = bytes - memory.buffer.byteLength;
    if (missing > 0) memory.grow(Math.ceil(missing / 65_536));
    return new Float64Array(memory.buffer);
  };

  const surveyRows = (
    { cells, columns, from, to }: RowRange,
    largest: Float64Array,
    smallest: Float64Array,
  ): boolean => {
    const width = cells.BYTES_PER_ELEMENT;
    const rowsAtOnce = Math.max(1, Math.floor(stripe / (width * columns)));
    const survey = width === 4 ? module.surveyRows32 : module.surveyRows64;
    let isNumeric = true;
    for (let row = from; row < to; row += rowsAtOnce) {
      const rows = Math.min(rowsAtOnce, to - row);
      const highs = scratchAddress + aligned(rows * columns * width);
      const lows = highs + 8 * rows;
      const view = doubles(lows + 8 * rows);
      place(view, scratchAddress, cells.subarray(row * columns, (row + rows) * columns));
      if (survey(scratchAddress, rows, columns, highs, lows) === 0) isNumeric = false;
      largest.set(view.subarray(highs / 8, lows / 8), row);
      smallest.set(view.subarray(lows / 8, lows / 8 + rows), row);
    }
    return isNumeric;
  };

  const addLossRows = (range: LossRows, beta: number, sums: LossSums, wanted: LossParts): void => {
    const { cells, columns, from, to, largest, weights, isDeep } = range;
    const isBinary = largest.length === 0;
    const isShort = Number(wanted === 'value');
    const add = wanted === 'value' ? module.addLossValues : module.addLossRows;
    const width = cells.BYTES_PER_ELEMENT;
    // Whole pairs, as two rows are summed side by side.
    const rowsAtOnce = 2 * Math.max(1, Math.floor(stripe / (2 * width * columns)));
    const most = 2 * Math.ceil(Math.min(rowsAtOnce, to - from) / 2);
    const highs = scratchAddress + aligned(most * columns * width);
    const shares = highs + 8 * most;
    const pair = shares + 8 * most;
    const moments = pair + 16 * columns;
    const view = doubles(moments + (most / 2) * pairSize);
    view.set(sums, sumsAddress / 8);
    for (let row = from; row < to; row += rowsAtOnce) {
      const rows = Math.min(rowsAtOnce, to - row);
      place(view, scratchAddress, cells.subarray(row * columns, (row + rows) * columns));
      if (isBinary) module.sumMargins(scratchAddress, rows, beta, Number(isDeep), moments, isShort);
      else {
        view.set(largest.subarray(row, row + rows), highs / 8);
        module.sumLossRows(
          scratchAddress,
          width,
          highs,
          rows,
          columns,
          beta,
          Number(isDeep),
          pair,
          moments,
          isShort,
        );
      }
      if (weights !== undefined) view.set(weights.subarray(row, row + rows), shares / 8);
      add(moments, weights === undefined ? 0 : shares, rows, sumsAddress);
    }
    sums.set(view.subarray(sumsAddress / 8, sumsAddress / 8 + lossPlaces.count));
  };

  return { name: 'webassembly', surveyRows, addLossRows };
}

function place(view: Float64Array, address: number, cells: Float64Array | Float32Array): void {
  if (cells instanceof Float64Array) view.set(cells, address / 8);
  else new Float32Array(view.buffer, address, cells.length).set(cells);
}

/** The next multiple of 16, where vectors are read fastest. */
function aligned(address: number): number {
  return Math.ceil(address / 16) * 16;
}
