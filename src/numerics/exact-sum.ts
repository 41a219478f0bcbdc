const float = new Float64Array(1);
const words = new Uint32Array(float.buffer);
/** Which of the two words holds sign and exponent: 1 on little-endian machines. */
const top = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1 ? 1 : 0;

/** Exponent of the lowest bit of limb 0: products of two subnormals reach 2^−2148. */
const lowestExponent = -2176;
/** 32 bits each, up to products of two largest doubles (2^2048) and 2^53 terms of them. */
const limbCount = 136;
/** A term moves a limb by less than 2^33, so this many stay within the whole numbers a double holds exactly. */
const termsBeforeCarry = 524_288;

/**
 * The exact sum of any finite doubles and of exact products of two: a fixed-point number wide enough for all of them
 * (Kulisch; the limb form follows Neal 2015, "Fast exact summation using small and large superaccumulators").
 * Order never matters and nothing is ever rounded until `value` is read. It decides existence questions, where a
 * rounded sum could fall on the wrong side of 0, and serves the tests as oracle.
 */
export class ExactSum {
  private readonly limbs = new Float64Array(limbCount);
  private terms = 0;

  /** Adds a finite double. */
  add(value: number): void {
    const exponent = unitExponent(value);
    this.addWhole(unitCount(value), exponent);
  }

  /** Adds the exact product of two finite doubles. */
  addProduct(a: number, b: number): void {
    const exponent = unitExponent(a) + unitExponent(b);
    const aWhole = unitCount(a);
    const bWhole = unitCount(b);
    // Halves of at most 2^26 in size, so that their products are exact.
    const aHigh = Math.round(aWhole / 134217728);
    const aLow = aWhole - aHigh * 134217728;
    const bHigh = Math.round(bWhole / 134217728);
    const bLow = bWhole - bHigh * 134217728;
    this.addWhole(aLow * bLow, exponent);
    this.addWhole(aHigh * bLow + aLow * bHigh, exponent + 27);
    this.addWhole(aHigh * bHigh, exponent + 54);
  }

  /** −1, 0 or 1. */
  get sign(): -1 | 0 | 1 {
    const total = this.total();
    return total < 0n ? -1 : total > 0n ? 1 : 0;
  }

  /** The sum rounded once, to nearest with ties to even; ±Infinity beyond the largest double. */
  get value(): number {
    return nearestDouble(this.total(), lowestExponent);
  }

  /** Adds whole·2^exponent for |whole| < 2^53. */
  private addWhole(whole: number, exponent: number): void {
    const place = exponent - lowestExponent;
    const limb = place >> 5;
    const shifted = Math.abs(whole);
    const scale = (1 << (place & 31)) >>> 0;
    // Up to 53 bits shifted by up to 31 touch three limbs; each part below is exact.
    const low = (shifted % 4294967296) * scale;
    const high = Math.floor(shifted / 4294967296) * scale;
    const lowCarry = Math.floor(low / 4294967296);
    const highCarry = Math.floor(high / 4294967296);
    const sign = whole < 0 ? -1 : 1;
    this.limbs[limb]! += sign * (low - lowCarry * 4294967296);
    this.limbs[limb + 1]! += sign * (lowCarry + (high - highCarry * 4294967296));
    this.limbs[limb + 2]! += sign * highCarry;
    this.terms += 1;
    if (this.terms === termsBeforeCarry) this.carry();
  }

  /** Moves what exceeds 32 bits to the next limb. */
  private carry(): void {
    for (let i = 0; i + 1 < limbCount; i += 1) {
      const over = Math.floor(this.limbs[i]! / 4294967296);
      this.limbs[i]! -= over * 4294967296;
      this.limbs[i + 1]! += over;
    }
    this.terms = 0;
  }

  private total(): bigint {
    let total = 0n;
    for (let i = limbCount - 1; i >= 0; i -= 1) total = total * 4294967296n + BigInt(this.limbs[i]!);
    return total;
  }
}

/** The sum of finite doubles, rounded once. */
export function exactSum(values: Iterable<number>): number {
  return accumulated(values).value;
}

/** The sign of the exact sum of finite doubles. */
export function exactSumSign(values: Iterable<number>): -1 | 0 | 1 {
  return accumulated(values).sign;
}

function accumulated(values: Iterable<number>): ExactSum {
  const sum = new ExactSum();
  for (const value of values) sum.add(value);
  return sum;
}

/** Exponent of the unit in which {@link unitCount} counts: that of the last place of a double. */
function unitExponent(value: number): number {
  float[0] = value;
  const biased = (words[top]! >>> 20) & 0x7ff;
  return (biased === 0 ? 1 : biased) - 1075;
}

/** The significand of a finite double as a signed whole number below 2^53. */
function unitCount(value: number): number {
  float[0] = value;
  const high = words[top]!;
  const implicit = (high & 0x7ff00000) === 0 ? 0 : 0x100000;
  const whole = ((high & 0xfffff) | implicit) * 4294967296 + words[1 - top]!;
  return high >>> 31 === 0 ? whole : -whole;
}

/** whole·2^exponent rounded to nearest, ties to even. */
function nearestDouble(whole: bigint, exponent: number): number {
  if (whole === 0n) return 0;
  const size = whole < 0n ? -whole : whole;
  const lastPlace = Math.max(size.toString(2).length - 53 + exponent, -1074);
  if (lastPlace > 971) return whole < 0n ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  const count = roundedShift(size, lastPlace - exponent);
  // The leading bit of the count, and a carry out of it, add themselves to the exponent field.
  const bits = (BigInt(lastPlace + 1074) << 52n) + count;
  const magnitude = new Float64Array(BigUint64Array.of(bits).buffer)[0]!;
  return whole < 0n ? -magnitude : magnitude;
}

/** size / 2^shift to the nearest whole number, ties to even. */
function roundedShift(size: bigint, shift: number): bigint {
  if (shift <= 0) return size << BigInt(-shift);
  const places = BigInt(shift);
  const count = size >> places;
  const twiceRest = (size - (count << places)) << 1n;
  const unit = 1n << places;
  const up = twiceRest > unit || (twiceRest === unit && (count & 1n) === 1n);
  return up ? count + 1n : count;
}
