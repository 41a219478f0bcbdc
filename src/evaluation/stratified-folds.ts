import { type StoredNumbers, storedNumbers } from '../core/number-store.ts';
import type { RandomSource } from '../core/random.ts';
import { type AnySet, type StoredSet, storedSet } from '../core/stored-set.ts';
import { forEachBlock, pieceRows } from '../kernels/row-blocks.ts';
import { probabilitySurveyor } from '../kernels/survey.ts';

/** Rows up to which the rows of a stratum are shuffled, which takes them all in memory. */
const mostShuffled = 2 ** 20;

/**
 * Deals the rows out to folds of equal size, give or take one, so that every fold has its share of each class and of
 * the rows predicted wrongly. Two wrong rows never share a fold while another has none, which is what keeps the rows
 * outside a fold from being all right by accident.
 *
 * @param folds Whole number 2..N.
 * @returns The fold of each row.
 */
export function stratifiedFolds(set: AnySet, folds: number, random: RandomSource): StoredNumbers<Int32Array> {
  const rows = storedSet(set);
  const strata = strataOf(rows);
  return rows.scores.rows <= mostShuffled ? dealt(strata, folds, random) : drawn(strata, folds, random, rows);
}

/** Stratum of each row, and how many rows each has. */
interface Strata {
  readonly stratumOf: StoredNumbers<Int32Array>;
  readonly counts: Uint32Array;
}

/** The wrong rows of each class, then the right ones. */
function strataOf({ scores, labels, storage }: StoredSet): Strata {
  const { rows, columns } = scores;
  const store = storage.wholes(rows);
  const counts = new Uint32Array(2 * columns);
  const atOnce = pieceRows(columns);
  const survey = probabilitySurveyor();
  for (let from = 0; from < rows; from += atOnce) {
    const to = Math.min(from + atOnce, rows);
    const { tops } = survey({ data: scores.read(from, to), rows: to - from, columns });
    const truths = labels.read(from, to);
    for (let i = 0; i < truths.length; i += 1) {
      const label = truths[i]!;
      const stratum = tops[i] === label ? columns + label : label;
      counts[stratum]! += 1;
      store.push(stratum);
    }
  }
  return { stratumOf: store.finish(), counts };
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

/** Fisher and Yates, in place. */
function shuffle(rows: Uint32Array, random: RandomSource): void {
  for (let i = rows.length - 1; i > 0; i -= 1) {
    const j = random.below(i + 1);
    [rows[i], rows[j]] = [rows[j]!, rows[i]!];
  }
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
