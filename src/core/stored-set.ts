import { memoryStorage } from './memory-storage.ts';
import { type NumberStorage, type StoredNumbers, storedNumbers } from './number-store.ts';
import { rowsOfScores, type ScoreRows } from './score-rows.ts';
import type { ScoredSet } from './scored-set.ts';

/**
 * A {@link ScoredSet} whose rows are read some at a time, so that they need not fit into memory. Loaders make them; what
 * takes one gives the same result, to the last bit, as for the set in memory.
 */
export interface StoredSet extends Omit<ScoredSet, 'scores' | 'labels' | 'weights'> {
  readonly scores: ScoreRows;
  readonly labels: StoredNumbers<Int32Array>;
  readonly weights?: StoredNumbers<Float64Array>;
  /** Where numbers by row that are worked out of the set may be kept. */
  readonly storage: NumberStorage;
}

/** A set in whichever way its rows are kept. */
export type AnySet = ScoredSet | StoredSet;

/** The set read some rows at a time, whichever way it came. Nothing is copied. */
export function storedSet(set: AnySet): StoredSet {
  if ('storage' in set) return set;
  const { labels, weights, scores, ...rest } = set;
  return {
    ...rest,
    scores: rowsOfScores(scores),
    labels: storedNumbers(labels),
    ...(weights === undefined ? {} : { weights: storedNumbers(weights) }),
    storage: memoryStorage,
  };
}
