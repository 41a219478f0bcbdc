import { checkSet } from '../core/check-set.ts';
import { type AnySet, setWhereItStands, storedSet } from '../core/stored-set.ts';
import type { TemperatureModel } from '../core/temperature-model.ts';
import { isFloored } from '../core/treatment.ts';
import { fitReady, type ReadyFit } from './fit-sample.ts';
import { storedFit } from './stored-fit.ts';
import { fitInMemory, rowOptionsOf } from './temperature.ts';
import { type TemperatureOfSetOptions, temperatureSettings } from './temperature-options.ts';

/**
 * {@link fitTemperature} of a scored set, with its kind and weights. One that is stored is read again in every pass, block by
 * block, so that no more than a block of 4,096 rows is in memory; the result has the same bits.
 *
 * @param set Scores with labels, as a loader or a literal makes them.
 * @throws CalibrationError as {@link fitTemperature}.
 *
 * Cost: as {@link fitTemperature}, and reading the rows some eight times where they are stored.
 *
 * @example
 * ```ts
 * import { fitTemperature, fitTemperatureOfSet, parseCsv } from 'calibrant';
 *
 * const set = parseCsv('cat,dog,label\n3,0,cat\n0,2,dog\n1,0,dog\n');
 * assert.deepEqual(fitTemperatureOfSet(set), fitTemperature(set.scores, set.labels));
 * ```
 */
export function fitTemperatureOfSet(set: AnySet, options: TemperatureOfSetOptions = {}): TemperatureModel {
  const settings = temperatureSettings(options);
  return fitReady(fitOfSet(set, options), settings);
}

/** A set, ready to be fitted where its rows are. */
export function fitOfSet(
  set: AnySet,
  options: Pick<TemperatureOfSetOptions, 'floor' | 'clusters'>,
): ReadyFit {
  checkSet(set);
  const rows = setWhereItStands(set);
  // The sums of floored rows are off, which is no reason to refuse them.
  if ('storage' in rows || isFloored(rows)) return storedFit(storedSet(rows), options);
  return fitInMemory(rows.scores, rows.labels, { ...options, ...rowOptionsOf(rows) });
}
