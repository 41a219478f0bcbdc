// The products of matrix scaling by tiles of 4×4 held in registers. Every sum runs in the order of the reference.

/**
 * Writes x = Wz + b, each sum from b on in the order of the columns.
 *
 * @param z Address of the rows, `padded` doubles each; their number is rounded up to a multiple of four.
 * @param panels Address of b and Wᵀ by four classes at a time: four of b, then four of each column of W.
 */
export function affineRows(
  z: usize,
  rows: i32,
  columns: usize,
  padded: usize,
  panels: usize,
  x: usize,
): void {
  const stride = padded << 3;
  for (let j: usize = 0; j < padded; j += 4) {
    let row = z;
    let target = x + (j << 3);
    for (let i = 0; i < rows; i += 4) {
      affineTile(row, stride, columns, panels, target);
      row += stride << 2;
      target += stride << 2;
    }
    panels += (columns + 1) << 5;
  }
}

/** Four rows by four classes of x. */
function affineTile(row: usize, stride: usize, columns: usize, panel: usize, target: usize): void {
  let a = v128.load(panel);
  let b = v128.load(panel, 16);
  let c = a;
  let d = b;
  let e = a;
  let f = b;
  let g = a;
  let h = b;
  let second = row + stride;
  let third = second + stride;
  let fourth = third + stride;
  const end = row + (columns << 3);
  while (row < end) {
    panel += 32;
    const low = v128.load(panel);
    const high = v128.load(panel, 16);
    let z = v128.load64_splat(row);
    a = f64x2.add(a, f64x2.mul(low, z));
    b = f64x2.add(b, f64x2.mul(high, z));
    z = v128.load64_splat(second);
    c = f64x2.add(c, f64x2.mul(low, z));
    d = f64x2.add(d, f64x2.mul(high, z));
    z = v128.load64_splat(third);
    e = f64x2.add(e, f64x2.mul(low, z));
    f = f64x2.add(f, f64x2.mul(high, z));
    z = v128.load64_splat(fourth);
    g = f64x2.add(g, f64x2.mul(low, z));
    h = f64x2.add(h, f64x2.mul(high, z));
    row += 8;
    second += 8;
    third += 8;
    fourth += 8;
  }
  keepTile(target, stride, a, b, c, d, e, f, g, h);
}

/** Copies rows by four columns at a time: the first four of every row, then the next four. */
export function packPanels(rows: usize, count: i32, padded: usize, out: usize): void {
  const stride = padded << 3;
  for (let k: usize = 0; k < stride; k += 32) {
    let at = rows + k;
    for (let i = 0; i < count; i++) {
      v128.store(out, v128.load(at));
      v128.store(out, v128.load(at, 16), 16);
      at += stride;
      out += 32;
    }
  }
}

/** Adds Σ r zᵀ over the rows, in their order, to `padded`×`padded` sums; both given by `packPanels`. */
export function addOuterProducts(
  residuals: usize,
  logits: usize,
  rows: i32,
  padded: usize,
  sums: usize,
): void {
  const stride = padded << 3;
  const panel = <usize>rows << 5;
  for (let j: usize = 0; j < padded; j += 4) {
    let z = logits;
    for (let k: usize = 0; k < stride; k += 32) {
      outerTile(residuals, z, panel, sums + k, stride);
      z += panel;
    }
    residuals += panel;
    sums += stride << 2;
  }
}

/** Four classes by four columns of the sums. */
function outerTile(residual: usize, logit: usize, panel: usize, target: usize, stride: usize): void {
  let a = v128.load(target);
  let b = v128.load(target, 16);
  let c = v128.load(target + stride);
  let d = v128.load(target + stride, 16);
  let e = v128.load(target + (stride << 1));
  let f = v128.load(target + (stride << 1), 16);
  let g = v128.load(target + 3 * stride);
  let h = v128.load(target + 3 * stride, 16);
  for (const end = residual + panel; residual < end; residual += 32) {
    const low = v128.load(logit);
    const high = v128.load(logit, 16);
    logit += 32;
    let r = v128.load64_splat(residual);
    a = f64x2.add(a, f64x2.mul(r, low));
    b = f64x2.add(b, f64x2.mul(r, high));
    r = v128.load64_splat(residual, 8);
    c = f64x2.add(c, f64x2.mul(r, low));
    d = f64x2.add(d, f64x2.mul(r, high));
    r = v128.load64_splat(residual, 16);
    e = f64x2.add(e, f64x2.mul(r, low));
    f = f64x2.add(f, f64x2.mul(r, high));
    r = v128.load64_splat(residual, 24);
    g = f64x2.add(g, f64x2.mul(r, low));
    h = f64x2.add(h, f64x2.mul(r, high));
  }
  keepTile(target, stride, a, b, c, d, e, f, g, h);
}

// @ts-ignore: decorator
@inline
function keepTile(
  target: usize,
  stride: usize,
  a: v128,
  b: v128,
  c: v128,
  d: v128,
  e: v128,
  f: v128,
  g: v128,
  h: v128,
): void {
  v128.store(target, a);
  v128.store(target, b, 16);
  v128.store(target + stride, c);
  v128.store(target + stride, d, 16);
  v128.store(target + (stride << 1), e);
  v128.store(target + (stride << 1), f, 16);
  v128.store(target + 3 * stride, g);
  v128.store(target + 3 * stride, h, 16);
}
