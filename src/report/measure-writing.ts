import { type KnownMeasure, type MeasureName, measureByName } from '../metrics/index.ts';
import { differenceText, fixedText, lossText } from './format-number.ts';

/** How the figures of a measure are written. */
export interface MeasureWriting {
  readonly value: (value: number | null) => string;
  /** The value without its unit, as it stands beside one that has it. */
  readonly bare: (value: number | null) => string;
  readonly interval: (ends: readonly [number, number] | null) => string;
  readonly difference: (value: number | null) => string;
  /** An interval of a difference. */
  readonly differences: (ends: readonly [number, number] | null) => string;
}

/** Shares are written in percent, and their differences in points; everything else as it is. */
export function writingOf(name: MeasureName): MeasureWriting {
  return isShare(measureByName(name)!) ? shares : numbers;
}

function isShare({ family, range: [low, high], name }: KnownMeasure): boolean {
  const families: readonly string[] = ['summary', 'binned', 'debiased', 'bin-free'];
  return families.includes(family) && low >= -1 && high <= 1 && !name.includes('squared');
}

const numbers = writing(lossText, (value) => differenceText(value, 4), '');
const shares = writing(
  (value) => fixedText(100 * value, 2),
  (value) => differenceText(100 * value, 2),
  ' %',
);

function writing(
  number: (value: number) => string,
  change: (value: number) => string,
  unit: string,
): MeasureWriting {
  const bare = (value: number | null): string => (value === null ? 'n/a' : finite(value, number));
  const ends =
    (write: (value: number) => string) =>
    (interval: readonly [number, number] | null): string =>
      interval === null ? 'n/a' : `${finite(interval[0], write)} to ${finite(interval[1], write)}`;
  return {
    bare,
    value: (value) => (value !== null && Number.isFinite(value) ? `${bare(value)}${unit}` : bare(value)),
    interval: ends(number),
    difference: (value) => (value === null ? 'n/a' : finite(value, change)),
    differences: ends(change),
  };
}

function finite(value: number, write: (value: number) => string): string {
  if (Number.isFinite(value)) return write(value);
  return value > 0 ? 'infinite' : '−infinite';
}
