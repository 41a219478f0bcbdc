import { heldNumbers, heldScores } from '../core/stored-set.ts';
import type { LoadedScores, LoadedSet, LoadedStoredScores, LoadedStoredSet } from './scored-set-input.ts';

/** A set read into memory, with its rows as arrays. What stands there as it is read is not copied. */
export function heldSet({ storage: _, ...set }: LoadedStoredSet): LoadedSet {
  const { labels, weights, unfloored, ...rest } = set;
  return {
    ...rest,
    scores: heldScores(set.scores),
    labels: heldNumbers(labels),
    ...(weights === undefined ? {} : { weights: heldNumbers(weights) }),
    ...(unfloored === undefined ? {} : { unfloored: heldScores(unfloored) }),
    lines: heldNumbers(set.lines),
  };
}

/** {@link heldSet} without labels. */
export function heldUnlabelled(set: LoadedStoredScores): LoadedScores {
  return { ...set, scores: heldScores(set.scores), lines: heldNumbers(set.lines) };
}
