import { checkOptionsObject, checkWhole } from '../core/checks.ts';
import type { LabelInput } from '../core/labels.ts';
import type { MatrixInput } from '../core/matrix.ts';
import { type MeasureSample, readSample, withDerived } from '../metrics/measure-sample.ts';
import type { KnownMeasure } from '../metrics/registry.ts';
import { quantileOfSorted } from '../numerics/order-statistics.ts';
import { inOrder } from './canonical-sample.ts';
import { type GroupRows, groupRows } from './group-rows.ts';
import { holmAdjusted } from './holm.ts';
import { intervalsOfSample, type MeasureInterval } from './measure-intervals.ts';
import { orderedSample } from './ordered-sample.ts';
import { measuresOfRandomSubsets } from './random-subsets.ts';
import { deviation, meanOf } from './resample-moments.ts';
import {
  layoutOf,
  measuresNamed,
  type ResampledOptions,
  readResampling,
  usualMeasures,
} from './sample-options.ts';
import { tailPValue } from './tail-p-value.ts';

/** Options of {@link measureGroups}. */
export interface GroupOptions extends ResampledOptions {
  /** Random subsets drawn of the size of each group, a whole number 19..100000. Default 999. */
  readonly draws?: number;
  /** Groups of fewer rows get values without intervals and tests, a whole number of 2 or more. Default 30. */
  readonly leastRows?: number;
}

/** A measure of a group. */
export interface GroupMeasure extends MeasureInterval {
  /** The measure of all other rows. */
  readonly rest: number | null;
  /** Its mean over as many rows drawn at random from all: what a group of this size shows if it is like the others. */
  readonly expected: number | null;
  /** The middle `level` of those. */
  readonly expectedRange: readonly [number, number] | null;
  /** How often random subsets are as far out, two-sided. */
  readonly pValue: number | null;
  /** The p-value after Holm's correction over the groups, for each measure. */
  readonly adjusted: number | null;
}

/** A group of rows with its measures, in the order asked for. */
export interface MeasuredGroup {
  readonly name: string;
  readonly rows: number;
  /** It has fewer rows than `leastRows`. */
  readonly isSmall: boolean;
  readonly measures: readonly GroupMeasure[];
}

/**
 * Measures of every group of rows, such as regions or devices, and whether a group differs from the others.
 *
 * A calibration error is the larger the fewer rows it is worked out from, so a small group always seems worse than a large
 * one. Each group is therefore tested against random subsets of as many rows of all: the permutation test of a group against
 * the rest. Its hypothesis is that rows are exchangeable between groups, in their probabilities as well as their outcomes: a
 * group that is easier or harder than the rest differs, even where it is as well calibrated. `equalCalibrationTest` asks for
 * the latter alone. It takes rows to be independent; with `clusters` intervals are given and no test is made.
 *
 * @param scores N×K probabilities, or logits as `input` says; one column is the probability of class 1, or its logit.
 * @param labels N class indices, 0-based.
 * @param groups N names of groups; numbers count as their text.
 * @returns The groups, the largest first, equal ones by name.
 * @throws CalibrationError `E_OPTION`, also for more than 1,000 groups; `E_ABORTED`, `E_PROB_RANGE`, `E_PROB_SUM`,
 * `E_LOGIT_NAN`, `E_LOGIT_NEGINF`, or one of the label and weight codes.
 *
 * Cost: that of `measureIntervals` for each group, of the measures `draws` times over, and once per group.
 *
 * @example
 * ```ts
 * import { measureGroups } from 'calibrant';
 *
 * // 0.8 sure everywhere; right nine times in ten in the north and half the time in the south.
 * const rows = Array.from({ length: 200 }, () => [0.8, 0.2]);
 * const regions = rows.map((_, i) => (i < 100 ? 'north' : 'south'));
 * const labels = rows.map((_, i) => (i < 100 ? Number(i % 10 === 0) : i % 2));
 * const [north, south] = measureGroups(rows, labels, regions, { measures: ['calibration-gap'], draws: 99 });
 * assert.equal(north?.name, 'north');
 * assert.ok(north.measures[0]!.value! > 0.09 && south!.measures[0]!.value! < -0.29);
 * assert.ok(south!.measures[0]!.adjusted! < 0.05);
 * ```
 *
 * Source: Good 2005, "Permutation, Parametric and Bootstrap Tests of Hypotheses", 3; Holm 1979 for the correction.
 */
export function measureGroups(
  scores: MatrixInput,
  labels: LabelInput,
  groups: ArrayLike<string | number>,
  groupOptions: GroupOptions = {},
): readonly MeasuredGroup[] {
  checkOptionsObject(groupOptions);
  const { draws = 999, leastRows = 30, ...options } = groupOptions;
  const plan = readResampling(options);
  checkWhole('draws', draws, 19, 100_000);
  checkWhole('leastRows', leastRows, 2, Number.MAX_SAFE_INTEGER);
  const chosen = measuresNamed(options.measures ?? usualMeasures);
  return groupsOfSample(readSample(scores, labels, options), groups, chosen, {
    ...options,
    ...plan,
    draws,
    leastRows,
  });
}

/** {@link measureGroups} of a checked sample. */
export function groupsOfSample(
  sample: MeasureSample,
  groups: ArrayLike<string | number>,
  chosen: readonly KnownMeasure[],
  options: ResampledOptions &
    ReturnType<typeof readResampling> &
    Required<Pick<GroupOptions, 'draws' | 'leastRows'>>,
): readonly MeasuredGroup[] {
  const { leastRows, clusters } = options;
  const parts = groupRows(groups, sample.source.rows);
  const isSmall = ({ rows }: GroupRows): boolean =>
    rows.length < leastRows ||
    (clusters !== undefined && new Set(Array.from(rows, (i) => clusters[i])).size < 2);
  const large = parts.filter((part) => !isSmall(part));
  const isTested = clusters === undefined && parts.length > 1;
  const sizes = large.map(({ rows }) => rows.length);
  const drawn = isTested ? measuresOfRandomSubsets(sample, sizes, chosen, options) : [];
  const found = parts.map((part): MeasuredGroup => {
    const at = large.indexOf(part);
    const rest = parts.length > 1 ? orderedSample(sample, others(part.rows, sample.source.rows)) : undefined;
    const intervals =
      at < 0 ? valuesOf(sample, part, chosen, options) : ofRows(sample, part, chosen, options);
    const measures = intervals.map((interval, m) => ({
      ...interval,
      rest: rest === undefined ? null : chosen[m]!.compute(rest, layoutOf(options)),
      ...againstSubsets(interval.value, drawn[at]?.[m] ?? [], options),
      adjusted: null,
    }));
    return { name: part.name, rows: part.rows.length, isSmall: at < 0, measures };
  });
  return corrected(found);
}

/** The intervals of the rows of a group, as if there were no others. */
function ofRows(
  sample: MeasureSample,
  { rows }: GroupRows,
  chosen: readonly KnownMeasure[],
  { clusters, onProgress: _, ...options }: Parameters<typeof intervalsOfSample>[2],
): readonly MeasureInterval[] {
  return intervalsOfSample(withDerived(inOrder(sample, rows), sample.binary), chosen, {
    ...options,
    ...(clusters === undefined ? {} : { clusters: Array.from(rows, (i) => clusters[i]!) }),
  });
}

function valuesOf(
  sample: MeasureSample,
  { rows }: GroupRows,
  chosen: readonly KnownMeasure[],
  options: ResampledOptions,
): readonly MeasureInterval[] {
  const part = orderedSample(sample, rows);
  return chosen.map(({ name, compute }) => {
    const value = compute(part, layoutOf(options));
    return { name, value, interval: null, standardError: null, bias: null, resamples: 0 };
  });
}

function others(rows: Uint32Array, count: number): Uint32Array {
  let at = 0;
  return Uint32Array.from({ length: count }, (_, i) => i).filter((i) => {
    if (rows[at] !== i) return true;
    at += 1;
    return false;
  });
}

/** Values that differ by less are the same but for rounding. */
const sameValue = 1e-12;

function againstSubsets(
  value: number | null,
  drawn: readonly number[],
  { level }: { readonly level: number },
): Pick<GroupMeasure, 'expected' | 'expectedRange' | 'pValue'> {
  if (drawn.length === 0) return { expected: null, expectedRange: null, pValue: null };
  const sorted = Float64Array.from(drawn).sort();
  const expected = meanOf(sorted);
  const expectedRange = [
    quantileOfSorted(sorted, (1 - level) / 2),
    quantileOfSorted(sorted, (1 + level) / 2),
  ] as const;
  if (value === null || !Number.isFinite(value)) return { expected, expectedRange, pValue: null };
  const slack = sameValue * Math.max(1, Math.abs(value));
  const below = drawn.filter((other) => other <= value + slack).length;
  const above = drawn.filter((other) => other >= value - slack).length;
  const deviations = (value - expected) / deviation(sorted);
  return { expected, expectedRange, pValue: tailPValue(Math.min(below, above), drawn.length, deviations) };
}

function corrected(groups: readonly MeasuredGroup[]): readonly MeasuredGroup[] {
  const adjusted = (groups[0]?.measures ?? []).map((_, m) =>
    holmAdjusted(groups.map(({ measures }) => measures[m]!.pValue)),
  );
  return groups.map((group, g) => ({
    ...group,
    measures: group.measures.map((measure, m) => ({ ...measure, adjusted: adjusted[m]![g]! })),
  }));
}
