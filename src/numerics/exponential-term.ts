import { powersOfTwo, termRoots } from './power-of-two-tables.ts';

const roots = termRoots();
const powers = powersOfTwo();

/** 256 / ln 2. */
const stepsPerUnit = 369.3299304675746;
/** 1.5·2^52: adding and then subtracting it rounds to the nearest whole number. */
const rounder = 6755399441055744;
const twoTo64 = 4294967296 * 4294967296;

/**
 * e^x for the terms of a sum over classes, in three fifths of the work of `exp` and the same bits on every engine.
 *
 * x·256/ln 2 = 256 k + j + f with |f| ≤ ½, and e^x = 2^k · 2^(j/256) · (1 + g(f)), where g is the series of 2^(f/256) − 1 to
 * the fifth order with the last term spread over the lower ones, as Chebyshev's polynomial has it (Lanczos 1938).
 *
 * Error at most 1.05 ulp, and |x|·2^−53 more of e^x, as the product with 256/ln 2 is rounded; so is β(z − max z), of which x is
 * made, to the same share. As |x|e^x ≤ 1/e, a term moves its sum by no more than a rounding of 1 does.
 *
 * @param x In [−746, 0].
 */
export function expTerm(x: number): number {
  // 2^k alone may leave the normal doubles.
  return x > -708 ? scaledTerm(x, 0) : scaledTerm(x, 64) / twoTo64;
}

/** 2^shift · e^x where that is a normal double. */
function scaledTerm(x: number, shift: number): number {
  const steps = x * stepsPerUnit;
  const step = steps + rounder - rounder;
  const f = steps - step;
  const growth =
    f *
    (0.002707606174062263 +
      f * (3.6655655969101062e-6 + f * (3.3083030595038863e-9 + f * 2.239395190875157e-12)));
  const index = step | 0;
  const root = roots[index & 255]!;
  return (root + root * growth) * powers[(index >> 8) + 1022 + shift]!;
}
