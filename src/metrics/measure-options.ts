import { checkOneOf } from '../core/checks.ts';
import { CalibrationError } from '../core/errors.ts';
import type { WeightInput } from '../core/labels.ts';
import type { ScoreKind } from '../core/scored-set.ts';

/** Options of every mean over rows. */
export interface MeanOptions {
  /** N weights ≥ 0, not all 0; each count becomes a sum of weights. Default: every row counts 1. */
  readonly weights?: WeightInput;
}

/** Names of {@link MeanOptions}. */
const meanOptionNames: readonly string[] = ['weights'];

/** Options of every mean over rows that also takes logits. */
export interface ScoreOptions extends MeanOptions {
  /** What the scores are. Default `probabilities`. */
  readonly input?: ScoreKind;
}

/** Names of {@link ScoreOptions}. */
export const scoreOptionNames: readonly string[] = [...meanOptionNames, 'input'];

/**
 * What is held against what. `confidence`: the largest probability against whether the prediction is right, for any
 * number of classes. `positive`: the probability of class 1 against whether the label is 1, for two classes.
 */
export type BinaryView = 'confidence' | 'positive';

/**
 * Checks that a view exists and that there are classes for it.
 *
 * @throws CalibrationError `E_OPTION`.
 */
export function checkBinaryView(binary: BinaryView, classes: number): void {
  checkOneOf('binary', binary, ['confidence', 'positive']);
  if (binary === 'confidence' || classes === 2) return;
  throw new CalibrationError('E_OPTION', {
    what: `option "binary" is "positive", which needs 2 classes; there are ${classes}`,
    value: binary,
  });
}

/** Options of every measure of one probability per row against one outcome per row. */
export interface EventOptions extends ScoreOptions {
  /** What is held against what. Default `confidence`; `positive` needs two classes. */
  readonly binary?: BinaryView;
}

/** Names of {@link EventOptions}. */
export const eventOptionNames: readonly string[] = [...scoreOptionNames, 'binary'];
