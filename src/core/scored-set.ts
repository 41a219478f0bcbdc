import type { Matrix } from './matrix.ts';
import type { Notice } from './notices.ts';
import type { Treatment } from './treatment.ts';

/** What the numbers of a score matrix are. Always declared by the user, never guessed. */
export type ScoreKind = 'logits' | 'probabilities';

/**
 * What weights mean. `importance`: how much a row counts towards the population of interest, so only ratios of weights
 * matter. `counts`: how many equal rows a row stands for, so weights are whole numbers and every result is that of the
 * set with its rows written out.
 */
export type WeightKind = (typeof weightKinds)[number];

/** Every {@link WeightKind}. */
export const weightKinds = ['importance', 'counts'] as const;

/**
 * A classifier's outputs with the truth beside them: what loaders make and evaluation reads. The scores are checked:
 * no NaN, no +Infinity; −Infinity (a masked class) or probability 0 only off the true class unless floored.
 */
export interface ScoredSet {
  readonly kind: ScoreKind;
  /** N×K, K ≥ 2: a single binary score s stands here as the logits (0, s) or the probabilities (1 − s, s). */
  readonly scores: Matrix;
  /** N class indices in 0..K−1. */
  readonly labels: Int32Array;
  /** N weights ≥ 0, not all 0; absent means every row counts 1. */
  readonly weights?: Float64Array;
  /** What the weights mean, or meant before the rows were written out. Default `importance`. */
  readonly weightKind?: WeightKind;
  /** K names, unique; the indices as text when the input named none. */
  readonly classNames: readonly string[];
  /** Whether {@link classNames} came from the input rather than from the column numbers. */
  readonly namedClasses: boolean;
  /** What the loader warned about; reports repeat it. */
  readonly notices?: readonly Notice[];
  /** What was done to the numbers; absent means nothing. */
  readonly treatment?: Treatment;
  /** The probabilities before a floor was applied, where one raised some: how much depends on it can then be found out. */
  readonly unfloored?: Matrix;
}
