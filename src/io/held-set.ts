import type { Matrix } from '../core/matrix.ts';
import type { NumberArray, StoredNumbers } from '../core/number-store.ts';
import type { ScoreRows } from '../core/score-rows.ts';
import type { LoadedScores, LoadedSet, LoadedStoredScores, LoadedStoredSet } from './scored-set-input.ts';

/** A set read into memory, with its rows as arrays. What stands there as it is read is not copied. */
export function heldSet({ storage: _, ...set }: LoadedStoredSet): LoadedSet {
  const { labels, weights, ...rest } = set;
  return {
    ...rest,
    scores: heldScores(set.scores),
    labels: held(labels),
    ...(weights === undefined ? {} : { weights: held(weights) }),
    lines: held(set.lines),
  };
}

/** {@link heldSet} without labels. */
export function heldUnlabelled(set: LoadedStoredScores): LoadedScores {
  return { ...set, scores: heldScores(set.scores), lines: held(set.lines) };
}

function heldScores({ matrix, rows, columns, read }: ScoreRows): Matrix {
  return matrix ?? { data: read(0, rows), rows, columns };
}

function held<Values extends NumberArray>({ length, read }: StoredNumbers<Values>): Values {
  return read(0, length);
}
