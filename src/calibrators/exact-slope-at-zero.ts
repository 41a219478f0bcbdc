import { powerOfTwo } from '../kernels/power-of-two.ts';
import { type FitRows, forEachCounted } from './fit-rows.ts';

/**
 * dNLL/dβ at β = 0, times the number of rows: Σ_i w_i (mean_k z_ik − z_iy), the mean over the classes not masked, in
 * exact whole-number arithmetic and rounded once at the end, so that its sign is never in doubt. Finite where the sum is.
 *
 * Cost: some 200 ns per cell; meant for the cases that rounding cannot decide.
 */
export function exactSlopeAtZero(sample: FitRows): number {
  const { columns } = sample.logits;
  const byClasses = new Map<number, bigint>();
  forEachCounted(sample, (cells, offset, label, weight) => {
    let classes = 0;
    let sum = 0n;
    for (let at = offset; at < offset + columns; at += 1) {
      if (cells[at] === Number.NEGATIVE_INFINITY) continue;
      classes += 1;
      sum += units(cells[at]!);
    }
    sum -= BigInt(classes) * units(cells[offset + label]!);
    byClasses.set(classes, (byClasses.get(classes) ?? 0n) + units(weight) * sum);
  });
  // Σ_c S_c/c over the numbers of classes c, brought to one denominator.
  let numerator = 0n;
  let denominator = 1n;
  for (const [classes, sum] of byClasses) {
    numerator = numerator * BigInt(classes) + sum * denominator;
    denominator *= BigInt(classes);
  }
  return ratio(numerator, denominator << 2148n);
}

const float = new Float64Array(1);
const bits = new BigUint64Array(float.buffer);

/** A finite double as a whole number of 2^−1074. */
function units(value: number): bigint {
  float[0] = value;
  const pattern = bits[0]!;
  const exponent = (pattern >> 52n) & 0x7ffn;
  const fraction = pattern & 0xfffffffffffffn;
  const size = exponent === 0n ? fraction : (fraction | 0x10000000000000n) << (exponent - 1n);
  return value < 0 ? -size : size;
}

/** numerator / denominator as a double, good to a few units in the last place; 0 only if the numerator is. */
function ratio(numerator: bigint, denominator: bigint): number {
  if (numerator === 0n) return 0;
  const size = numerator < 0n ? -numerator : numerator;
  let shift = bitLength(size) - bitLength(denominator) - 60;
  let value = Number(
    shift > 0 ? size / (denominator << BigInt(shift)) : (size << BigInt(-shift)) / denominator,
  );
  // In several factors, as 2^shift alone may leave the doubles.
  for (; shift > 0; shift -= Math.min(shift, 512)) value *= powerOfTwo(Math.min(shift, 512));
  for (; shift < 0; shift += Math.min(-shift, 512)) value *= powerOfTwo(-Math.min(-shift, 512));
  return (value === 0 ? Number.MIN_VALUE : value) * (numerator < 0n ? -1 : 1);
}

function bitLength(size: bigint): number {
  return size.toString(16).length * 4;
}
