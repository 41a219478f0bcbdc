import { checkSet } from '../core/check-set.ts';
import { checkList, checkOptionNames, checkPositive, checkWhole } from '../core/checks.ts';
import type { LabelInput, WeightInput } from '../core/labels.ts';
import type { MatrixInput } from '../core/matrix.ts';
import type { ScoreKind } from '../core/scored-set.ts';
import { type AnySet, setWhereItStands } from '../core/stored-set.ts';
import { packLogits } from '../kernels/packed-logits.ts';
import { exp } from '../numerics/exponential.ts';
import { log } from '../numerics/logarithm.ts';
import { checkedSample } from './checked-sample.ts';
import { localLoss, lossPasses } from './loss-passes.ts';
import { storedRows } from './stored-fit.ts';
import { scaleOf, storedLossValues } from './stored-loss.ts';

/** Options of {@link nllCurve}. */
export interface NllCurveOptions {
  /** What the scores are. Default `logits`. */
  readonly input?: ScoreKind;
  /** N weights ≥ 0, not all 0. Default: every row counts 1. */
  readonly weights?: WeightInput;
  /** Clips probabilities to [floor, 1], without renormalising. Default: no clipping. */
  readonly floor?: number;
  /** The temperatures, each above 0, in place of `points` and `around`. */
  readonly temperatures?: ArrayLike<number>;
  /** Number of temperatures, a whole number 2..10000. Default 61. */
  readonly points?: number;
  /** The curve runs, in equal ratios, from a quarter of the smaller of this T and 1 to four times the larger. Default 1. */
  readonly around?: number;
}

/** A point of the curve. */
export interface NllAtTemperature {
  readonly temperature: number;
  /** Mean NLL in nats per row. */
  readonly nll: number;
}

/**
 * Mean NLL of softmax(z/T) at a series of temperatures, for a plot.
 *
 * @param logits N×K scores as in `fitTemperature`.
 * @param labels N class indices, 0-based.
 * @returns One point per temperature, in their order.
 * @throws CalibrationError `E_OPTION` or one of the score, label and weight codes of `fitTemperature`.
 *
 * Cost: one pass over the data per temperature.
 *
 * @example
 * ```ts
 * import { nllCurve } from 'calibrant';
 *
 * const curve = nllCurve([[2, 0], [0, 2], [2, 0]], [0, 1, 1], { temperatures: [1, 4] });
 * assert.deepEqual(curve.map(({ nll }) => nll.toFixed(3)), ['0.794', '0.641']);
 * ```
 */
export function nllCurve(
  logits: MatrixInput,
  labels: LabelInput,
  options: NllCurveOptions = {},
): NllAtTemperature[] {
  checkOptionNames(options, ['input', 'weights', 'floor', ...pointOptions]);
  const temperatures = temperaturesOf(options);
  const sample = checkedSample(logits, labels, options);
  const passes = lossPasses(
    localLoss(packLogits(sample.logits, sample.survey, sample.labels, sample.weights)),
    undefined,
    undefined,
  );
  return temperatures.map((temperature) => ({ temperature, nll: passes.valueAt(1 / temperature) }));
}

/**
 * {@link nllCurve} of a scored set, with its kind and weights. One that is stored is read once for all temperatures, and twice
 * before that; the result has the same bits.
 *
 * @param set Scores with labels, as a loader or a literal makes them.
 * @throws CalibrationError as {@link nllCurve}.
 *
 * @example
 * ```ts
 * import { nllCurve, nllCurveOfSet, parseCsv } from 'calibrant';
 *
 * const set = parseCsv('cat,dog,label\n3,0,cat\n0,2,dog\n1,0,dog\n');
 * assert.deepEqual(nllCurveOfSet(set, { points: 5 }), nllCurve(set.scores, set.labels, { points: 5 }));
 * ```
 */
export function nllCurveOfSet(
  set: AnySet,
  options: Omit<NllCurveOptions, 'input' | 'weights'> = {},
): NllAtTemperature[] {
  checkOptionNames(options, ['floor', ...pointOptions]);
  checkSet(set);
  const stored = setWhereItStands(set);
  if (!('storage' in stored)) {
    const { scores, labels, weights, kind: input } = stored;
    return nllCurve(scores, labels, { ...options, input, ...(weights === undefined ? {} : { weights }) });
  }
  const temperatures = temperaturesOf(options);
  const { rows } = storedRows(stored, options.floor);
  const betas = temperatures.map((temperature) => 1 / temperature);
  const values = storedLossValues(rows, scaleOf(rows), betas);
  return temperatures.map((temperature, at) => ({ temperature, nll: values[at]! }));
}

const pointOptions = ['temperatures', 'points', 'around'];

function temperaturesOf({
  points = 61,
  around = 1,
  temperatures: given,
}: Pick<NllCurveOptions, 'points' | 'around' | 'temperatures'>): readonly number[] {
  checkWhole('points', points, 2, 10_000);
  checkPositive('around', around);
  if (given === undefined) return spaced(around, points);
  checkList<number>(
    'temperatures',
    given,
    'numbers above 0',
    (temperature) => typeof temperature === 'number',
  );
  const temperatures = Array.from(given);
  for (const temperature of temperatures) checkPositive('temperatures', temperature);
  return temperatures;
}

function spaced(around: number, points: number): number[] {
  const low = log(Math.min(around, 1) / 4);
  const high = log(Math.max(around, 1) * 4);
  return Array.from({ length: points }, (_, i) => exp(low + ((high - low) * i) / (points - 1)));
}
