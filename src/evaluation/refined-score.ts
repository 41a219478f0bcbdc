import { type ProgressListener, throwIfAborted } from '../core/cancellation.ts';
import { CalibrationError } from '../core/errors.ts';
import type { ScoredSet } from '../core/scored-set.ts';
import { binaryScores } from '../metrics/binary-scores.ts';
import { meanOverRows } from '../metrics/mean-over-rows.ts';
import type { MeasureSample } from '../metrics/measure-sample.ts';
import { log } from '../numerics/logarithm.ts';
import {
  mixedIsotonic,
  mixedTemperature,
  type Recalibration,
  temperatureOfRows,
} from './mixed-recalibration.ts';

/** What is split, and how. */
export interface RefinementJob {
  /** The rows as they came. */
  readonly set: ScoredSet;
  /** The same rows. */
  readonly sample: MeasureSample;
  readonly score: 'log' | 'brier';
  readonly recalibration: 'temperature' | 'isotonic';
}

/** The mean score of the rows as they are. */
export function scoreGiven({ sample, score, recalibration }: RefinementJob): number {
  if (recalibration === 'temperature') return sample.mean(score === 'log' ? 'nll' : 'brier');
  const { confidence, correct } = sample.events();
  const scoreOf = binaryScores[score];
  const losses = confidence.map((p, i) => scoreOf(Math.min(p, 1), correct[i] === 1 ? 1 : 0));
  return meanOverRows(losses, sample.weights);
}

/**
 * The mean score after recalibration, each row by a fit on the other folds.
 *
 * @param foldOf Fold of each row; `undefined` fits one recalibration on all rows.
 * @returns `undefined` where some rows admit no fit.
 */
export function scoreRefined(
  job: RefinementJob,
  foldOf: Int32Array | undefined,
  folds: number,
  { signal, onProgress }: { readonly signal?: AbortSignal; readonly onProgress?: ProgressListener },
): number | undefined {
  const { sample, set } = job;
  const { rows } = set.scores;
  const losses = new Float64Array(rows);
  for (let fold = 0; fold < folds; fold += 1) {
    throwIfAborted(signal);
    onProgress?.(fold, folds);
    const weights = Float64Array.from({ length: rows }, (_, i) =>
      foldOf?.[i] === fold ? 0 : (sample.weights?.[i] ?? 1),
    );
    const recalibrate = fitted(job, weights);
    if (recalibrate === undefined) return undefined;
    scoreFold(job, recalibrate, losses, (row) => foldOf === undefined || foldOf[row] === fold);
  }
  onProgress?.(folds, folds);
  return meanOverRows(losses, sample.weights);
}

function fitted(
  { set, sample, recalibration }: RefinementJob,
  weights: Float64Array,
): Recalibration | undefined {
  const rows = weights.reduce((count, weight) => count + (weight > 0 ? 1 : 0), 0);
  if (rows === 0) return undefined;
  if (recalibration === 'isotonic') return mixedIsotonic(sample.events(), weights);
  try {
    const temperature = temperatureOfRows({ ...set, weights });
    return temperature === undefined ? undefined : mixedTemperature(set, temperature, rows);
  } catch (error) {
    const refused =
      error instanceof CalibrationError &&
      /^E_(FIT_|TOO_FEW|PROB_ZERO_TRUE|LOGIT_NEGINF_TRUE)/.test(error.code);
    if (refused) return undefined;
    throw error;
  }
}

function scoreFold(
  { set, sample, score, recalibration }: RefinementJob,
  recalibrate: Recalibration,
  losses: Float64Array,
  isOwn: (row: number) => boolean,
): void {
  const isIsotonic = recalibration === 'isotonic';
  const outcomes = isIsotonic ? sample.events().correct : set.labels;
  const p = new Float64Array(isIsotonic ? 2 : set.scores.columns);
  for (let row = 0; row < losses.length; row += 1) {
    if (!isOwn(row)) continue;
    recalibrate(row, p);
    const outcome = outcomes[row]!;
    if (score === 'log') losses[row] = -log(p[outcome]!);
    // Of one probability, the Brier score is that of the event alone.
    else losses[row] = isIsotonic ? (1 - p[outcome]!) ** 2 : squaredDistance(p, outcome);
  }
}

function squaredDistance(p: Float64Array, label: number): number {
  let sum = 0;
  for (let k = 0; k < p.length; k += 1) sum += (p[k]! - (k === label ? 1 : 0)) ** 2;
  return sum;
}
