import { checkOneOf, checkOptionNames } from '../core/checks.ts';
import type { LabelInput } from '../core/labels.ts';
import type { MatrixInput } from '../core/matrix.ts';
import { CompensatedSum } from '../numerics/compensated-sum.ts';
import { type IsotonicSteps, isotonicRegression } from '../numerics/isotonic-regression.ts';
import type { TieBlocks } from '../numerics/tie-blocks.ts';
import { type BinaryScore, binaryScores } from './binary-scores.ts';
import { type EventOptions, eventOptionNames } from './measure-options.ts';
import { readSample } from './measure-sample.ts';

/** Options of {@link corpDecomposition}. */
export interface CorpOptions extends EventOptions {
  /**
   * The proper score to take apart: `brier` (p − y)², `log` −ln p of what happened, `spherical` 1 − p of what happened
   * over √(p² + (1 − p)²), or a function of the probability and the outcome, 0 or 1, whose mean is least at the true
   * probability. Default `brier`.
   */
  readonly score?: 'brier' | 'log' | 'spherical' | BinaryScore;
}

/** A step of the recalibration curve: all probabilities from `from` to `to` are recalibrated to `value`. */
export interface CorpStep {
  readonly from: number;
  readonly to: number;
  /** Share of outcomes in the step, by weight. */
  readonly value: number;
  /** Rows in the step. */
  readonly count: number;
  readonly weight: number;
}

/** A mean score taken apart: score = miscalibration − discrimination + uncertainty. */
export interface CorpDecomposition {
  readonly score: number;
  /** Score lost by not being recalibrated, ≥ 0; `Infinity` where the score is. */
  readonly miscalibration: number;
  /** Score won over the constant forecast by the recalibrated one, ≥ 0. */
  readonly discrimination: number;
  /** Score of the constant forecast ȳ. */
  readonly uncertainty: number;
  /** The recalibration curve, ascending: the reliability diagram without bins. */
  readonly curve: readonly CorpStep[];
}

/**
 * CORP decomposition of a mean proper score: miscalibration, discrimination and uncertainty by isotonic regression, with
 * no bins to choose.
 *
 * g is the isotonic regression of the outcomes on the probabilities, ties pooled first. With S the mean score of the
 * probabilities, S_C that of g and S_R that of the share ȳ: miscalibration S − S_C, discrimination S_R − S_C and
 * uncertainty S_R, none below 0. In the sample g is optimal, so miscalibration is biased up.
 *
 * @param scores N×K probabilities, or logits as `input` says; one column is the probability of class 1, or its logit.
 * @param labels N class indices, 0-based.
 * @returns The score, its three parts and the curve.
 * @throws CalibrationError `E_OPTION`, `E_PROB_RANGE`, `E_PROB_SUM`, `E_LOGIT_NAN`, `E_LOGIT_NEGINF`, or one of the
 * label and weight codes.
 *
 * Cost O(N) after sorting.
 *
 * @example
 * ```ts
 * import { corpDecomposition } from 'calibrant';
 *
 * const parts = corpDecomposition([0.25, 0.5, 0.5, 1], [0, 0, 1, 1], { binary: 'positive' });
 * assert.equal(parts.score, 0.140625);
 * assert.deepEqual(parts.curve.map(({ value }) => value), [0, 0.5, 1]);
 * assert.deepEqual([parts.miscalibration, parts.discrimination, parts.uncertainty], [0.015625, 0.125, 0.25]);
 * ```
 *
 * Source: Dimitriadis, Gneiting and Jordan 2021, "Stable reliability diagrams for probabilistic classifiers".
 */
export function corpDecomposition(
  scores: MatrixInput,
  labels: LabelInput,
  options: CorpOptions = {},
): CorpDecomposition {
  checkOptionNames(options, [...eventOptionNames, 'score']);
  const { score = 'brier' } = options;
  if (typeof score !== 'function') checkOneOf('score', score, ['brier', 'log', 'spherical']);
  const rule = typeof score === 'function' ? score : binaryScores[score];
  return corpOfBlocks(readSample(scores, labels, options).blocks(), rule);
}

/** CORP decomposition of pooled events. */
export function corpOfBlocks(blocks: TieBlocks, score: BinaryScore = binaryScores.brier): CorpDecomposition {
  const { values, weights, hits, totalWeight } = blocks;
  const steps = isotonicRegression(hits, weights);
  const curve = stepsOf(blocks, steps);
  const recalibrated = levelsOf(steps, hits.length);
  const share = hits.reduce((sum, hit) => sum + hit, 0) / totalWeight;
  const sums = {
    given: new CompensatedSum(),
    calibrated: new CompensatedSum(),
    constant: new CompensatedSum(),
  };
  let isInfinite = false;
  for (let b = 0; b < values.length; b += 1) {
    const at = (p: number): number => scoreAt(score, p, weights[b]!, hits[b]!);
    const given = at(Math.min(values[b]!, 1));
    if (given === Number.POSITIVE_INFINITY) isInfinite = true;
    else sums.given.add(given);
    sums.calibrated.add(at(recalibrated[b]!));
    sums.constant.add(at(share));
  }
  const calibrated = sums.calibrated.value / totalWeight;
  const uncertainty = sums.constant.value / totalWeight;
  const given = isInfinite ? Number.POSITIVE_INFINITY : sums.given.value / totalWeight;
  return {
    score: given,
    miscalibration: Math.max(given - calibrated, 0),
    discrimination: Math.max(uncertainty - calibrated, 0),
    uncertainty,
    curve,
  };
}

/** Σ w S(p, y) over the rows of a block; outcomes that do not occur add nothing, however they would score. */
function scoreAt(score: BinaryScore, p: number, weight: number, hits: number): number {
  const misses = weight - hits;
  return (hits !== 0 ? hits * score(p, 1) : 0) + (misses !== 0 ? misses * score(p, 0) : 0);
}

/** What the curve makes of each block. */
export function calibratedBlocks({ hits, weights }: TieBlocks): Float64Array {
  return levelsOf(isotonicRegression(hits, weights), hits.length);
}

/** The recalibration curve of pooled events. */
export function curveOfBlocks(blocks: TieBlocks): readonly CorpStep[] {
  return stepsOf(blocks, isotonicRegression(blocks.hits, blocks.weights));
}

function levelsOf({ starts, levels }: IsotonicSteps, count: number): Float64Array {
  const found = new Float64Array(count);
  for (const [step, start] of starts.entries()) found.fill(levels[step]!, start, starts[step + 1]);
  return found;
}

function stepsOf(
  { values, counts, weights }: TieBlocks,
  { starts, levels }: IsotonicSteps,
): readonly CorpStep[] {
  return Array.from(levels, (value, step) => {
    const start = starts[step]!;
    const end = step + 1 < starts.length ? starts[step + 1]! : values.length;
    let [count, weight] = [0, 0];
    for (let b = start; b < end; b += 1) {
      count += counts[b]!;
      weight += weights[b]!;
    }
    return { from: values[start]!, to: values[end - 1]!, value, count, weight };
  });
}
