import { checkOptionNames, checkWhole, checkWithin } from '../core/checks.ts';
import { clusterNumbers } from '../core/cluster-numbers.ts';
import type { LabelInput } from '../core/labels.ts';
import type { MatrixInput } from '../core/matrix.ts';
import { ifRoom, lend } from '../core/room.ts';
import type { BinLayout } from '../metrics/bin-options.ts';
import { meanOverRows } from '../metrics/mean-over-rows.ts';
import { type MeasureSample, readSample } from '../metrics/measure-sample.ts';
import type { KnownMeasure, MeasureName } from '../metrics/registry.ts';
import { quantileOfSorted } from '../numerics/order-statistics.ts';
import { canonicalRows } from './canonical-rows.ts';
import { flippedSamples, isOfResiduals } from './flipped-sample.ts';
import { redrawer } from './redrawn-sample.ts';
import {
  type ChosenMeasures,
  chosenMeasureNames,
  type DrawnOptions,
  drawnOptionNames,
  inRounds,
  layoutOf,
  measuresNamed,
  seedOf,
  usualMeasures,
} from './sample-options.ts';
import { fewestClusters } from './score-test.ts';

/** Options of {@link consistencyTest}. */
export interface ConsistencyOptions extends DrawnOptions, ChosenMeasures {
  /** Sets of labels drawn, a whole number 19..100000. Default 999. */
  readonly draws?: number;
  /** Share of the drawn values between `low` and `limit`, inside 0.5..0.9999. Default 0.95. */
  readonly level?: number;
  /** N names of clusters, such as patients, whose rows may depend on one another. Default: rows are independent. */
  readonly clusters?: ArrayLike<string | number>;
}

/** A measure held against what a perfectly calibrated model of the same probabilities would show. */
export interface ConsistencyResult {
  readonly name: MeasureName;
  /** The measure of the data; `null` where it does not exist. */
  readonly value: number | null;
  /** Its mean over the drawn labels: the noise floor. `null` where it existed for none. */
  readonly floor: number | null;
  /** The middle `level` of the drawn values. */
  readonly range: readonly [number, number] | null;
  /**
   * How often drawn labels give as extreme a value, (1 + count)/(1 + draws). Extreme is: as large, for errors that are 0
   * at best; as far from the ideal, for slopes and signed gaps; as far out on its side, doubled, for scores, whose value
   * under perfect calibration is not 0.
   */
  readonly pValue: number | null;
}

/**
 * What measures would be if the probabilities were right, and how unusual the data are then.
 *
 * Labels are drawn from the probabilities themselves, row by row, and everything is measured again; a plug-in
 * calibration error is above 0 even then, and this says by how much. The draws do not depend on the order of the rows.
 *
 * With `clusters` rows of one cluster may depend on one another, and labels drawn row by row would be less spread than
 * the data. The residuals then keep their size and change sign cluster by cluster. That serves errors that are made of
 * sums of residuals, such as the ECE; other measures, and fewer than 20 clusters, have neither floor nor p-value. As few
 * clusters know their own spread badly, the p-value is never below that of independent rows.
 *
 * @param scores N×K probabilities, or logits as `input` says; one column is the probability of class 1, or its logit.
 * @param labels N class indices, 0-based.
 * @returns One result per measure, in the order asked for.
 * @throws CalibrationError `E_OPTION`, `E_ABORTED`, `E_PROB_RANGE`, `E_PROB_SUM`, `E_LOGIT_NAN`, `E_LOGIT_NEGINF`, or
 * one of the label and weight codes.
 *
 * Of more than 20,000 rows, means and bin tables are drawn as sums, each with the distribution that drawn labels give it:
 * bins in which few rows go against their odds exactly, the others and the losses from their normal limit with skewness,
 * class-wise tables by signs drawn for random groups of rows. Other measures have the labels of all rows drawn.
 *
 * Cost: up to 20,000 rows O(N) per draw. Above, O(N·K) once and O(bins·K) times 2,000 per draw for class-wise tables,
 * O(bins) for the others; what needs the rows its own cost each time. A million rows of ten classes with the usual
 * measures take about three seconds.
 *
 * @example
 * ```ts
 * import { consistencyTest } from 'calibrant';
 *
 * // 0.9 sure and never right, twenty times: chance gives less than that.
 * const rows = Array.from({ length: 20 }, () => [0.9, 0.1]);
 * const [ece] = consistencyTest(rows, Array(20).fill(1), { measures: ['expected-calibration-error'] });
 * assert.equal(ece?.value, 0.9);
 * assert.ok(ece.floor! < 0.1);
 * assert.equal(ece.pValue, 0.001);
 * ```
 *
 * Source: Bröcker and Smith 2007, "Increasing the reliability of reliability diagrams"; Vaicenavicius et al. 2019,
 * "Evaluating model calibration in classification".
 */
export function consistencyTest(
  scores: MatrixInput,
  labels: LabelInput,
  options: ConsistencyOptions = {},
): readonly ConsistencyResult[] {
  checkOptionNames(options, [...drawnOptionNames, ...chosenMeasureNames, 'draws', 'level', 'clusters']);
  const { draws = 999, level = 0.95 } = options;
  checkWhole('draws', draws, 19, 100_000);
  checkWithin('level', level, 0.5, 0.9999);
  const sample = readSample(scores, labels, options);
  if (options.clusters !== undefined) clusterNumbers(options.clusters, sample.source.rows, sample.weights);
  return consistencyOfSample(sample, measuresNamed(options.measures ?? usualMeasures), {
    ...options,
    draws,
    level,
    seed: seedOf(options),
  });
}

type DrawPlan = ConsistencyOptions & {
  readonly draws: number;
  readonly level: number;
  readonly seed: number;
};

/** {@link consistencyTest} of a checked sample in memory. */
export function consistencyOfSample(
  sample: MeasureSample,
  chosen: readonly KnownMeasure[],
  options: DrawPlan,
): readonly ConsistencyResult[] {
  return consistencyWithRoom(sample, chosen, options).map((result) => result!);
}

/** {@link consistencyOfSample}; `undefined` of measures that there is no room to draw for. */
export function consistencyWithRoom(
  sample: MeasureSample,
  chosen: readonly KnownMeasure[],
  options: DrawPlan,
): readonly (ConsistencyResult | undefined)[] {
  return lend(sample.source.room, () => {
    const { clusters, ...independent } = options;
    const found = drawnResults(sample, chosen, options);
    if (clusters === undefined) return found;
    const apart = drawnResults(sample, chosen, independent);
    return found.map((result, at) => withLargerP(result, apart[at]));
  });
}

/** The result with the p-value that independent rows would have, where that is larger. */
function withLargerP(
  result: ConsistencyResult | undefined,
  independent: ConsistencyResult | undefined,
): ConsistencyResult | undefined {
  if (result === undefined || result.pValue === null) return result;
  return { ...result, pValue: Math.max(result.pValue, independent?.pValue ?? 0) };
}

function drawnResults(
  sample: MeasureSample,
  chosen: readonly KnownMeasure[],
  options: DrawPlan,
): readonly (ConsistencyResult | undefined)[] {
  const { draws, level, seed } = options;
  const layout: BinLayout = layoutOf(options);
  const { clusters } = options;
  const { order, samples } = canonicalRows([sample]);
  const base = samples[0]!;
  const redrawn =
    clusters === undefined
      ? redrawer(base, seed)
      : flippedSamples(
          base,
          Array.from(order, (row) => clusters[row]),
          seed,
        );
  const drawn: number[][] = chosen.map(() => []);
  const refused = new Set<KnownMeasure>();
  const isEnough = clusters === undefined || new Set(Array.from(clusters)).size >= fewestClusters;
  const drawable = new Set(
    chosen.filter((measure) => clusters === undefined || (isEnough && isOfResiduals(measure))),
  );
  inRounds(draws, options, (round) => {
    if (refused.size === chosen.length) return;
    const sampled = ifRoom(() => redrawn(round));
    for (const [at, measure] of chosen.entries()) {
      if (refused.has(measure) || !drawable.has(measure)) continue;
      const value = sampled && ifRoom(() => measure.compute(sampled, layout));
      if (value === undefined) refused.add(measure);
      else if (value !== null) drawn[at]!.push(value);
    }
  });
  return chosen.map((measure, at) => {
    if (refused.has(measure)) return undefined;
    const value = measure.compute(sample, layout);
    const sorted = Float64Array.from(drawn[at]!).sort();
    const exists = sorted.length > 0;
    return {
      name: measure.name,
      value,
      floor: exists ? meanOverRows(sorted) : null,
      range: exists
        ? [quantileOfSorted(sorted, (1 - level) / 2), quantileOfSorted(sorted, (1 + level) / 2)]
        : null,
      pValue: exists && value !== null ? extremity(measure, value, sorted) : null,
    };
  });
}

/** Values that differ by less are the same but for rounding. */
const sameValue = 1e-12;

function extremity({ better, ideal }: KnownMeasure, value: number, drawn: Float64Array): number {
  const share = (isExtreme: (other: number) => boolean): number =>
    (1 + drawn.filter(isExtreme).length) / (1 + drawn.length);
  const slack = sameValue * Math.max(1, Math.abs(value));
  // An infinite value is as large as another.
  const above = (): number => share((other) => other >= value || other >= value - slack);
  if (better === 'target' && ideal !== null) {
    const distance = Math.abs(value - ideal);
    return share((other) => Math.abs(other - ideal) >= distance - slack);
  }
  if (better === 'lower' && ideal === 0) return above();
  const below = share((other) => other <= value || other <= value + slack);
  return Math.min(1, 2 * Math.min(above(), below));
}
