import type { LabelInput } from '../core/labels.ts';
import type { MatrixInput } from '../core/matrix.ts';
import { log, log1p } from '../numerics/logarithm.ts';
import { fitLogisticLine } from '../numerics/logistic-line.ts';
import type { TieBlocks } from '../numerics/tie-blocks.ts';
import type { EventOptions } from './measure-options.ts';
import { measureSample } from './measure-sample.ts';

/**
 * Whether a calibration line exists. `separable`: every value with outcome 1 is at least as large as every one with
 * outcome 0, or the reverse, so that no finite slope is best. `one-outcome`: all outcomes are alike. `constant`: all
 * probabilities are.
 */
export type CalibrationLineStatus = 'fitted' | 'separable' | 'one-outcome' | 'constant';

/** The line of log odds that recalibrates best. */
export interface CalibrationLine {
  readonly status: CalibrationLineStatus;
  /** b of logit P = a + b·logit p; 1 is ideal, below 1 overconfident. `null` unless fitted. */
  readonly slope: number | null;
  /** a of the same line; 0 is ideal where the slope is 1. `null` unless fitted. */
  readonly intercept: number | null;
  /** a with the slope held at 1, the calibration-in-the-large; 0 is ideal. `null` with one outcome only. */
  readonly inTheLarge: number | null;
  /** Values whose log odds were cut off at those of 2⁻⁵² or 1 − 2⁻⁵². */
  readonly clipped: number;
}

/** Probabilities are kept this far from 0 and 1, as NumPy's epsilon does. */
const epsilon = 2 ** -52;

/**
 * Calibration slope and intercept: logistic regression of the outcomes on the log odds of the probabilities.
 *
 * logit P(outcome) = a + b·logit p by maximum likelihood, and a alone with b = 1. Whether the maximum exists is decided
 * from the data before anything is fitted.
 *
 * @param scores N×K probabilities, or logits as `input` says; one column is the probability of class 1, or its logit.
 * @param labels N class indices, 0-based.
 * @returns The line, or why there is none.
 * @throws CalibrationError `E_OPTION`, `E_PROB_RANGE`, `E_PROB_SUM`, `E_LOGIT_NAN`, `E_LOGIT_NEGINF`, or one of the
 * label and weight codes.
 *
 * Cost O(N) for long inputs, and some ten passes over the distinct values.
 *
 * @example
 * ```ts
 * import { calibrationLine } from 'calibrant';
 *
 * // 0.75 comes true in two rows of four, 0.5 in one of two: the slope is 0.
 * const p = [0.75, 0.75, 0.75, 0.75, 0.5, 0.5];
 * const line = calibrationLine(p, [1, 1, 0, 0, 1, 0], { binary: 'positive' });
 * assert.equal(line.status, 'fitted');
 * assert.ok(Math.abs(line.slope ?? 1) < 1e-14);
 * assert.equal(calibrationLine(p, [1, 1, 1, 1, 0, 0], { binary: 'positive' }).status, 'separable');
 * ```
 *
 * Source: Cox 1958, "Two further applications of a model for binary regression"; Van Calster et al. 2016, "A
 * calibration hierarchy for risk models was defined".
 */
export function calibrationLine(
  scores: MatrixInput,
  labels: LabelInput,
  options: EventOptions = {},
): CalibrationLine {
  return calibrationLineOfBlocks(measureSample(scores, labels, options).blocks());
}

/** Calibration line of pooled events. */
export function calibrationLineOfBlocks({ values, counts, weights, hits }: TieBlocks): CalibrationLine {
  let clipped = 0;
  const places = values.map((value, b) => {
    const p = Math.min(Math.max(value, epsilon), 1 - epsilon);
    if (p !== value) clipped += counts[b]!;
    return log(p) - log1p(-p);
  });
  const trials = { places, weights, hits };
  const status = existenceOf(places, weights, hits);
  const isOneSided = status === 'one-outcome';
  const line = status === 'fitted' ? fitLogisticLine(trials) : undefined;
  return {
    status,
    slope: line?.slope ?? null,
    intercept: line?.intercept ?? null,
    inTheLarge: isOneSided ? null : fitLogisticLine(trials, 1).intercept,
    clipped,
  };
}

/** A finite line is best exactly where the outcomes overlap strictly on both sides. */
function existenceOf(places: Float64Array, weights: Float64Array, hits: Float64Array): CalibrationLineStatus {
  const isOne = (b: number): boolean => hits[b]! > 0;
  const isZero = (b: number): boolean => hits[b]! < weights[b]!;
  const ones = rangeWhere(places, isOne);
  const zeros = rangeWhere(places, isZero);
  if (ones === undefined || zeros === undefined) return 'one-outcome';
  if (places[0] === places[places.length - 1]) return 'constant';
  return ones.low < zeros.high && zeros.low < ones.high ? 'fitted' : 'separable';
}

function rangeWhere(
  places: Float64Array,
  holds: (b: number) => boolean,
): { readonly low: number; readonly high: number } | undefined {
  let first = 0;
  let last = places.length - 1;
  while (first <= last && !holds(first)) first += 1;
  while (last >= first && !holds(last)) last -= 1;
  return first > last ? undefined : { low: places[first]!, high: places[last]! };
}
