import type { LabelInput } from '../core/labels.ts';
import type { MatrixInput } from '../core/matrix.ts';
import { ifRoom, lend } from '../core/room.ts';
import { type MeasureSample, readSample } from '../metrics/measure-sample.ts';
import type { KnownMeasure, MeasureName } from '../metrics/registry.ts';
import { clopperPearsonInterval } from '../numerics/clopper-pearson-interval.ts';
import { bootstrapInterval, type IntervalMethod } from './bootstrap-interval.ts';
import { deviation, meanOf } from './resample-moments.ts';
import { resampling } from './resampling.ts';
import {
  layoutOf,
  measuresNamed,
  type ResampledOptions,
  readResampling,
  usualMeasures,
} from './sample-options.ts';

/** A measure with what resampling says of it. */
export interface MeasureInterval {
  readonly name: MeasureName;
  /** The measure of the data; `null` where it does not exist. */
  readonly value: number | null;
  /** Interval at the level asked for; `null` where the value or one of its resamples is infinite or missing too often. */
  readonly interval: readonly [number, number] | null;
  /** Standard deviation over the resamples. */
  readonly standardError: number | null;
  /** Mean of the resamples less the value. Resampling adds noise to the bins of plug-in errors, so theirs is above 0. */
  readonly bias: number | null;
  /** Resamples in which the measure existed. */
  readonly resamples: number;
}

/**
 * Bootstrap intervals of any measures, all from the same resamples.
 *
 * Rows are drawn with replacement, or clusters where `clusters` is given. Of more than 5,000 rows or clusters, random groups of them
 * are drawn in their place, and bins stay those of the data. The same seed gives the same bits, for any order of the
 * rows. A plug-in calibration error is biased upward, and its resamples once more: `centred` intervals take that off the
 * resamples and hold what such an error is on average over sets of as many rows. The error of endlessly many rows in the
 * same bins is less than that by no more than the noise floor (`consistencyTest`). An accuracy of 0 or 1, in every resample the same, has the exact
 * interval of Clopper and Pearson (1934) for as many rows or clusters.
 *
 * @param scores N×K probabilities, or logits as `input` says; one column is the probability of class 1, or its logit.
 * @param labels N class indices, 0-based.
 * @returns One interval per measure, in the order asked for.
 * @throws CalibrationError `E_OPTION`, `E_ABORTED`, `E_PROB_RANGE`, `E_PROB_SUM`, `E_LOGIT_NAN`, `E_LOGIT_NEGINF`, or
 * one of the label and weight codes.
 *
 * Cost: up to 5,000 rows that of the measures, `resamples` times over. Above, means and bin tables cost O(N·K) once and
 * O(groups·bins·K) per resample; other measures their own cost each time.
 *
 * @example
 * ```ts
 * import { measureIntervals } from 'calibrant';
 *
 * const rows = Array.from({ length: 100 }, () => [0.9, 0.1]);
 * const labels = rows.map((_, i) => (i < 80 ? 0 : 1));
 * const [accuracy] = measureIntervals(rows, labels, { measures: ['accuracy'] });
 * const [low, high] = accuracy?.interval ?? [];
 * assert.equal(accuracy?.value, 0.8);
 * assert.ok(low! > 0.68 && low! < 0.76 && high! > 0.84 && high! < 0.92);
 * ```
 *
 * Source: Efron and Tibshirani 1993, "An Introduction to the Bootstrap", 10.6 for the bias that is taken off.
 */
export function measureIntervals(
  scores: MatrixInput,
  labels: LabelInput,
  options: ResampledOptions = {},
): readonly MeasureInterval[] {
  const plan = readResampling(options);
  const chosen = measuresNamed(options.measures ?? usualMeasures);
  return intervalsOfSample(readSample(scores, labels, options), chosen, { ...options, ...plan });
}

/** {@link measureIntervals} of a checked sample in memory. */
export function intervalsOfSample(
  sample: MeasureSample,
  chosen: readonly KnownMeasure[],
  options: ResampledOptions & ReturnType<typeof readResampling>,
): readonly MeasureInterval[] {
  return intervalsWithRoom(sample, chosen, options).map((interval) => interval!);
}

/** {@link intervalsOfSample}; `undefined` of measures that there is no room to resample. */
export function intervalsWithRoom(
  sample: MeasureSample,
  chosen: readonly KnownMeasure[],
  options: ResampledOptions & ReturnType<typeof readResampling>,
): readonly (MeasureInterval | undefined)[] {
  return lend(sample.source.room, () => foundIntervals(sample, chosen, options));
}

function foundIntervals(
  sample: MeasureSample,
  chosen: readonly KnownMeasure[],
  options: ResampledOptions & ReturnType<typeof readResampling>,
): readonly (MeasureInterval | undefined)[] {
  const layout = layoutOf(options);
  const { forEach, leaveOut, independent } = resampling([sample], chosen, options);
  const refused = new Set<KnownMeasure>();
  const measured = (): { found: number[][]; measure: (samples: readonly MeasureSample[]) => void } => {
    const found: number[][] = chosen.map(() => []);
    return {
      found,
      measure: ([resampled]) => {
        for (const [at, measure] of chosen.entries()) {
          if (refused.has(measure)) continue;
          const value = ifRoom(() => measure.compute(resampled!, layout));
          if (value === undefined) refused.add(measure);
          else if (value !== null) found[at]!.push(value);
        }
      },
    };
  };
  const drawn = measured();
  forEach(drawn.measure);
  const left = measured();
  if (options.method === 'bca') leaveOut(left.measure);
  return chosen.map((measure, at) => {
    if (refused.has(measure)) return undefined;
    const { name, range, compute } = measure;
    const value = compute(sample, layout);
    const found = judged(value, drawn.found[at]!, left.found[at]!, { ...options, range });
    const isBare = measure.isShare === true && found.interval !== null && (value === 0 || value === 1);
    const interval = isBare
      ? clopperPearsonInterval(value * independent, independent, options.level)
      : found.interval;
    return { name, ...found, interval };
  });
}

/** What resamples say of a value. */
export function judged(
  value: number | null,
  drawn: readonly number[],
  left: readonly number[],
  {
    resamples,
    method,
    level,
    range: [lowest, highest] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY],
  }: {
    readonly resamples: number;
    readonly method: IntervalMethod;
    readonly level: number;
    /** Smallest and largest value there is. */
    readonly range?: readonly [number, number];
  },
): Omit<MeasureInterval, 'name'> {
  const nothing = { value, interval: null, standardError: null, bias: null, resamples: drawn.length };
  const isUsable = value !== null && Number.isFinite(value) && drawn.every(Number.isFinite);
  if (!isUsable || drawn.length < resamples * leastShare) return nothing;
  const sorted = Float64Array.from(drawn).sort();
  const found = bootstrapInterval(method, value, sorted, left, level);
  const within = (end: number): number => Math.min(Math.max(end, lowest), highest);
  // Centred resamples have the value as their mean, which very uneven ones do not hold in their middle.
  const held = method === 'centred' ? [value] : [];
  return {
    value,
    interval: [within(Math.min(...found, ...held)), within(Math.max(...found, ...held))],
    standardError: deviation(sorted),
    bias: meanOf(sorted) - value,
    resamples: drawn.length,
  };
}

/** Share of the resamples in which a measure must exist for its interval to mean something. */
const leastShare = 0.9;
