import type { WeightedNumbers } from './cuts.ts';

/** Doubles ≥ 0 read as four digits of 16 bits, the highest first, are in the order of the doubles. */
export const digitsOfDouble = 4;

/** Values of a digit. */
export const digitValues = 65_536;

/** Tables of sums made in one pass over the numbers: 64 MB with what rounding lost. */
export const mostTables = 64;

/** Tables that are used again by the next pass, as memory given up lies about. */
export class DigitTables {
  private readonly sums: Float64Array[] = [];
  private readonly lost: Float64Array[] = [];

  /** So many tables of zeros, for sums and for what rounding loses of them. */
  cleared(count: number): { readonly sums: readonly Float64Array[]; readonly lost: readonly Float64Array[] } {
    for (const tables of [this.sums, this.lost]) {
      for (const table of tables) table.fill(0);
      while (tables.length < count) tables.push(new Float64Array(digitValues));
    }
    return { sums: this.sums.slice(0, count), lost: this.lost };
  }
}

/** Values read at a time. */
const atOnce = 8192;

const float = new Float64Array(1);
const words = new Uint32Array(float.buffer);
/** Which of the two words holds the exponent: 1 on little-endian machines. */
const top = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1 ? 1 : 0;

/** Calls with each value, not below 0, and its weight, in order; values of weight 0 are passed over. */
export function forEachWeighted(
  { values, weights }: WeightedNumbers,
  visit: (value: number, weight: number) => void,
): void {
  for (let from = 0; from < values.length; from += atOnce) {
    const to = Math.min(from + atOnce, values.length);
    const part = values.read(from, to);
    const shares = weights?.read(from, to);
    for (let i = 0; i < part.length; i += 1) {
      const weight = shares === undefined ? 1 : shares[i]!;
      // The sum turns −0 into 0, which ties with it.
      if (weight > 0) visit(Math.max(part[i]!, 0) + 0, weight);
    }
  }
}

/**
 * Of the numbers whose first digits are those of a prefix, the weight by their next digit, for several prefixes at once.
 *
 * @param numbers Calls with each number ≥ 0 and its weight.
 * @param level Digits in each prefix, 0..3.
 * @param prefixes Distinct, at most {@link mostTables}.
 * @param tables Where the sums are kept: the next pass with them overwrites what this one returns.
 * @returns Per prefix {@link digitValues} compensated sums; counts, where all weights are 1, exact.
 */
export function digitSums(
  numbers: (visit: (value: number, weight: number) => void) => void,
  level: number,
  prefixes: readonly number[],
  tables: DigitTables,
): readonly Float64Array[] {
  const places = new Map(prefixes.map((prefix, place) => [prefix, place]));
  const { sums, lost } = tables.cleared(prefixes.length);
  numbers((value, weight) => {
    float[0] = value;
    const place = places.get(firstDigits(level));
    if (place === undefined) return;
    const digit = digitAfter(level);
    const table = sums[place]!;
    const sum = table[digit]!;
    const next = sum + weight;
    lost[place]![digit]! += Math.abs(sum) >= weight ? sum - next + weight : weight - next + sum;
    table[digit] = next;
  });
  for (const [place, table] of sums.entries()) {
    for (let digit = 0; digit < digitValues; digit += 1) table[digit]! += lost[place]![digit]!;
  }
  return sums;
}

/** The double of four digits, the first three as a prefix. */
export function doubleOfDigits(prefix: number, last: number): number {
  words[top] = Math.floor(prefix / digitValues);
  words[1 - top] = (prefix % digitValues) * digitValues + last;
  return float[0]!;
}

/** The first digits, as one number, of what stands in `float`. */
function firstDigits(level: number): number {
  if (level === 0) return 0;
  const high = words[top]!;
  if (level === 1) return high >>> 16;
  return level === 2 ? high : high * digitValues + (words[1 - top]! >>> 16);
}

function digitAfter(level: number): number {
  const word = level < 2 ? words[top]! : words[1 - top]!;
  return level % 2 === 0 ? word >>> 16 : word & 0xffff;
}
