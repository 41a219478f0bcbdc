import { CompensatedSum } from './compensated-sum.ts';
import { type Cuts, countCuts, type WeightedNumbers } from './cuts.ts';
import {
  DigitTables,
  digitSums,
  digitsOfDouble,
  digitValues,
  doubleOfDigits,
  forEachWeighted,
  mostTables,
} from './digit-sums.ts';

/** The smallest value at which the weight of all values up to it reaches a target, as far as it is known. */
interface Sought {
  readonly target: number;
  /** Its first digits. */
  prefix: number;
  /** Weight of the values whose first digits are lower. */
  below: number;
}

/**
 * Where the cuts of `equalMassEdges` fall, found digit by digit in a handful of passes over the values: nothing is sorted,
 * and no more is held than some tables.
 *
 * Source: selection by distribution on the digits, as in Knuth 1998, "The Art of Computer Programming", volume 3, 5.2.5.
 */
export function cutsByDigits(sample: WeightedNumbers, bins: number): Cuts {
  const { count, total, largest, isEven } = summary(sample);
  // Weights that are all the same count as none.
  const weighed = (visit: (value: number, weight: number) => void): void =>
    forEachWeighted(sample, isEven ? (value) => visit(value, 1) : visit);
  const targets = isEven
    ? countCuts(count, bins)
    : Array.from({ length: bins - 1 }, (_, b) => (total * (b + 1)) / bins);
  const tables = new DigitTables();
  const sought = targets.map((target): Sought => ({ target, prefix: 0, below: 0 }));
  for (let level = 0; level < digitsOfDouble - 1; level += 1) {
    narrow(weighed, level, sought, tables, (one, digit) => {
      one.prefix = one.prefix * digitValues + digit;
    });
  }
  const values = new Set<number>();
  narrow(weighed, digitsOfDouble - 1, sought, tables, (one, digit) =>
    values.add(doubleOfDigits(one.prefix, digit)),
  );
  const ascending = Float64Array.from(values).sort();
  const next = followers(weighed, ascending);
  return { cuts: Array.from(ascending, (value, k) => ({ value, next: next[k] })), largest };
}

/** Finds the next digit of each value sought, those that share a prefix together. */
function narrow(
  numbers: (visit: (value: number, weight: number) => void) => void,
  level: number,
  sought: readonly Sought[],
  tables: DigitTables,
  found: (one: Sought, digit: number) => void,
): void {
  const prefixes = [...new Set(sought.map(({ prefix }) => prefix))];
  for (let at = 0; at < prefixes.length; at += mostTables) {
    const some = prefixes.slice(at, at + mostTables);
    const sums = digitSums(numbers, level, some, tables);
    const members = sought.filter(({ prefix }) => some.includes(prefix));
    for (const one of members) found(one, digitAt(sums[some.indexOf(one.prefix)]!, one));
  }
}

/** The digit at which the target is reached, or the last there is where rounding keeps it from that. */
function digitAt(table: Float64Array, one: Sought): number {
  const running = new CompensatedSum();
  running.add(one.below);
  let last = 0;
  let below = one.below;
  for (let digit = 0; digit < digitValues; digit += 1) {
    if (table[digit] === 0) continue;
    last = digit;
    below = running.value;
    running.add(table[digit]!);
    if (running.value >= one.target) break;
  }
  one.below = below;
  return last;
}

function summary(sample: WeightedNumbers): {
  readonly count: number;
  readonly total: number;
  readonly largest: number;
  readonly isEven: boolean;
} {
  const total = new CompensatedSum();
  let count = 0;
  let largest = 0;
  let first: number | undefined;
  let isEven = true;
  forEachWeighted(sample, (value, weight) => {
    first ??= weight;
    isEven &&= weight === first;
    count += 1;
    total.add(weight);
    if (value > largest) largest = value;
  });
  return { count, total: total.value, largest, isEven };
}

/** Behind each of some values, given in ascending order, the smallest that is larger. */
function followers(
  numbers: (visit: (value: number, weight: number) => void) => void,
  ascending: Float64Array,
): (number | undefined)[] {
  const found = ascending.map(() => Number.POSITIVE_INFINITY);
  numbers((value) => {
    let low = 0;
    let high = ascending.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (ascending[middle]! < value) low = middle + 1;
      else high = middle;
    }
    // What lies between two values, the upper of them included, follows the lower.
    if (low > 0 && value < found[low - 1]!) found[low - 1] = value;
  });
  return Array.from(found, (value) => (value === Number.POSITIVE_INFINITY ? undefined : value));
}
