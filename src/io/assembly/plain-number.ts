// Decimal numbers to the nearest double, see io/plain-number.ts, which takes the same numbers and leaves the same to others.

const zero: i32 = 0x30;

/** 10^0..10^22, with another 1 before them. */
const exactPowers: usize = 8 + memory.data<f64>([
  1, 1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21,
  1e22,
]);

/** 10^0..10^10 as whole numbers. */
const wholePowers: usize = memory.data<u64>([
  1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000, 1000000000, 10000000000,
]);

const farthestPower: i32 = 280;
/** Address of 10^−280..10^280 as sums of two doubles; 0 until they are there. */
let powers: usize = 0;

/** Where the number ended. */
export let numberEnd: usize = 0;
/** Whether a number was given up for want of the powers of ten. */
export let wantsPowers: bool = false;

/** Tells where the powers of ten stand. */
export function setPowers(address: usize): void {
  powers = address;
  wantsPowers = false;
}

/** Of each place of the mark and of the end among sixteen bytes, where the digits come from that are moved to the end of a vector. */
const moves: usize = memory.data(4096);

/** Fills the table of moves. */
export function prepareMoves(): void {
  for (let whole = 0; whole < 16; whole++) {
    for (let end = 0; end < 16; end++) {
      const count = whole < end ? end - 1 : end;
      for (let place = 0; place < 16; place++) {
        const digit = place - (16 - count);
        // Beyond the vector stand zeros.
        const from = digit < 0 ? 0xff : digit < whole ? digit : digit + 1;
        store<u8>(moves + <usize>((((whole << 4) | end) << 4) | place), <u8>from);
      }
    }
  }
}

/** The number of at most sixteen bytes that reaches to the delimiter, or NaN where there is none such, or it has an exponent. */
// @ts-ignore: decorator
@inline
export function usualNumberAt(at: usize, delimiterAt: usize, mark: i32): f64 {
  const sign = <i32>load<u8>(at);
  const isNegative = <i32>(sign === 0x2d);
  const begin = at + <usize>(isNegative | <i32>(sign === 0x2b));
  const digits = i8x16.sub(v128.load(begin), i8x16.splat(<i8>zero));
  const others = i8x16.bitmask(i8x16.le_u(digits, i8x16.splat(9))) ^ 0x1ffff;
  const whole = ctz(others);
  const end = <i32>(delimiterAt - begin);
  // Digits up to the end, or one byte among them that is none, the mark.
  const isWhole = <i32>(whole === end) & <i32>(end > 0);
  const isMarked =
    <i32>(<i32>load<u8>(begin + <usize>whole) === mark) &
    <i32>(ctz(others & (others - 1)) === end) &
    <i32>(end > 1) &
    <i32>(end < 16);
  let size: f64 = NaN;
  if (isWhole | isMarked) {
    const value = wholeOf(i8x16.swizzle(digits, v128.load(moves + (<usize>((whole << 4) | end) << 4))));
    if (value < 1000000000000000) size = <f64>value / load<f64>(exactPowers - 8 + (<usize>(end - whole) << 3));
  }
  return reinterpret<f64>(reinterpret<u64>(size) | (<u64>isNegative << 63));
}

/** The whole number that sixteen digits make. */
// @ts-ignore: decorator
@inline
function wholeOf(digits: v128): i64 {
  const tens = i16x8.mul(v128.and(digits, i16x8.splat(0xff)), i16x8.splat(10));
  const pairs = i16x8.add(tens, i16x8.shr_u(digits, 8));
  const fours = i32x4.dot_i16x8_s(pairs, i16x8(100, 1, 100, 1, 100, 1, 100, 1));
  const eights = i32x4.dot_i16x8_s(i16x8.narrow_i32x4_s(fours, fours), i16x8(10000, 1, 10000, 1, 10000, 1, 10000, 1));
  return <i64>i32x4.extract_lane(eights, 0) * 100000000 + <i64>i32x4.extract_lane(eights, 1);
}

/** The number that stands at an address, or NaN. Something that is no part of a number stands ahead. */
export function numberAt(at: usize, mark: i32): f64 {
  const sign = <i32>load<u8>(at);
  const isNegative = sign === 0x2d;
  return longNumber(at + <usize>(isNegative || sign === 0x2b), mark, isNegative);
}

/** Any number, without its sign. */
function longNumber(begin: usize, mark: i32, isNegative: bool): f64 {
  let at = begin;
  let value: u64 = 0;
  let count = 0;
  let places = 0;
  let isMarked = false;
  for (;;) {
    // Eight bytes at a time, as far as they are digits.
    let eight = load<u64>(at) ^ 0x3030303030303030;
    const others = ((eight + 0x7676767676767676) | eight) & 0x8080808080808080;
    const run = others === 0 ? 8 : <i32>(ctz(others) >> 3);
    if (run > 0) {
      eight <<= <u64>(64 - (run << 3));
      // Leading zeros are no digits that matter.
      if (value === 0) count += eight === 0 ? 0 : 8 - <i32>(ctz(eight) >> 3);
      else count += run;
      if (count > 19) return NaN;
      value = value * load<u64>(wholePowers + (<usize>run << 3)) + eightDigits(eight);
      if (isMarked) places += run;
      at += run;
      if (run === 8) continue;
    }
    if (isMarked || <i32>load<u8>(at) !== mark) break;
    isMarked = true;
    at += 1;
  }
  numberEnd = at;
  if (at - begin === (isMarked ? 1 : 0)) return NaN;
  let exponent = -places;
  if ((<i32>load<u8>(at) | 0x20) === 0x65) {
    const shift = exponentAt(at + 1);
    if (shift === noExponent) return NaN;
    exponent += shift;
  }
  let size: f64;
  if (count <= 15 && exponent >= -22 && exponent <= 22) {
    const power = load<f64>(exactPowers + (<usize>abs(exponent) << 3));
    size = exponent < 0 ? <f64>value / power : <f64>value * power;
  } else {
    if (exponent < -farthestPower || exponent > farthestPower) return NaN;
    size = value === 0 ? 0 : farProduct(value, max(count - 9, 0), exponent);
  }
  return isNegative ? -size : size;
}

/** The whole number of eight digits, the first in the lowest byte. */
// @ts-ignore: decorator
@inline
function eightDigits(digits: u64): u64 {
  const pairs = digits * 10 + (digits >> 8);
  const low = (pairs & 0x000000ff000000ff) * 0x000f424000000064;
  const high = ((pairs >> 16) & 0x000000ff000000ff) * 0x0000271000000001;
  return (low + high) >> 32;
}

const noExponent: i32 = 0x7fffffff;

/** The exponent behind its `e`, of one to four digits. */
function exponentAt(from: usize): i32 {
  const sign = <i32>load<u8>(from);
  const begin = from + <usize>(sign === 0x2d || sign === 0x2b);
  let at = begin;
  let size = 0;
  for (; at < begin + 5; at++) {
    const digit = <i32>load<u8>(at) - zero;
    if (digit < 0 || digit > 9) break;
    size = size * 10 + digit;
  }
  numberEnd = at;
  if (at === begin || at === begin + 5) return noExponent;
  return sign === 0x2d ? -size : size;
}

/** value·10^exponent to the nearest double, or NaN where that is not certain. */
function farProduct(value: u64, shift: i32, exponent: i32): f64 {
  if (powers === 0) {
    wantsPowers = true;
    return NaN;
  }
  const unit = load<u64>(wholePowers + (<usize>shift << 3));
  const rest = <f64>(value % unit);
  const scaled = <f64>(value / unit);
  const power = load<f64>(exactPowers + (<usize>shift << 3));
  const head = scaled * power;
  const tail = lostIn(scaled, power, head);
  const high = head + rest;
  const low = tail + (rest - (high - head));
  const place = powers + (<usize>(exponent + farthestPower) << 4);
  const first = load<f64>(place);
  const product = high * first;
  const correction = lostIn(high, first, product) + (high * load<f64>(place, 8) + low * first);
  const slack = product * 3.1554436208840472e-30;
  const down = product + (correction - slack);
  const up = product + (correction + slack);
  return down === up && product > 1e-290 ? up : NaN;
}

/** a·b less its rounded value, exactly, see numerics/exact-product.ts. */
function lostIn(a: f64, b: f64, rounded: f64): f64 {
  const aHigh = upperHalf(a);
  const bHigh = upperHalf(b);
  const aLow = a - aHigh;
  const bLow = b - bHigh;
  return aHigh * bHigh - rounded + aHigh * bLow + aLow * bHigh + aLow * bLow;
}

function upperHalf(a: f64): f64 {
  const scaled = a * 134217729;
  return scaled - (scaled - a);
}
