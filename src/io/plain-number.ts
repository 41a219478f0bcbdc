import { exactProduct } from '../numerics/exact-product.ts';

/** Where {@link numberAt} stopped reading. */
export const numberEnd = { at: 0 };

const zero = 0x30;
const point = 0x2e;

/** 10^0..10^22, the powers of ten that float64 holds exactly. */
const exactPowers = Float64Array.from({ length: 23 }, (_, k) => Number(`1e${k}`));

/** Powers of ten held as sums of two doubles reach this far either way. */
const farthestPower = 280;
let powers: Float64Array | undefined;

/**
 * The float64 nearest to the decimal number that stands at a place among bytes, read without making a text of it, or NaN
 * where none does that this reader is sure of: it has more than 19 digits, a power of ten far out, or lies so near the middle
 * between two doubles that more digits would have to be looked at.
 *
 * The grammar is that of `parseDecimal`. What follows the number is the caller's to judge: {@link numberEnd} says where.
 *
 * Up to 15 digits and a power of ten up to 22 take one correctly rounded operation (Clinger 1990). Up to 19 digits are
 * multiplied by the power of ten in sums of two doubles, to 2^−98; the nearest double is certain unless the result is as near as that
 * to the middle between two.
 *
 * @param stop A byte ends the number here at the latest.
 * @param mark The decimal mark.
 */
export function numberAt(bytes: Uint8Array, from: number, stop: number, mark: number = point): number {
  let at = from;
  let byte = bytes[at]!;
  const isNegative = byte === 0x2d;
  if (isNegative || byte === 0x2b) {
    at += 1;
    byte = bytes[at]!;
  }
  // The first nine digits that matter, the next nine, and one more; how many there were; and how many behind the mark.
  let first = 0;
  let second = 0;
  let last = 0;
  let count = 0;
  let places = 0;
  let isMarked = false;
  const begin = at;
  for (; at < stop; at += 1) {
    const digit = bytes[at]! - zero;
    if (digit >= 0 && digit <= 9) {
      if (count < 9) {
        first = first * 10 + digit;
        if (first > 0) count += 1;
      } else if (count < 18) {
        second = second * 10 + digit;
        count += 1;
      } else {
        last = digit;
        count += 1;
      }
      if (isMarked) places += 1;
    } else if (digit === mark - zero && !isMarked) {
      isMarked = true;
    } else {
      break;
    }
  }
  if (at - begin === (isMarked ? 1 : 0) || count > 19) return Number.NaN;
  let exponent = -places;
  if (at < stop && (bytes[at]! | 0x20) === 0x65) {
    exponent += exponentAt(bytes, at + 1, stop);
    at = numberEnd.at;
  }
  numberEnd.at = at;
  if (count <= 15 && exponent >= -22 && exponent <= 22) {
    const whole = count <= 9 ? first : first * exactPowers[count - 9]! + second;
    const size = exponent < 0 ? whole / exactPowers[-exponent]! : whole * exactPowers[exponent]!;
    return isNegative ? -size : size;
  }
  // Also where the exponent was no number.
  if (!(exponent >= -farthestPower && exponent <= farthestPower)) return Number.NaN;
  const size = farProduct(
    first,
    count === 19 ? second * 10 + last : second,
    Math.max(count - 9, 0),
    exponent,
  );
  return isNegative ? -size : size;
}

/** The exponent behind its `e`; NaN where it is none or of more than four digits. */
function exponentAt(bytes: Uint8Array, from: number, stop: number): number {
  let at = from;
  const isNegative = at < stop && bytes[at] === 0x2d;
  if (isNegative || (at < stop && bytes[at] === 0x2b)) at += 1;
  const begin = at;
  let size = 0;
  for (; at < stop; at += 1) {
    const digit = bytes[at]! - zero;
    if (!(digit >= 0 && digit <= 9)) break;
    size = size * 10 + digit;
  }
  numberEnd.at = at;
  if (at === begin || at - begin > 4) return Number.NaN;
  return isNegative ? -size : size;
}

/** (first·10^shift + rest)·10^exponent to the nearest double, or NaN where that is not certain; 0 only for 0. */
function farProduct(first: number, rest: number, shift: number, exponent: number): number {
  if (first === 0) return 0;
  const table = powersOfTen();
  const [head, tail] = exactProduct(first, exactPowers[shift]!);
  const high = head + rest;
  const low = tail + (rest - (high - head));
  const place = 2 * (exponent + farthestPower);
  const [product, error] = exactProduct(high, table[place]!);
  const correction = error + (high * table[place + 1]! + low * table[place]!);
  const slack = product * 2 ** -98;
  const down = product + (correction - slack);
  const up = product + (correction + slack);
  // Subnormal results round at another place than the products did.
  return down === up && product > 1e-290 ? up : Number.NaN;
}

/** 10^k for k = −280..280 as unevaluated sums of two doubles, `[high, low]` side by side, good to 2^−104. */
export function powersOfTen(): Float64Array {
  powers ??= madePowers();
  return powers;
}

function madePowers(): Float64Array {
  const table = new Float64Array(2 * (2 * farthestPower + 1));
  for (let k = -farthestPower; k <= farthestPower; k += 1) {
    const high = Number(`1e${k}`);
    const place = 2 * (k + farthestPower);
    table[place] = high;
    table[place + 1] = remainder(k, high);
  }
  return table;
}

/** 10^k − high to the nearest double, in whole numbers of 2^−1074. */
function remainder(k: number, high: number): number {
  const scale = 1n << 1200n;
  const exact = k >= 0 ? scale * 10n ** BigInt(k) : scale / 10n ** BigInt(-k);
  const rest = exact - wholeOf(high);
  const size = rest < 0n ? -rest : rest;
  if (size === 0n) return 0;
  const drop = BigInt(Math.max(size.toString(2).length - 60, 0));
  return (rest < 0n ? -1 : 1) * Number(size >> drop) * 2 ** (Number(drop) - 1200);
}

/** A double times 2^1200. */
function wholeOf(value: number): bigint {
  const bits = new BigUint64Array(Float64Array.of(value).buffer)[0]!;
  const exponent = Number((bits >> 52n) & 0x7ffn);
  const fraction = (bits & 0xfffffffffffffn) | 0x10000000000000n;
  return fraction << BigInt(exponent - 1075 + 1200);
}
