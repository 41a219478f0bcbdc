import { type AnySet, setWhereItStands } from '../core/stored-set.ts';
import type { TemperatureModel } from '../core/temperature-model.ts';
import { fitStored } from './stored-fit.ts';
import { fitTemperature } from './temperature.ts';
import type { TemperatureSearchOptions } from './temperature-options.ts';

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
export function fitTemperatureOfSet(set: AnySet, options: TemperatureSearchOptions = {}): TemperatureModel {
  const rows = setWhereItStands(set);
  if ('storage' in rows) return fitStored(rows, options);
  const { scores, labels, weights, kind } = rows;
  return fitTemperature(scores, labels, {
    ...options,
    ...(weights === undefined ? {} : { weights }),
    input: kind,
  });
}
