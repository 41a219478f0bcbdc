import type { Kernels, LossParts, LossRows, LossSums, RowRange, RowTotals } from './kernels-contract.ts';
import { lossPlaces } from './kernels-contract.ts';
import { webassemblyJudgement } from './webassembly-judgement.ts';
import {
  aligned,
  doublesOf,
  type KernelModule,
  kernelModule,
  place,
  scratchAddress,
  stripe,
  sumsAddress,
} from './webassembly-module.ts';
import { webassemblyResampling } from './webassembly-resampling.ts';
import { webassemblyMatrixScaling, webassemblyVectorScaling } from './webassembly-scaling.ts';

/** Bytes of the sums over the classes of two rows. */
const pairSize = 128;

/**
 * The kernels in WebAssembly, 128 bits wide. Cells are copied stripe by stripe into the module's memory, so that it stays
 * small whatever the matrix.
 *
 * @returns `undefined` where the engine has no WebAssembly, no SIMD, or may not compile.
 */
export function webassemblyKernels(): Kernels | undefined {
  const module = kernelModule();
  return module === undefined ? undefined : kernelsOf(module);
}

function kernelsOf(module: KernelModule): Kernels {
  const surveyRows = (
    { cells, columns, from, to }: RowRange,
    largest: Float64Array,
    smallest: Float64Array,
    totals?: RowTotals,
  ): boolean => {
    const width = cells.BYTES_PER_ELEMENT;
    const rowsAtOnce = Math.max(1, Math.floor(stripe / (width * columns)));
    const survey = width === 4 ? module.surveyRows32 : module.surveyRows64;
    let isNumeric = true;
    for (let row = from; row < to; row += rowsAtOnce) {
      const rows = Math.min(rowsAtOnce, to - row);
      const highs = scratchAddress + aligned(rows * columns * width);
      const lows = highs + 8 * rows;
      const sums = lows + 8 * rows;
      const tops = sums + 8 * rows;
      const view = doublesOf(module, tops + 4 * rows);
      place(view, scratchAddress, cells.subarray(row * columns, (row + rows) * columns));
      const isKnown = survey(scratchAddress, rows, columns, highs, lows) !== 0;
      isNumeric &&= isKnown;
      largest.set(view.subarray(highs / 8, lows / 8), row);
      smallest.set(view.subarray(lows / 8, sums / 8), row);
      // A row with NaN has no cell to find.
      if (totals === undefined || !isKnown) continue;
      module.sumRows(scratchAddress, width, rows, columns, sums);
      module.findTops(scratchAddress, width, rows, columns, highs, tops);
      totals.sums.set(view.subarray(sums / 8, tops / 8), row);
      totals.tops.set(new Int32Array(view.buffer, tops, rows), row);
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
    const view = doublesOf(module, moments + (most / 2) * pairSize);
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

  const addRoughSlopes = (range: LossRows, beta: number, sums: Float64Array): void => {
    const { cells, columns, from, to, largest, weights } = range;
    const width = cells.BYTES_PER_ELEMENT;
    const rowsAtOnce = 4 * Math.max(1, Math.floor(stripe / (4 * width * columns)));
    const most = Math.min(rowsAtOnce, to - from);
    const highs = scratchAddress + aligned(most * columns * width);
    const shares = highs + 8 * most;
    const view = doublesOf(module, shares + 8 * most);
    view.set(sums, sumsAddress / 8);
    for (let row = from; row < to; row += rowsAtOnce) {
      const rows = Math.min(rowsAtOnce, to - row);
      place(view, scratchAddress, cells.subarray(row * columns, (row + rows) * columns));
      view.set(largest.subarray(row, row + rows), highs / 8);
      if (weights !== undefined) view.set(weights.subarray(row, row + rows), shares / 8);
      const weightsAt = weights === undefined ? 0 : shares;
      if (largest.length === 0) module.addRoughMargins(scratchAddress, weightsAt, rows, beta, sumsAddress);
      else module.addRoughSlopes(scratchAddress, width, highs, weightsAt, rows, columns, beta, sumsAddress);
    }
    sums.set(view.subarray(sumsAddress / 8, sumsAddress / 8 + sums.length));
  };

  return {
    name: 'webassembly',
    surveyRows,
    addLossRows,
    addRoughSlopes,
    addVectorScaling: webassemblyVectorScaling(module),
    addMatrixScaling: webassemblyMatrixScaling(module),
    judgeRows: webassemblyJudgement(module),
    resampleRows: webassemblyResampling(module),
  };
}
