import type { Evaluation } from '../evaluation/evaluation.ts';

/** Why a figure of a single row, or a single cluster, has no interval. */
export function noSpread(areClustered: boolean): string {
  const unit = areClustered ? 'cluster' : 'row';
  return `they take at least 2 ${unit}s with weight, as one ${unit} shows no spread`;
}

/** Whether no change has an interval, whichever figure it is of: that of a single row or cluster. */
export function isWithoutIntervals(changes: Evaluation['changes']): boolean {
  return changes !== null && Object.values(changes).every(({ interval }) => interval === null);
}
