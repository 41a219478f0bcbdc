// Slope, curvature and third derivative in single precision, to find the neighbourhood of an optimum; see kernels/javascript-slopes.ts,
// which gives the same bits.

const one: f32 = 1;
const log2e: f32 = 1.44269504;
const ln2: f32 = 0.6931472;
/** 1.5·2^23: adding and then subtracting it rounds to the nearest whole number. */
const rounder: f32 = 12582912;

/** e^x for x in [−80, 0], to 5e-5. */
// @ts-ignore: decorator
@inline
function exp(x: v128): v128 {
  const shifted = f32x4.add(f32x4.mul(x, f32x4.splat(log2e)), f32x4.splat(rounder));
  const n = f32x4.sub(shifted, f32x4.splat(rounder));
  const r = f32x4.sub(x, f32x4.mul(n, f32x4.splat(ln2)));
  let p = f32x4.add(f32x4.splat(0.16666667), f32x4.mul(r, f32x4.splat(0.041666668)));
  p = f32x4.add(f32x4.splat(0.5), f32x4.mul(r, p));
  p = f32x4.add(f32x4.splat(one), f32x4.mul(r, p));
  p = f32x4.add(f32x4.splat(one), f32x4.mul(r, p));
  return f32x4.mul(p, i32x4.shl(i32x4.add(shifted, i32x4.splat(127)), 23));
}

/**
 * Adds Σ w·E[x], Σ w·Var[x] and Σ w·E[(x − E[x])³] of rows, x = β(z − max z), to three running sums.
 *
 * @param cells Address of the rows; `width` bytes a cell.
 * @param largest Address of the rows' maxima, float64.
 * @param weights Address of the rows' weights, or 0 where all count 1.
 */
export function addRoughSlopes(
  cells: usize,
  width: i32,
  largest: usize,
  weights: usize,
  rows: i32,
  columns: usize,
  beta: f32,
  sums: usize,
): void {
  const stride = columns * <usize>width;
  let slope = load<f64>(sums);
  let curvature = load<f64>(sums, 8);
  let third = load<f64>(sums, 16);
  for (let i = 0; i < rows; i += 4) {
    const count = min(rows - i, 4);
    // The last rows of a group that is not full stand in for those that are missing.
    const b = min(i + 1, rows - 1);
    const c = min(i + 2, rows - 1);
    const d = min(i + 3, rows - 1);
    sumFour(cells, width, stride, columns, largest, i, b, c, d, beta);
    for (let lane = 0; lane < count; lane++) {
      let weight: f64 = 1;
      if (weights !== 0) {
        weight = load<f64>(weights + (<usize>(i + lane) << 3));
        if (weight === 0) continue;
      }
      const at = <usize>lane << 2;
      slope += weight * <f64>load<f32>(means + at);
      curvature += weight * <f64>load<f32>(variances + at);
      third += weight * <f64>load<f32>(cubes + at);
    }
  }
  store<f64>(sums, slope);
  store<f64>(sums, curvature, 8);
  store<f64>(sums, third, 16);
}

/** {@link addRoughSlopes} of two classes, given as minus the distance between the two logits, float64. */
export function addRoughMargins(margins: usize, weights: usize, rows: i32, beta: f32, sums: usize): void {
  const factor = f32x4.splat(beta);
  const unit = f32x4.splat(one);
  let slope = load<f64>(sums);
  let curvature = load<f64>(sums, 8);
  let third = load<f64>(sums, 16);
  for (let i = 0; i < rows; i += 4) {
    const low = f32x4.demote_f64x2_zero(v128.load(margins));
    const high = f32x4.demote_f64x2_zero(v128.load(margins, 16));
    const x = tempered(v128.shuffle<f64>(low, high, 0, 2), factor);
    const e = exp(x);
    const p = f32x4.div(e, f32x4.add(unit, e));
    const q = f32x4.sub(unit, p);
    const mean = f32x4.mul(p, x);
    const variance = f32x4.mul(f32x4.mul(mean, x), q);
    v128.store(means, mean);
    v128.store(variances, variance);
    v128.store(cubes, f32x4.mul(f32x4.mul(variance, x), f32x4.sub(q, p)));
    margins += 32;
    const count = min(rows - i, 4);
    for (let lane = 0; lane < count; lane++) {
      let weight: f64 = 1;
      if (weights !== 0) {
        weight = load<f64>(weights + (<usize>(i + lane) << 3));
        if (weight === 0) continue;
      }
      const at = <usize>lane << 2;
      slope += weight * <f64>load<f32>(means + at);
      curvature += weight * <f64>load<f32>(variances + at);
      third += weight * <f64>load<f32>(cubes + at);
    }
  }
  store<f64>(sums, slope);
  store<f64>(sums, curvature, 8);
  store<f64>(sums, third, 16);
}

/** Room for four rows' results, behind the running sums. */
const means: usize = 2048 + 512;
const variances: usize = 2048 + 512 + 16;
const cubes: usize = 2048 + 512 + 32;

function sumFour(
  cells: usize,
  width: i32,
  stride: usize,
  columns: usize,
  largest: usize,
  a: i32,
  b: i32,
  c: i32,
  d: i32,
  beta: f32,
): void {
  const factor = f32x4.splat(beta);
  let pa = cells + <usize>a * stride;
  let pb = cells + <usize>b * stride;
  let pc = cells + <usize>c * stride;
  let pd = cells + <usize>d * stride;
  const ma = v128.load64_splat(largest + (<usize>a << 3));
  const mb = v128.load64_splat(largest + (<usize>b << 3));
  const mc = v128.load64_splat(largest + (<usize>c << 3));
  const md = v128.load64_splat(largest + (<usize>d << 3));
  let s0 = f32x4.splat(0);
  let s1 = s0;
  let s2 = s0;
  let s3 = s0;
  if (width === 4) {
    const maxima = four(ma, mb, mc, md);
    const end = pa + ((columns & ~3) << 2);
    while (pa < end) {
      const za = v128.load(pa);
      const zb = v128.load(pb);
      const zc = v128.load(pc);
      const zd = v128.load(pd);
      const lowAB = v128.shuffle<f32>(za, zb, 0, 4, 1, 5);
      const lowCD = v128.shuffle<f32>(zc, zd, 0, 4, 1, 5);
      const highAB = v128.shuffle<f32>(za, zb, 2, 6, 3, 7);
      const highCD = v128.shuffle<f32>(zc, zd, 2, 6, 3, 7);
      const x0 = tempered(f32x4.sub(v128.shuffle<f64>(lowAB, lowCD, 0, 2), maxima), factor);
      const x1 = tempered(f32x4.sub(v128.shuffle<f64>(lowAB, lowCD, 1, 3), maxima), factor);
      const x2 = tempered(f32x4.sub(v128.shuffle<f64>(highAB, highCD, 0, 2), maxima), factor);
      const x3 = tempered(f32x4.sub(v128.shuffle<f64>(highAB, highCD, 1, 3), maxima), factor);
      let e0 = exp(x0);
      let e1 = exp(x1);
      let e2 = exp(x2);
      let e3 = exp(x3);
      s0 = inOrder(s0, e0, e1, e2, e3);
      e0 = f32x4.mul(e0, x0);
      e1 = f32x4.mul(e1, x1);
      e2 = f32x4.mul(e2, x2);
      e3 = f32x4.mul(e3, x3);
      s1 = inOrder(s1, e0, e1, e2, e3);
      e0 = f32x4.mul(e0, x0);
      e1 = f32x4.mul(e1, x1);
      e2 = f32x4.mul(e2, x2);
      e3 = f32x4.mul(e3, x3);
      s2 = inOrder(s2, e0, e1, e2, e3);
      s3 = inOrder(s3, f32x4.mul(e0, x0), f32x4.mul(e1, x1), f32x4.mul(e2, x2), f32x4.mul(e3, x3));
      pa += 16;
      pb += 16;
      pc += 16;
      pd += 16;
    }
  } else {
    const end = pa + ((columns & ~1) << 3);
    while (pa < end) {
      const za = f32x4.demote_f64x2_zero(f64x2.sub(v128.load(pa), ma));
      const zb = f32x4.demote_f64x2_zero(f64x2.sub(v128.load(pb), mb));
      const zc = f32x4.demote_f64x2_zero(f64x2.sub(v128.load(pc), mc));
      const zd = f32x4.demote_f64x2_zero(f64x2.sub(v128.load(pd), md));
      const ab = v128.shuffle<f32>(za, zb, 0, 4, 1, 5);
      const cd = v128.shuffle<f32>(zc, zd, 0, 4, 1, 5);
      const x0 = tempered(v128.shuffle<f64>(ab, cd, 0, 2), factor);
      const x1 = tempered(v128.shuffle<f64>(ab, cd, 1, 3), factor);
      let e0 = exp(x0);
      let e1 = exp(x1);
      s0 = f32x4.add(f32x4.add(s0, e0), e1);
      e0 = f32x4.mul(e0, x0);
      e1 = f32x4.mul(e1, x1);
      s1 = f32x4.add(f32x4.add(s1, e0), e1);
      e0 = f32x4.mul(e0, x0);
      e1 = f32x4.mul(e1, x1);
      s2 = f32x4.add(f32x4.add(s2, e0), e1);
      s3 = f32x4.add(f32x4.add(s3, f32x4.mul(e0, x0)), f32x4.mul(e1, x1));
      pa += 16;
      pb += 16;
      pc += 16;
      pd += 16;
    }
  }
  for (let left = columns & (width === 4 ? 3 : 1); left > 0; left--) {
    const za = f64x2.sub(cell(pa, width), ma);
    const zb = f64x2.sub(cell(pb, width), mb);
    const zc = f64x2.sub(cell(pc, width), mc);
    const zd = f64x2.sub(cell(pd, width), md);
    const x = tempered(four(za, zb, zc, zd), factor);
    let e = exp(x);
    s0 = f32x4.add(s0, e);
    e = f32x4.mul(e, x);
    s1 = f32x4.add(s1, e);
    e = f32x4.mul(e, x);
    s2 = f32x4.add(s2, e);
    s3 = f32x4.add(s3, f32x4.mul(e, x));
    pa += <usize>width;
    pb += <usize>width;
    pc += <usize>width;
    pd += <usize>width;
  }
  const mean = f32x4.div(s1, s0);
  const variance = f32x4.sub(f32x4.div(s2, s0), f32x4.mul(mean, mean));
  // E[x³] − m³ − 3mv.
  const rest = f32x4.mul(mean, f32x4.add(f32x4.mul(mean, mean), f32x4.mul(f32x4.splat(3), variance)));
  v128.store(means, mean);
  v128.store(variances, variance);
  v128.store(cubes, f32x4.sub(f32x4.div(s3, s0), rest));
}

/** βd, not below −80; also where it is NaN, of 0 and a masked class. */
// @ts-ignore: decorator
@inline
function tempered(distance: v128, factor: v128): v128 {
  return f32x4.pmax(f32x4.splat(-80), f32x4.mul(factor, distance));
}

// @ts-ignore: decorator
@inline
function inOrder(sum: v128, a: v128, b: v128, c: v128, d: v128): v128 {
  return f32x4.add(f32x4.add(f32x4.add(f32x4.add(sum, a), b), c), d);
}

// @ts-ignore: decorator
@inline
function cell(at: usize, width: i32): v128 {
  return f64x2.splat(width === 4 ? <f64>load<f32>(at) : load<f64>(at));
}

/** The first doubles of four vectors, as singles side by side. */
// @ts-ignore: decorator
@inline
function four(a: v128, b: v128, c: v128, d: v128): v128 {
  const ab = v128.shuffle<f32>(f32x4.demote_f64x2_zero(a), f32x4.demote_f64x2_zero(b), 0, 4, 0, 4);
  const cd = v128.shuffle<f32>(f32x4.demote_f64x2_zero(c), f32x4.demote_f64x2_zero(d), 0, 4, 0, 4);
  return v128.shuffle<f64>(ab, cd, 0, 2);
}
