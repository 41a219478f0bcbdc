import { type StoredNumbers, storedNumbers } from '../core/number-store.ts';
import type { RandomSource } from '../core/random.ts';
import { type AnySet, type StoredSet, storedSet } from '../core/stored-set.ts';
import { forEachBlock } from '../kernels/row-blocks.ts';
import { shuffle } from './shuffle.ts';

/** Rows up to which the rows of a stratum are shuffled, which takes them all in memory. */
const mostShuffled = 2 ** 20;

/**
 * Deals the rows out to folds of equal size, give or take one, so that every fold has its share of each class. Only the
 * label decides: folds that are also balanced by right and wrong predictions tell the fit how often the rows left out
 * are wrong, which makes the cross-fitted loss too small.
 *
 * @param folds Whole number 2..N.
 * @returns The fold of each row.
 */
export function stratifiedFolds(set: AnySet, folds: number, random: RandomSource): StoredNumbers<Int32Array> {
  const { labels, scores, storage } = storedSet(set);
  const strata = { stratumOf: labels, counts: classCounts(labels, scores.columns) };
  return labels.length <= mostShuffled
    ? dealt(strata, folds, random)
    : drawn(strata, folds, random, { storage });
}

/** Stratum of each row, and how many rows each has. */
interface Strata {
  readonly stratumOf: StoredNumbers<Int32Array>;
  readonly counts: Uint32Array;
}

function classCounts(labels: StoredNumbers<Int32Array>, classes: number): Uint32Array {
  const counts = new Uint32Array(classes);
  forEachBlock(labels.length, (from, to) => {
    for (const label of labels.read(from, to)) counts[label]! += 1;
  });
  return counts;
}

/** Shuffles each stratum and deals its rows out in turn. */
function dealt(
  { stratumOf, counts }: Strata,
  folds: number,
  random: RandomSource,
): StoredNumbers<Int32Array> {
  const starts = startsOf(counts);
  const rows = new Uint32Array(stratumOf.length);
  const next = starts.slice();
  forEachBlock(rows.length, (from, to) => {
    const own = stratumOf.read(from, to);
    for (let i = 0; i < own.length; i += 1) {
      rows[next[own[i]!]!] = from + i;
      next[own[i]!]! += 1;
    }
  });
  for (const [stratum, count] of counts.entries()) {
    shuffle(rows.subarray(starts[stratum]!, starts[stratum]! + count), random);
  }
  const foldOf = new Int32Array(rows.length);
  for (let at = 0; at < rows.length; at += 1) foldOf[rows[at]!] = at % folds;
  return storedNumbers(foldOf);
}

/**
 * The same without a shuffle, in one reading: each row draws one of the places that its stratum has left in the folds, which
 * makes every arrangement as likely as shuffling does.
 */
export function drawn(
  { stratumOf, counts }: Strata,
  folds: number,
  random: RandomSource,
  { storage }: Pick<StoredSet, 'storage'>,
): StoredNumbers<Int32Array> {
  const starts = startsOf(counts);
  const left = counts.slice();
  // Place `at` of all rows, stratum by stratum, is in fold `at` modulo the folds.
  const places = Uint32Array.from({ length: counts.length * folds }, (_, at) => {
    const start = starts[Math.floor(at / folds)]!;
    const first = ((((at % folds) - start) % folds) + folds) % folds;
    return Math.max(Math.ceil((counts[Math.floor(at / folds)]! - first) / folds), 0);
  });
  const store = storage.wholes(stratumOf.length);
  forEachBlock(stratumOf.length, (from, to) => {
    for (const stratum of stratumOf.read(from, to)) {
      let place = random.below(left[stratum]!);
      left[stratum]! -= 1;
      let at = stratum * folds;
      while (place >= places[at]!) {
        place -= places[at]!;
        at += 1;
      }
      places[at]! -= 1;
      store.push(at - stratum * folds);
    }
  });
  return store.finish();
}

function startsOf(counts: Uint32Array): Uint32Array {
  const starts = new Uint32Array(counts.length);
  for (let s = 1; s < counts.length; s += 1) starts[s] = starts[s - 1]! + counts[s - 1]!;
  return starts;
}
