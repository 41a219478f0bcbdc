import { powersOfTwo, rootsOfTwo } from './power-of-two-tables.ts';

const roots = rootsOfTwo(128);
const powers = powersOfTwo();

/** 128 / ln 2. */
const stepsPerUnit = 184.6649652337873;
/** ln 2 / 128 to 32 bits, so that its product with a step number is exact. */
const stepHigh = 0.00541521234663378;
/** ln 2 / 128 − stepHigh. */
const stepLow = 1.4907929134926466e-12;
/** 1.5·2^52: adding and then subtracting it rounds to the nearest whole number. */
const rounder = 6755399441055744;
const twoTo64 = 4294967296 * 4294967296;
/** Above it e^x overflows. */
const largest = 709.782712893384;
/** Below it e^x is under half the smallest subnormal. */
const smallest = -745.1332191019412;

/**
 * e^x, the same bits on every engine: no engine mathematics, only sums, products and table look-ups.
 *
 * x = (128 k + j)·ln 2/128 + r with |r| ≤ ln 2/256, and e^x = 2^k · 2^(j/128) · e^r with a polynomial for e^r − 1.
 * Error at most 0.52 ulp, and 1 ulp where the result is subnormal.
 *
 * @param x Any double.
 * @returns e^x: exactly 1 at ±0, 0 at −Infinity, Infinity at Infinity, NaN at NaN.
 */
export function exp(x: number): number {
  return x > -708 && x < 709 ? scaledExp(x, 0) : extremeExp(x);
}

/** 2^shift · e^x where that is a normal double. */
function scaledExp(x: number, shift: number): number {
  const step = x * stepsPerUnit + rounder - rounder;
  const r = x - step * stepHigh - step * stepLow;
  // The first term of e^r − 1 left out, r^6/720, is below 2^−60.
  const growth =
    r + r * r * (0.5 + r * (0.16666666666666666 + r * (0.041666666666666664 + r * 0.008333333333333333)));
  const index = step | 0;
  const j = (index & 127) << 1;
  const root = roots[j]!;
  return (root + (roots[j + 1]! + root * growth)) * powers[(index >> 7) + 1022 + shift]!;
}

/** Where 2^k alone may leave the normal doubles: scaled in two steps, of which only the second rounds. */
function extremeExp(x: number): number {
  if (x > largest) return Number.POSITIVE_INFINITY;
  if (x < smallest) return 0;
  if (x > 0) return scaledExp(x, -64) * twoTo64;
  if (x < 0) return scaledExp(x, 64) / twoTo64;
  return x;
}
