import { mappedRead } from './number-store.ts';
import type { ScoreRows } from './score-rows.ts';
import { type AnySet, type StoredSet, storedSet } from './stored-set.ts';

/** The rows with every probability below the floor raised to it, as they are read. */
export function raisedRows({ rows, columns, read }: ScoreRows, floor: number): ScoreRows {
  return { rows, columns, matrix: undefined, read: mappedRead(read, (p) => Math.max(p, floor)) };
}

/** The set as another floor would have made it, from the probabilities before its own. */
export function withFloor(set: AnySet, floor: number): StoredSet {
  const { unfloored, scores, ...rest } = storedSet(set);
  return { ...rest, scores: raisedRows(unfloored ?? scores, floor) };
}
