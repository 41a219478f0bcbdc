import type { Measure } from './measure.ts';
import { binFreeMeasures } from './registry-bin-free.ts';
import { binnedMeasures } from './registry-binned.ts';
import { scoreMeasures } from './registry-scores.ts';

const known = [...scoreMeasures, ...binnedMeasures, ...binFreeMeasures] as const;

/** Name of one of {@link measures}. */
export type MeasureName = (typeof known)[number]['name'];

/** One of {@link measures}. */
export type KnownMeasure = Measure & { readonly name: MeasureName };

/** Every measure that is one figure, in the order they are offered. */
export const measures: readonly KnownMeasure[] = known;

/**
 * The measure of that name, or `undefined` when there is none.
 *
 * @example
 * ```ts
 * import { measureByName, measureSample } from 'calibrant';
 *
 * const sample = measureSample([[0.75, 0.25], [0.75, 0.25]], [0, 1]);
 * assert.equal(measureByName('expected-calibration-error')?.compute(sample), 0.25);
 * assert.equal(measureByName('smooth-calibration-error')?.notion, 'confidence');
 * assert.equal(measureByName('ece'), undefined);
 * ```
 */
export function measureByName(name: string): KnownMeasure | undefined {
  return measures.find((measure) => measure.name === name);
}
