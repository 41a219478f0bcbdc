// e^x of two doubles at a time, by the very operations of numerics/exponential-term.ts, so that the bits are the same.

/** 2^(j/256) as doubles, written there by the host: 2,048 bytes. */
const roots: usize = 4096;

const stepsPerUnit: f64 = 369.3299304675746;
const rounder: f64 = 6755399441055744.0;

/** 1.5·2^52 + n: the step's number stands in the low bits. */
// @ts-ignore: decorator
@inline
function shiftedOf(steps: v128): v128 {
  return f64x2.add(steps, f64x2.splat(rounder));
}

/** 2^(j/256)·2^(f/256), between ½ and 2. */
// @ts-ignore: decorator
@inline
function significand(steps: v128, shifted: v128): v128 {
  const f = f64x2.sub(steps, f64x2.sub(shifted, f64x2.splat(rounder)));
  let p = f64x2.add(f64x2.splat(3.3083030595038863e-9), f64x2.mul(f, f64x2.splat(2.239395190875157e-12)));
  p = f64x2.add(f64x2.splat(3.6655655969101062e-6), f64x2.mul(f, p));
  p = f64x2.add(f64x2.splat(0.002707606174062263), f64x2.mul(f, p));
  const places = v128.and(i64x2.shl(shifted, 3), i64x2.splat(255 << 3));
  const root = v128.load_lane<u64>(
    i32x4.extract_lane(places, 2),
    v128.load64_zero(i32x4.extract_lane(places, 0), roots),
    1,
    roots,
  );
  return f64x2.add(root, f64x2.mul(root, f64x2.mul(f, p)));
}

/** e^x for x in (−708, 0]. */
// @ts-ignore: decorator
@inline
export function expTerm(x: v128): v128 {
  const steps = f64x2.mul(x, f64x2.splat(stepsPerUnit));
  const shifted = shiftedOf(steps);
  // k stands from bit 8 on; brought to where exponents stand, it is added to that of the significand.
  const k = v128.and(i64x2.shl(shifted, 44), i64x2.splat(0xfff0000000000000));
  return i64x2.add(significand(steps, shifted), k);
}

/** e^x for x in [−746, 0]: scaled in two steps, of which only the second rounds. */
// @ts-ignore: decorator
@inline
export function expTermToSubnormal(x: v128): v128 {
  const steps = f64x2.mul(x, f64x2.splat(stepsPerUnit));
  const shifted = shiftedOf(steps);
  const k = i64x2.shr_s(i64x2.shl(shifted, 32), 40);
  const half = i64x2.shr_s(k, 1);
  return f64x2.mul(
    f64x2.mul(significand(steps, shifted), powerOfTwo(half)),
    powerOfTwo(i64x2.sub(k, half)),
  );
}

/** 2^k for k = −1022..1023. */
// @ts-ignore: decorator
@inline
function powerOfTwo(k: v128): v128 {
  return i64x2.shl(i64x2.add(k, i64x2.splat(1023)), 52);
}
