import { temperatureScaling } from './temperature.ts';

/** Every calibration method, in the order they are offered. */
export const calibrators = [temperatureScaling] as const;

/** One of {@link calibrators}. */
export type KnownCalibrator = (typeof calibrators)[number];

/** A fitted record of one of {@link calibrators}. */
export type KnownModel = ReturnType<KnownCalibrator['fit']>;

/**
 * The method of that name, or `undefined` when there is none.
 *
 * @example
 * ```ts
 * import { calibratorByType } from 'calibrant';
 *
 * assert.equal(calibratorByType('temperature')?.title, 'temperature scaling');
 * assert.equal(calibratorByType('temprature'), undefined);
 * ```
 */
export function calibratorByType(type: string): KnownCalibrator | undefined {
  return calibrators.find((calibrator) => calibrator.type === type);
}
