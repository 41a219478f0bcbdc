// The pass over rows of logits, see kernels/temperature-loss.ts, and kernels/javascript-kernels.ts, which gives the same bits.
import { distances32, distances64 } from './distances';
import { expTerm, expTermToSubnormal } from './exponential-term';
import { withTies } from './ties';

/** Bytes kept for a pair of rows where only Σe^x is wanted. */
const shortPair: usize = 16;
/** Bytes kept for a pair of rows otherwise: Σe^x, Σxe^x, … Σx⁶e^x, two doubles each, and room that `loss-sums` needs. */
const pairSize: usize = 128;

/**
 * Sums rows of K ≥ 2 logits over the classes other than the maximum.
 *
 * @param cells Address of the rows; `width` bytes a cell.
 * @param largest Address of the rows' maxima, float64, with room for one more.
 * @param pair Address of room for two rows' distances, 16 bytes a column.
 * @param isDeep Whether some β(z − max z) lies below −708.
 * @param moments Where to write the sums, for two rows at a time.
 * @param isShort Whether only Σe^x is wanted.
 */
export function sumLossRows(
  cells: usize,
  width: i32,
  largest: usize,
  rows: i32,
  columns: usize,
  beta: f64,
  isDeep: i32,
  pair: usize,
  moments: usize,
  isShort: i32,
): void {
  const stride = columns * <usize>width;
  for (let i = 0; i < rows; i += 2) {
    // A last row without a partner stands beside itself.
    const next = rows - i === 1 ? cells : cells + stride;
    if (width === 4) distances32(cells, next, columns, largest, pair);
    else distances64(cells, next, columns, largest, pair);
    if (isDeep) sumDeepPair(pair, columns, beta, moments, isShort);
    else if (isShort) sumShortPair(pair, columns, beta, moments);
    else sumPair(pair, columns, beta, moments);
    cells = next + stride;
    largest += 16;
    moments += isShort ? shortPair : pairSize;
  }
}

function sumPair(pair: usize, columns: usize, beta: f64, moments: usize): void {
  const factor = f64x2.splat(beta);
  const zero = f64x2.splat(0);
  let s0 = zero;
  let s1 = zero;
  let s2 = zero;
  let s3 = zero;
  let s4 = zero;
  let s5 = zero;
  let s6 = zero;
  let below = zero;
  const end = pair + (columns << 4);
  const fours = pair + ((columns & ~3) << 4);
  // Four columns at a time keep the processor busy.
  for (; pair < fours; pair += 64) {
    const a = v128.load(pair);
    const b = v128.load(pair, 16);
    const c = v128.load(pair, 32);
    const d = v128.load(pair, 48);
    const isBelowA = f64x2.lt(a, zero);
    const isBelowB = f64x2.lt(b, zero);
    const isBelowC = f64x2.lt(c, zero);
    const isBelowD = f64x2.lt(d, zero);
    below = i64x2.add(i64x2.add(i64x2.add(i64x2.add(below, isBelowA), isBelowB), isBelowC), isBelowD);
    const xa = f64x2.mul(factor, a);
    const xb = f64x2.mul(factor, b);
    const xc = f64x2.mul(factor, c);
    const xd = f64x2.mul(factor, d);
    let ea = v128.and(expTerm(xa), isBelowA);
    let eb = v128.and(expTerm(xb), isBelowB);
    let ec = v128.and(expTerm(xc), isBelowC);
    let ed = v128.and(expTerm(xd), isBelowD);
    s0 = inOrder(s0, ea, eb, ec, ed);
    ea = f64x2.mul(ea, xa);
    eb = f64x2.mul(eb, xb);
    ec = f64x2.mul(ec, xc);
    ed = f64x2.mul(ed, xd);
    s1 = inOrder(s1, ea, eb, ec, ed);
    ea = f64x2.mul(ea, xa);
    eb = f64x2.mul(eb, xb);
    ec = f64x2.mul(ec, xc);
    ed = f64x2.mul(ed, xd);
    s2 = inOrder(s2, ea, eb, ec, ed);
    ea = f64x2.mul(ea, xa);
    eb = f64x2.mul(eb, xb);
    ec = f64x2.mul(ec, xc);
    ed = f64x2.mul(ed, xd);
    s3 = inOrder(s3, ea, eb, ec, ed);
    ea = f64x2.mul(ea, xa);
    eb = f64x2.mul(eb, xb);
    ec = f64x2.mul(ec, xc);
    ed = f64x2.mul(ed, xd);
    s4 = inOrder(s4, ea, eb, ec, ed);
    ea = f64x2.mul(ea, xa);
    eb = f64x2.mul(eb, xb);
    ec = f64x2.mul(ec, xc);
    ed = f64x2.mul(ed, xd);
    s5 = inOrder(s5, ea, eb, ec, ed);
    s6 = inOrder(s6, f64x2.mul(ea, xa), f64x2.mul(eb, xb), f64x2.mul(ec, xc), f64x2.mul(ed, xd));
  }
  for (; pair < end; pair += 16) {
    const distance = v128.load(pair);
    const isBelow = f64x2.lt(distance, zero);
    const x = f64x2.mul(factor, distance);
    below = i64x2.add(below, isBelow);
    let e = v128.and(expTerm(x), isBelow);
    s0 = f64x2.add(s0, e);
    e = f64x2.mul(e, x);
    s1 = f64x2.add(s1, e);
    e = f64x2.mul(e, x);
    s2 = f64x2.add(s2, e);
    e = f64x2.mul(e, x);
    s3 = f64x2.add(s3, e);
    e = f64x2.mul(e, x);
    s4 = f64x2.add(s4, e);
    e = f64x2.mul(e, x);
    s5 = f64x2.add(s5, e);
    s6 = f64x2.add(s6, f64x2.mul(e, x));
  }
  keep(moments, withTies(s0, below, columns), s1, s2, s3, s4, s5, s6);
}

// @ts-ignore: decorator
@inline
function inOrder(sum: v128, a: v128, b: v128, c: v128, d: v128): v128 {
  return f64x2.add(f64x2.add(f64x2.add(f64x2.add(sum, a), b), c), d);
}

/** {@link sumPair} of Σe^x alone. */
function sumShortPair(pair: usize, columns: usize, beta: f64, moments: usize): void {
  const factor = f64x2.splat(beta);
  const zero = f64x2.splat(0);
  let s0 = zero;
  let below = zero;
  const end = pair + (columns << 4);
  const fours = pair + ((columns & ~3) << 4);
  for (; pair < fours; pair += 64) {
    const a = v128.load(pair);
    const b = v128.load(pair, 16);
    const c = v128.load(pair, 32);
    const d = v128.load(pair, 48);
    const isBelowA = f64x2.lt(a, zero);
    const isBelowB = f64x2.lt(b, zero);
    const isBelowC = f64x2.lt(c, zero);
    const isBelowD = f64x2.lt(d, zero);
    below = i64x2.add(i64x2.add(i64x2.add(i64x2.add(below, isBelowA), isBelowB), isBelowC), isBelowD);
    s0 = inOrder(
      s0,
      v128.and(expTerm(f64x2.mul(factor, a)), isBelowA),
      v128.and(expTerm(f64x2.mul(factor, b)), isBelowB),
      v128.and(expTerm(f64x2.mul(factor, c)), isBelowC),
      v128.and(expTerm(f64x2.mul(factor, d)), isBelowD),
    );
  }
  for (; pair < end; pair += 16) {
    const distance = v128.load(pair);
    const isBelow = f64x2.lt(distance, zero);
    below = i64x2.add(below, isBelow);
    s0 = f64x2.add(s0, v128.and(expTerm(f64x2.mul(factor, distance)), isBelow));
  }
  v128.store(moments, withTies(s0, below, columns));
}

/** {@link sumPair} where e^x may be subnormal or 0 and masked classes occur. */
function sumDeepPair(pair: usize, columns: usize, beta: f64, moments: usize, isShort: i32): void {
  const factor = f64x2.splat(beta);
  const zero = f64x2.splat(0);
  const deepest = f64x2.splat(-745.2);
  let s0 = zero;
  let s1 = zero;
  let s2 = zero;
  let s3 = zero;
  let s4 = zero;
  let s5 = zero;
  let s6 = zero;
  let below = zero;
  const end = pair + (columns << 4);
  while (pair < end) {
    const distance = v128.load(pair);
    const isBelow = f64x2.lt(distance, zero);
    const product = f64x2.mul(factor, distance);
    const isCounted = v128.and(f64x2.gt(product, deepest), isBelow);
    // Also where the product is NaN, of 0 and a masked class.
    const x = f64x2.pmax(f64x2.splat(-746), product);
    below = i64x2.add(below, isBelow);
    let e = v128.and(expTermToSubnormal(x), isCounted);
    s0 = f64x2.add(s0, e);
    e = f64x2.mul(e, x);
    s1 = f64x2.add(s1, e);
    e = f64x2.mul(e, x);
    s2 = f64x2.add(s2, e);
    e = f64x2.mul(e, x);
    s3 = f64x2.add(s3, e);
    e = f64x2.mul(e, x);
    s4 = f64x2.add(s4, e);
    e = f64x2.mul(e, x);
    s5 = f64x2.add(s5, e);
    s6 = f64x2.add(s6, f64x2.mul(e, x));
    pair += 16;
  }
  if (isShort) v128.store(moments, withTies(s0, below, columns));
  else keep(moments, withTies(s0, below, columns), s1, s2, s3, s4, s5, s6);
}

// @ts-ignore: decorator
@inline
function keep(
  moments: usize,
  s0: v128,
  s1: v128,
  s2: v128,
  s3: v128,
  s4: v128,
  s5: v128,
  s6: v128,
): void {
  v128.store(moments, s0);
  v128.store(moments, s1, 16);
  v128.store(moments, s2, 32);
  v128.store(moments, s3, 48);
  v128.store(moments, s4, 64);
  v128.store(moments, s5, 80);
  v128.store(moments, s6, 96);
}

/** {@link sumLossRows} of two classes, given as minus the distance between the two logits. */
export function sumMargins(
  margins: usize,
  rows: i32,
  beta: f64,
  isDeep: i32,
  moments: usize,
  isShort: i32,
): void {
  const factor = f64x2.splat(beta);
  for (let i = 0; i < rows; i += 2) {
    const product = f64x2.mul(factor, v128.load(margins));
    let x = product;
    let e: v128;
    if (isDeep) {
      x = f64x2.pmax(f64x2.splat(-746), product);
      e = v128.and(expTermToSubnormal(x), f64x2.gt(product, f64x2.splat(-745.2)));
    } else {
      e = expTerm(x);
    }
    margins += 16;
    if (isShort) {
      v128.store(moments, e);
      moments += shortPair;
      continue;
    }
    const ex = f64x2.mul(e, x);
    const exx = f64x2.mul(ex, x);
    const exxx = f64x2.mul(exx, x);
    const x4 = f64x2.mul(exxx, x);
    const x5 = f64x2.mul(x4, x);
    keep(moments, e, ex, exx, exxx, x4, x5, f64x2.mul(x5, x));
    moments += pairSize;
  }
}
