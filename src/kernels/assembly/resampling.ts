// Rows drawn with replacement, see kernels/javascript-resampling.ts, which gives the same bits.

/**
 * Draws resamples and writes the sums of each: Σ weight, Σ nll, Σ brier, then Σ gap by bin before, and after.
 *
 * @param drawn Address of room for a count a row, 32 bits each.
 * @param state Address of the four words of the generator.
 * @param values Address of the rows' weights, NLLs, Brier scores, gaps before and gaps after, one array after the other.
 * @param binsOfRows Address of the rows' bins before, and after, 16 bits each.
 */
export function resampleRows(
  rows: i32,
  drawn: usize,
  state: usize,
  values: usize,
  binsOfRows: usize,
  bins: i32,
  out: usize,
  count: i32,
): void {
  const size = <usize>(3 + 2 * bins) << 3;
  for (; count > 0; count--) {
    memory.fill(drawn, 0, <usize>rows << 2);
    drawRows(rows, drawn, state);
    addDrawn(rows, drawn, values, binsOfRows, <usize>bins << 3, out);
    out += size;
  }
}

function drawRows(rows: i32, drawn: usize, state: usize): void {
  let a = load<u32>(state);
  let b = load<u32>(state, 4);
  let c = load<u32>(state, 8);
  let d = load<u32>(state, 12);
  const last = <u32>(0xffffffff - (0x100000000 % <u64>rows));
  for (let left = rows; left > 0; ) {
    const result = rotl<u32>(b * 5, 7) * 9;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotl<u32>(d, 11);
    if (result > last) continue;
    const at = drawn + (<usize>(result % <u32>rows) << 2);
    store<u32>(at, load<u32>(at) + 1);
    left--;
  }
  store<u32>(state, a);
  store<u32>(state, b, 4);
  store<u32>(state, c, 8);
  store<u32>(state, d, 12);
}

function addDrawn(rows: i32, drawn: usize, values: usize, binsOfRows: usize, binSize: usize, out: usize): void {
  const stride = <usize>rows << 3;
  const before = out + 24;
  const after = before + binSize;
  memory.fill(before, 0, 2 * binSize);
  let weights: f64 = 0;
  let nlls: f64 = 0;
  let briers: f64 = 0;
  // A row not drawn adds 0, which changes no sum.
  for (let i: usize = 0; i < <usize>rows; i++) {
    const times = <f64>load<u32>(drawn + (i << 2));
    let value = values + (i << 3);
    weights += times * load<f64>(value);
    value += stride;
    nlls += times * load<f64>(value);
    value += stride;
    briers += times * load<f64>(value);
    value += stride;
    const first = before + (<usize>load<u16>(binsOfRows + (i << 1)) << 3);
    store<f64>(first, load<f64>(first) + times * load<f64>(value));
    value += stride;
    const second = after + (<usize>load<u16>(binsOfRows + ((i + <usize>rows) << 1)) << 3);
    store<f64>(second, load<f64>(second) + times * load<f64>(value));
  }
  store<f64>(out, weights);
  store<f64>(out, nlls, 8);
  store<f64>(out, briers, 16);
}
