/**
 * Quantile of a sorted sample by linear interpolation between order statistics (type 7 of Hyndman and Fan 1996, the
 * default of R and NumPy): position (n − 1)·p.
 *
 * @param sorted One or more finite values in ascending order.
 * @param p Probability in 0..1.
 */
export function quantileOfSorted(sorted: ArrayLike<number>, p: number): number {
  const position = (sorted.length - 1) * p;
  const below = Math.floor(position);
  const low = sorted[below]!;
  const high = sorted[Math.min(below + 1, sorted.length - 1)]!;
  const share = position - below;
  // Measured from the nearer end, so that both ends are met exactly and the result never leaves [low, high].
  return share < 0.5 ? low + (high - low) * share : high - (high - low) * (1 - share);
}

/**
 * Indices that put values in ascending order; equal values (0 and −0 among them) keep their order. Values are not NaN.
 *
 * Cost O(n) for long inputs (radix sort on the bits), O(n log n) for short ones.
 */
export function argsort(values: ArrayLike<number>): Uint32Array {
  return values.length < 64 ? argsortByComparison(values) : argsortByRadix(values);
}

function argsortByComparison(values: ArrayLike<number>): Uint32Array {
  const order = Uint32Array.from({ length: values.length }, (_, i) => i);
  return order.sort((a, b) => values[a]! - values[b]! || a - b);
}

/** From here on four passes over 65,536 counts cost less than eight over 256. */
const manyValues = 8192;

/**
 * Least significant digit first, four digits of 16 bits, or eight of 8 where there are few values; a digit that all values share
 * is skipped.
 */
function argsortByRadix(values: ArrayLike<number>): Uint32Array {
  const n = values.length;
  const wide = sortableDigits(values);
  const digits = n < manyValues && littleEndian ? new Uint8Array(wide.buffer) : wide;
  const places = digits.length / n;
  let order = new Uint32Array(n);
  for (let i = 0; i < n; i += 1) order[i] = i;
  let next = new Uint32Array(n);
  const starts = new Uint32Array(2 ** (64 / places));
  for (let place = 0; place < places; place += 1) {
    starts.fill(0);
    for (let i = 0; i < n; i += 1) starts[digits[places * i + place]!]! += 1;
    if (starts[digits[place]!] === n) continue;
    let start = 0;
    for (let digit = 0; digit < starts.length; digit += 1) {
      const count = starts[digit]!;
      starts[digit] = start;
      start += count;
    }
    for (let i = 0; i < n; i += 1) {
      const row = order[i]!;
      const digit = digits[places * row + place]!;
      next[starts[digit]!] = row;
      starts[digit]! += 1;
    }
    [order, next] = [next, order];
  }
  return order;
}

/** Per value four 16-bit digits, lowest first, whose order as unsigned numbers is the order of the values. */
function sortableDigits(values: ArrayLike<number>): Uint16Array {
  const n = values.length;
  const bits = new Float64Array(n);
  // Adding 0 turns −0 into 0, which must tie with it.
  for (let i = 0; i < n; i += 1) bits[i] = values[i]! + 0;
  const digits = new Uint16Array(bits.buffer);
  if (!littleEndian) for (let i = 0; i < digits.length; i += 4) digits.subarray(i, i + 4).reverse();
  for (let i = 0; i < digits.length; i += 4) {
    const sign = digits[i + 3]! & 0x8000;
    if (sign === 0) digits[i + 3]! |= 0x8000;
    else for (let place = 0; place < 4; place += 1) digits[i + place]! ^= 0xffff;
  }
  return digits;
}

const littleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;
