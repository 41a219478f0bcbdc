import { type MeasureName, measureByName } from '../metrics/registry.ts';
import { normalCdf, normalQuantile } from '../numerics/special-functions.ts';
import { holmAdjusted } from './holm.ts';

/** What must be known of a measure on either side. */
export interface DriftingFigure {
  readonly name: MeasureName;
  readonly value: number | null;
  readonly standardError: number | null;
  /** Its mean under calibration; `null` where that is not known. */
  readonly floor: number | null;
}

/** A measure of two sets of rows. */
export interface MeasureDrift {
  readonly name: MeasureName;
  readonly before: number | null;
  readonly after: number | null;
  /** `after − before`; `null` where one does not exist or is infinite. */
  readonly difference: number | null;
  /** Normal interval of the difference. */
  readonly interval: readonly [number, number] | null;
  readonly standardError: number | null;
  /** How far chance alone moves the measure, as the numbers of rows differ; `null` where that is not known or does not count. */
  readonly floorShift: number | null;
  readonly pValue: number | null;
  /** The p-value after Holm's correction over the measures. */
  readonly adjusted: number | null;
}

/**
 * Differences of measures of two independent sets of rows, by the normal approximation: the variances of both add up. A
 * calibration error is the larger the fewer rows it is worked out from, by about the difference of its floors, or by less where it
 * is large; a difference counts only if it is one with that shift taken off and without, the p-value being the larger of the two.
 *
 * @param later The measures to be held against the earlier ones of the same names; those without stand alone.
 */
export function measureDrift(
  earlier: readonly DriftingFigure[],
  later: readonly DriftingFigure[],
  level: number,
): readonly MeasureDrift[] {
  const found = later.map((now) =>
    driftOf(
      earlier.find(({ name }) => name === now.name),
      now,
      level,
    ),
  );
  const adjusted = holmAdjusted(found.map(({ pValue }) => pValue));
  return found.map((drift, at) => ({ ...drift, adjusted: adjusted[at]! }));
}

function driftOf(
  was: DriftingFigure | undefined,
  now: DriftingFigure,
  level: number,
): Omit<MeasureDrift, 'adjusted'> {
  const { name } = now;
  const before = was?.value ?? null;
  const after = now.value;
  const known = { name, before, after };
  const change = before === null || after === null ? Number.NaN : after - before;
  const difference = Number.isFinite(change) ? change : null;
  const errors = [was?.standardError ?? null, now.standardError];
  const [a, b] = errors;
  if (difference === null || a == null || b == null) {
    return { ...known, difference, interval: null, standardError: null, floorShift: null, pValue: null };
  }
  const standardError = Math.hypot(a, b);
  const reach = normalQuantile((1 + level) / 2) * standardError;
  const floorShift = shiftOf(was!, now);
  const corrected = difference - (floorShift ?? 0);
  const isOneWay = Math.sign(corrected) === Math.sign(difference);
  const pValue = isOneWay ? Math.max(tail(difference, standardError), tail(corrected, standardError)) : 1;
  return {
    ...known,
    difference,
    interval: [difference - reach, difference + reach],
    standardError,
    floorShift,
    pValue,
  };
}

/** Only errors that are 0 at best are moved by noise one way. */
function shiftOf(was: DriftingFigure, now: DriftingFigure): number | null {
  const { better, ideal } = measureByName(now.name)!;
  if (better !== 'lower' || ideal !== 0 || was.floor === null || now.floor === null) return null;
  return now.floor - was.floor;
}

function tail(difference: number, standardError: number): number {
  return difference === 0 ? 1 : 2 * normalCdf(-Math.abs(difference) / standardError);
}
