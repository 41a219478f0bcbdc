import { type PairedRows, resampleSize } from './kernels-contract.ts';

/** The reference of `resampleRows`: the same draws and sums, a row at a time. */
export function javascriptResampling(paired: PairedRows, state: Int32Array, out: Float64Array): void {
  const size = resampleSize(paired);
  const drawn = new Uint32Array(paired.rows);
  for (let at = 0; at < out.length; at += size) {
    drawn.fill(0);
    drawRows(drawn, state);
    addDrawn(paired, drawn, out.subarray(at, at + size).fill(0));
  }
}

/** Counts how often each row is drawn, by the steps of `seededRandom`. */
function drawRows(drawn: Uint32Array, state: Int32Array): void {
  const rows = drawn.length;
  const limit = 4294967296 - (4294967296 % rows);
  let [a, b, c, d] = state as unknown as [number, number, number, number];
  for (let left = rows; left > 0; ) {
    const scaled = Math.imul(b, 5);
    const result = Math.imul((scaled << 7) | (scaled >>> 25), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = (d << 11) | (d >>> 21);
    // What would favour some rows is drawn again.
    if (result >= limit) continue;
    drawn[result % rows]! += 1;
    left -= 1;
  }
  state.set([a, b, c, d]);
}

function addDrawn(paired: PairedRows, drawn: Uint32Array, out: Float64Array): void {
  const { rows, weight, nll, brier, binBefore, gapBefore, binAfter, gapAfter, bins } = paired;
  const before = out.subarray(3, 3 + bins);
  const after = out.subarray(3 + bins);
  let [weights, nlls, briers] = [0, 0, 0];
  for (let i = 0; i < rows; i += 1) {
    const times = drawn[i]!;
    if (times === 0) continue;
    weights += times * weight[i]!;
    nlls += times * nll[i]!;
    briers += times * brier[i]!;
    before[binBefore[i]!]! += times * gapBefore[i]!;
    after[binAfter[i]!]! += times * gapAfter[i]!;
  }
  out.set([weights, nlls, briers]);
}
