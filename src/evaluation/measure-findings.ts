import { ifRoom, lend } from '../core/room.ts';
import type { MeasureSample } from '../metrics/measure-sample.ts';
import type { KnownMeasure, MeasureName } from '../metrics/registry.ts';
import { consistencyWithRoom } from './consistency-test.ts';
import { intervalsWithRoom, type MeasureInterval } from './measure-intervals.ts';
import { needsRows } from './needs-rows.ts';
import { populationInterval } from './population-interval.ts';
import { layoutOf, type ResampledOptions, type readResampling } from './sample-options.ts';

/** Why a finding says less than it could. */
type FindingReason =
  /** The measure does not exist for these rows. */
  | 'undefined'
  /** It is infinite. */
  | 'infinite'
  /** It was not worked out: its cost grows with the square of the rows. */
  | 'too-many-rows'
  /** It was worked out once, and neither resampled nor redrawn, for the same reason or because it needs every row each time. */
  | 'value-only'
  /** Only one row, or one cluster, has weight: no interval can be estimated. */
  | 'too-few-rows'
  /** It existed, or was finite, in too few resamples. */
  | 'no-interval'
  /** The rows are in storage, and what it lacks here needs more memory than there is room for. */
  | 'not-in-memory';

/** A measure with its interval and with what a calibrated model of the same probabilities would show. */
export interface MeasureFinding extends MeasureInterval {
  /** Mean under labels drawn from the probabilities; see `consistencyTest`. */
  readonly floor: number | null;
  readonly floorRange: readonly [number, number] | null;
  /** How often drawn labels give as extreme a value. */
  readonly pValue: number | null;
  /** Interval in the infinite-sample limit: with the noise of an error taken off its lower end; see `populationInterval`. */
  readonly population: readonly [number, number] | null;
  readonly reason: FindingReason | null;
}

/** How findings are made. */
export type FindingOptions = ResampledOptions &
  ReturnType<typeof readResampling> & {
    readonly draws: number;
    /** Resample measures that need every row each time, however many rows there are. */
    readonly thorough: boolean;
  };

/** Rows up to which a measure of quadratic cost is worked out at all, and is resampled. */
const mostPairedRows = 10_000;
const mostResampledPairs = 100;

/** Rows up to which measures are resampled that need every row each time. */
const mostRereadRows = 100_000;

/** What can be said of each measure, in the order asked for. */
export function findingsOfSample(
  sample: MeasureSample,
  chosen: readonly KnownMeasure[],
  options: FindingOptions,
): readonly MeasureFinding[] {
  const drawn = chosen.filter((measure) => isResampled(measure, sample, options));
  const intervals = drawn.length === 0 ? [] : intervalsWithRoom(sample, drawn, options);
  const kept = drawn.filter((_, at) => intervals[at] !== undefined);
  const floors = kept.length === 0 ? [] : consistencyWithRoom(sample, kept, options);
  return chosen.map((measure) => {
    const at = drawn.indexOf(measure);
    if (at < 0) return valueOnly(measure, sample, options, 'value-only');
    const interval = intervals[at];
    if (interval === undefined) return valueOnly(measure, sample, options, 'not-in-memory');
    const drawnFloor = floors[kept.indexOf(measure)];
    const { floor = null, range = null, pValue = null } = drawnFloor ?? {};
    const reason = reasonOf(interval) ?? (drawnFloor === undefined ? 'not-in-memory' : null);
    const population = populationInterval(interval, { floor, pValue }, measure, options);
    return { ...interval, floor, floorRange: range, pValue, population, reason };
  });
}

/** Whether a measure of these rows is resampled, or only worked out once. */
export function isResampled(
  measure: KnownMeasure,
  sample: MeasureSample,
  { thorough }: Pick<FindingOptions, 'thorough'>,
): boolean {
  const { rows } = sample.source;
  if (measure.cost === 'quadratic') return rows <= mostResampledPairs;
  return thorough || rows <= mostRereadRows || !needsRows(measure, sample);
}

/** The measure of a sample, unless working it out would take pairs of very many rows, or memory that is not there. */
export function measuredOnce(
  { cost, compute }: KnownMeasure,
  sample: MeasureSample,
  options: ResampledOptions,
): { readonly value: number | null; readonly reason?: FindingReason } {
  const { rows, room } = sample.source;
  if (cost === 'quadratic' && rows > mostPairedRows) return { value: null, reason: 'too-many-rows' };
  const value = lend(room, () => ifRoom(() => compute(sample, layoutOf(options))));
  return value === undefined ? { value: null, reason: 'not-in-memory' } : { value };
}

function valueOnly(
  measure: KnownMeasure,
  sample: MeasureSample,
  options: FindingOptions,
  why: FindingReason,
): MeasureFinding {
  const { value, reason } = measuredOnce(measure, sample, options);
  const known = { name: measure.name as MeasureName, value };
  return {
    ...known,
    interval: null,
    standardError: null,
    bias: null,
    resamples: 0,
    floor: null,
    floorRange: null,
    pValue: null,
    population: null,
    reason: reason ?? oddity(value) ?? why,
  };
}

function reasonOf({ value, interval, resamples }: MeasureInterval): FindingReason | null {
  if (interval !== null) return oddity(value);
  return oddity(value) ?? (resamples === 0 ? 'too-few-rows' : 'no-interval');
}

function oddity(value: number | null): FindingReason | null {
  if (value === null) return 'undefined';
  return Number.isFinite(value) ? null : 'infinite';
}
