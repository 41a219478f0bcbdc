// e^x of two doubles at a time, by the very operations of numerics/exponential.ts, so that the bits are the same.

/** 2^(j/128) as pairs of doubles, written at the start of the memory by the host: 2,048 bytes. */
const roots: usize = 0;

const stepsPerUnit: f64 = 184.6649652337873;
const stepHigh: f64 = 0.00541521234663378;
const stepLow: f64 = 1.4907929134926466e-12;
const rounder: f64 = 6755399441055744.0;

/** 1.5·2^52 + x·128/ln 2: the step's number stands in the low bits. */
// @ts-ignore: decorator
@inline
function stepOf(x: v128): v128 {
  return f64x2.add(f64x2.mul(x, f64x2.splat(stepsPerUnit)), f64x2.splat(rounder));
}

/** 2^(j/128)·e^r, between ½ and 2. */
// @ts-ignore: decorator
@inline
function significand(x: v128, shifted: v128): v128 {
  const step = f64x2.sub(shifted, f64x2.splat(rounder));
  const r = f64x2.sub(
    f64x2.sub(x, f64x2.mul(step, f64x2.splat(stepHigh))),
    f64x2.mul(step, f64x2.splat(stepLow)),
  );
  let p = f64x2.add(f64x2.splat(0.041666666666666664), f64x2.mul(r, f64x2.splat(0.008333333333333333)));
  p = f64x2.add(f64x2.splat(0.16666666666666666), f64x2.mul(r, p));
  p = f64x2.add(f64x2.splat(0.5), f64x2.mul(r, p));
  const growth = f64x2.add(r, f64x2.mul(f64x2.mul(r, r), p));
  const first = v128.load(roots + ((<usize>i64x2.extract_lane(shifted, 0) & 127) << 4));
  const second = v128.load(roots + ((<usize>i64x2.extract_lane(shifted, 1) & 127) << 4));
  const root = v128.shuffle<f64>(first, second, 0, 2);
  const rest = v128.shuffle<f64>(first, second, 1, 3);
  return f64x2.add(root, f64x2.add(rest, f64x2.mul(root, growth)));
}

/** k of 2^k, a signed 64-bit number in either lane. */
// @ts-ignore: decorator
@inline
function exponentIn(shifted: v128): v128 {
  return i64x2.shr_s(i64x2.shl(shifted, 32), 39);
}

/** 2^k for k = −1022..1023. */
// @ts-ignore: decorator
@inline
function powerOfTwo(k: v128): v128 {
  return i64x2.shl(i64x2.add(k, i64x2.splat(1023)), 52);
}

/** e^x for x in [−746, 709]: scaled in two steps, of which only the second rounds. */
// @ts-ignore: decorator
@inline
export function expToSubnormal(x: v128): v128 {
  const shifted = stepOf(x);
  const k = exponentIn(shifted);
  const half = i64x2.shr_s(k, 1);
  return f64x2.mul(
    f64x2.mul(significand(x, shifted), powerOfTwo(half)),
    powerOfTwo(i64x2.sub(k, half)),
  );
}
