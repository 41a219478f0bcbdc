import { javascriptMatrixScaling } from './javascript-scaling.ts';
import { type Kernels, type ScaledRows, scalingPlaces } from './kernels-contract.ts';
import {
  aligned,
  doublesOf,
  type KernelModule,
  place,
  scratchAddress,
  stripe,
  sumsAddress,
} from './webassembly-module.ts';

/** Rows that the sums of products stay in registers for, at least. */
const leastRows = 64;
/** Above so many classes a matrix no longer fits a small memory, and the reference does the work. */
const mostClasses = 2048;

/** `addVectorScaling` in WebAssembly, stripe by stripe. */
export function webassemblyVectorScaling(module: KernelModule): Kernels['addVectorScaling'] {
  return (range, parameters, sums) => {
    const { columns } = range;
    const padded = paddedTo4(columns);
    const rowsAtOnce = Math.max(1, Math.floor(stripe / (8 * padded)));
    const v = scratchAddress;
    const b = v + 8 * padded;
    const slopes = b + 8 * padded;
    const shifts = slopes + 8 * padded;
    const places = placesFrom(shifts + 8 * padded, range, rowsAtOnce, padded);
    const { z, x, labels, parts } = places;
    const view = doublesOf(module, places.end);
    view.fill(0, v / 8, b / 8);
    view.fill(Number.NEGATIVE_INFINITY, b / 8, slopes / 8);
    view.set(parameters.subarray(0, columns), v / 8);
    view.set(parameters.subarray(columns), b / 8);
    const { value, gradient } = scalingPlaces;
    view.set(sums.subarray(value, gradient), sumsAddress / 8);
    view.set(sums.subarray(gradient, gradient + columns), slopes / 8);
    view.set(sums.subarray(gradient + columns), shifts / 8);
    for (let row = range.from; row < range.to; row += rowsAtOnce) {
      const rows = placeRows(view, range, row, rowsAtOnce, places);
      module.spreadRows(places.cells, range.cells.BYTES_PER_ELEMENT, rows, columns, padded, z);
      module.scaleRows(z, rows, padded, v, b, x);
      module.addResiduals(x, rows, columns, padded, labels, places.weights, parts, sumsAddress);
      module.addColumnProducts(x, z, rows, padded, slopes);
      module.addColumns(x, rows, padded, shifts);
    }
    sums.set(view.subarray(sumsAddress / 8, sumsAddress / 8 + gradient));
    sums.set(view.subarray(slopes / 8, slopes / 8 + columns), gradient);
    sums.set(view.subarray(shifts / 8, shifts / 8 + columns), gradient + columns);
  };
}

/** `addMatrixScaling` in WebAssembly, stripe by stripe, its products by tiles. */
export function webassemblyMatrixScaling(module: KernelModule): Kernels['addMatrixScaling'] {
  return (range, parameters, sums) => {
    if (range.columns > mostClasses) javascriptMatrixScaling(range, parameters, sums);
    else addMatrixScaling(module, range, parameters, sums);
  };
}

function addMatrixScaling(
  module: KernelModule,
  range: ScaledRows,
  parameters: Float64Array,
  sums: Float64Array,
): void {
  const { columns } = range;
  const padded = paddedTo4(columns);
  const rowsAtOnce = 4 * Math.ceil(Math.max(leastRows, stripe / (8 * padded)) / 4);
  const panels = scratchAddress;
  const slopes = panels + 8 * padded * (columns + 1);
  const shifts = slopes + 8 * padded * padded;
  const places = placesFrom(shifts + 8 * padded, range, rowsAtOnce, padded);
  const { z, x, labels, parts } = places;
  const residuals = places.end;
  const logits = residuals + (x - z);
  const view = doublesOf(module, logits + (x - z));
  placeMatrix(view, panels, parameters, columns, padded);
  const { value, gradient } = scalingPlaces;
  view.set(sums.subarray(value, gradient), sumsAddress / 8);
  view.fill(0, slopes / 8, shifts / 8);
  for (let j = 0; j < columns; j += 1) {
    const at = gradient + j * columns;
    view.set(sums.subarray(at, at + columns), slopes / 8 + j * padded);
  }
  view.set(sums.subarray(gradient + columns * columns), shifts / 8);
  for (let row = range.from; row < range.to; row += rowsAtOnce) {
    const rows = placeRows(view, range, row, rowsAtOnce, places);
    module.spreadRows(places.cells, range.cells.BYTES_PER_ELEMENT, rows, columns, padded, z);
    module.affineRows(z, rows, columns, padded, panels, x);
    module.addResiduals(x, rows, columns, padded, labels, places.weights, parts, sumsAddress);
    module.packPanels(x, rows, padded, residuals);
    module.packPanels(z, rows, padded, logits);
    module.addOuterProducts(residuals, logits, rows, padded, slopes);
    module.addColumns(x, rows, padded, shifts);
  }
  sums.set(view.subarray(sumsAddress / 8, sumsAddress / 8 + gradient));
  for (let j = 0; j < columns; j += 1) {
    const at = slopes / 8 + j * padded;
    sums.set(view.subarray(at, at + columns), gradient + j * columns);
  }
  sums.set(view.subarray(shifts / 8, shifts / 8 + columns), gradient + columns * columns);
}

function paddedTo4(columns: number): number {
  return 4 * Math.ceil(columns / 4);
}

/** Where a stripe of rows stands: as it came, with its labels and weights, what they add to the loss, widened, and scaled. */
interface StripePlaces {
  readonly cells: number;
  readonly labels: number;
  /** 0 where all rows count 1. */
  readonly weights: number;
  /** Two doubles a row, and a row more. */
  readonly parts: number;
  readonly z: number;
  readonly x: number;
  readonly end: number;
}

function placesFrom(
  address: number,
  { cells: { BYTES_PER_ELEMENT: width }, columns, from, to, weights }: ScaledRows,
  rowsAtOnce: number,
  padded: number,
): StripePlaces {
  // Whole fours, as a tile is four rows high.
  const rows = paddedTo4(Math.min(rowsAtOnce, to - from));
  const labels = aligned(address + rows * columns * width);
  const shares = aligned(labels + 4 * rows);
  const parts = aligned(shares + 8 * rows);
  const z = aligned(parts + 16 * (rows + 1));
  const x = z + 8 * rows * padded;
  const end = x + 8 * rows * padded;
  return { cells: address, labels, weights: weights === undefined ? 0 : shares, parts, z, x, end };
}

/**
 * Copies the rows of a stripe that count, with their labels and weights.
 *
 * @returns How many there are.
 */
function placeRows(
  view: Float64Array<ArrayBuffer>,
  { cells, columns, to, labels, weights }: ScaledRows,
  from: number,
  rowsAtOnce: number,
  places: StripePlaces,
): number {
  const end = Math.min(from + rowsAtOnce, to);
  const truths = new Int32Array(view.buffer, places.labels, end - from);
  if (weights === undefined) {
    place(view, places.cells, cells.subarray(from * columns, end * columns));
    truths.set(labels.subarray(from, end));
    return end - from;
  }
  const rowSize = columns * cells.BYTES_PER_ELEMENT;
  let rows = 0;
  for (let i = from; i < end; i += 1) {
    if (weights[i] === 0) continue;
    place(view, places.cells + rows * rowSize, cells.subarray(i * columns, (i + 1) * columns));
    truths[rows] = labels[i]!;
    view[places.weights / 8 + rows] = weights[i]!;
    rows += 1;
  }
  return rows;
}

/** b and the columns of W, four classes at a time, as `affineRows` reads them. */
function placeMatrix(
  view: Float64Array<ArrayBuffer>,
  panels: number,
  parameters: Float64Array,
  columns: number,
  padded: number,
): void {
  let at = panels / 8;
  for (let first = 0; first < padded; first += 4) {
    for (let j = first; j < first + 4; j += 1) {
      view[at + j - first] = j < columns ? parameters[columns * columns + j]! : Number.NEGATIVE_INFINITY;
    }
    at += 4;
    for (let k = 0; k < columns; k += 1) {
      for (let j = first; j < first + 4; j += 1) {
        view[at + j - first] = j < columns ? parameters[j * columns + k]! : 0;
      }
      at += 4;
    }
  }
}
