import { type Kernels, resampleSize } from './kernels-contract.ts';
import { aligned, doublesOf, type KernelModule, scratchAddress } from './webassembly-module.ts';

/** `resampleRows` in WebAssembly: the rows are copied once for all resamples of a call. */
export function webassemblyResampling(module: KernelModule): Kernels['resampleRows'] {
  return (paired, state, out) => {
    const { rows, bins, weight, nll, brier, binBefore, gapBefore, binAfter, gapAfter } = paired;
    const drawn = scratchAddress + 16;
    const values = aligned(drawn + 4 * rows);
    const binsOfRows = values + 5 * 8 * rows;
    const sums = aligned(binsOfRows + 2 * 2 * rows);
    const view = doublesOf(module, sums + 8 * out.length);
    for (const [k, column] of [weight, nll, brier, gapBefore, gapAfter].entries()) {
      view.set(column, values / 8 + k * rows);
    }
    const short = new Uint16Array(view.buffer);
    short.set(binBefore, binsOfRows / 2);
    short.set(binAfter, binsOfRows / 2 + rows);
    const words = new Int32Array(view.buffer, scratchAddress, 4);
    words.set(state);
    const count = out.length / resampleSize(paired);
    module.resampleRows(rows, drawn, scratchAddress, values, binsOfRows, bins, sums, count);
    state.set(words);
    out.set(view.subarray(sums / 8, sums / 8 + out.length));
  };
}
