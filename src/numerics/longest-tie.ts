import type { StoredNumbers } from '../core/number-store.ts';
import {
  DigitTables,
  digitSums,
  digitsOfDouble,
  digitValues,
  forEachWeighted,
  mostTables,
} from './digit-sums.ts';
import { mostSorted } from './equal-mass-edges.ts';

/** Values that share their first digits. */
interface Group {
  readonly level: number;
  readonly prefix: number;
  readonly count: number;
}

/**
 * How often the most frequent value occurs, values above 1 counting as 1.
 *
 * @param values Numbers ≥ 0.
 * @param sorted Values to be sorted at most; more are gone through several times, following the fullest groups.
 */
export function longestTie(values: StoredNumbers<Float64Array>, sorted = mostSorted): number {
  return values.length <= sorted ? bySorting(values) : byDigits(values);
}

function bySorting(values: StoredNumbers<Float64Array>): number {
  const ascending = values
    .read(0, values.length)
    .map((value) => Math.min(value, 1))
    .sort();
  let longest = 0;
  let start = 0;
  for (let i = 0; i < ascending.length; i += 1) {
    if (ascending[i] !== ascending[start]) start = i;
    longest = Math.max(longest, i - start + 1);
  }
  return longest;
}

function byDigits(values: StoredNumbers<Float64Array>): number {
  const numbers = (visit: (value: number, weight: number) => void): void =>
    forEachWeighted({ values }, (value) => visit(Math.min(value, 1), 1));
  const room = new DigitTables();
  let longest = 0;
  let open: Group[] = [{ level: 0, prefix: 0, count: values.length }];
  for (;;) {
    // A group that holds no more than the longest tie cannot hold a longer one.
    open = open.filter(({ count }) => count > longest).sort((a, b) => b.level - a.level || b.count - a.count);
    const level = open[0]?.level;
    if (level === undefined) return longest;
    const some = open.filter((group) => group.level === level).slice(0, mostTables);
    open = open.filter((group) => !some.includes(group));
    const tables = digitSums(
      numbers,
      level,
      some.map(({ prefix }) => prefix),
      room,
    );
    for (const [k, table] of tables.entries()) {
      for (let digit = 0; digit < digitValues; digit += 1) {
        const count = table[digit]!;
        if (count <= longest) continue;
        if (level === digitsOfDouble - 1) longest = count;
        else open.push({ level: level + 1, prefix: some[k]!.prefix * digitValues + digit, count });
      }
    }
  }
}
