import type { Matrix } from './matrix.ts';
import { memoryStorage } from './memory-storage.ts';
import { type NumberArray, type NumberStorage, type StoredNumbers, storedNumbers } from './number-store.ts';
import { rowsOfScores, type ScoreRows } from './score-rows.ts';
import type { ScoredSet } from './scored-set.ts';

/**
 * A {@link ScoredSet} whose rows are read some at a time, so that they need not fit into memory. Loaders make them; what
 * takes one gives the same result, to the last bit, as for the set in memory.
 */
export interface StoredSet extends Omit<ScoredSet, 'scores' | 'labels' | 'weights' | 'unfloored'> {
  readonly scores: ScoreRows;
  readonly labels: StoredNumbers<Int32Array>;
  readonly weights?: StoredNumbers<Float64Array>;
  readonly unfloored?: ScoreRows;
  /** Where numbers by row that are worked out of the set may be kept. */
  readonly storage: NumberStorage;
}

/** A set in whichever way its rows are kept. */
export type AnySet = ScoredSet | StoredSet;

/** The set read some rows at a time, whichever way it came. Nothing is copied. */
export function storedSet(set: AnySet): StoredSet {
  if ('storage' in set) return set;
  const { labels, weights, scores, unfloored, ...rest } = set;
  return {
    ...rest,
    scores: rowsOfScores(scores),
    labels: storedNumbers(labels),
    ...(weights === undefined ? {} : { weights: storedNumbers(weights) }),
    ...(unfloored === undefined ? {} : { unfloored: rowsOfScores(unfloored) }),
    storage: memoryStorage,
  };
}

/** The set as arrays where its scores stand in memory as they are read, which are not copied; else as it is. */
export function setWhereItStands(set: AnySet): AnySet {
  return 'storage' in set && set.scores.matrix !== undefined ? setInMemory(set) : set;
}

/** The set with its rows as arrays, read into memory where they are not there. What stands there as it is read is not copied. */
export function setInMemory(set: AnySet): ScoredSet {
  if (!('storage' in set)) return set;
  const { storage: _, scores, labels, weights, unfloored, ...rest } = set;
  return {
    ...rest,
    scores: copiedScores(scores),
    labels: heldNumbers(labels),
    ...(weights === undefined ? {} : { weights: heldNumbers(weights) }),
    ...(unfloored === undefined ? {} : { unfloored: copiedScores(unfloored) }),
  };
}

/** The weights of a set as an array. */
export function heldWeights({ weights }: AnySet): Float64Array | undefined {
  return weights === undefined || weights instanceof Float64Array ? weights : heldNumbers(weights);
}

/** All rows as a matrix, copied where they do not stand in memory as they are read. */
function copiedScores({ matrix, rows, columns, read }: ScoreRows): Matrix {
  return matrix ?? { rows, columns, data: read(0, rows).slice() };
}

/** All rows as a matrix, which the next reading may change. */
export function heldScores({ matrix, rows, columns, read }: ScoreRows): Matrix {
  return matrix ?? { data: read(0, rows), rows, columns };
}

/** All numbers as an array, copied where they do not stand in memory as they are read. */
export function heldNumbers<Values extends NumberArray>({
  length,
  read,
  whole,
}: StoredNumbers<Values>): Values {
  return whole ?? (read(0, length).slice() as Values);
}
