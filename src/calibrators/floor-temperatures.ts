import { checkSet } from '../core/check-set.ts';
import { withFloor } from '../core/floored-set.ts';
import type { ScoreRows } from '../core/score-rows.ts';
import { type AnySet, storedSet } from '../core/stored-set.ts';
import type { FloorTemperature } from '../core/treatment.ts';
import { suggestedFloor } from '../numerics/suggested-floor.ts';
import { fitTemperatureOfSet } from './temperature-of-set.ts';
import type { TemperatureOfSetOptions } from './temperature-options.ts';
import { temperatureSettings } from './temperature-options.ts';

/**
 * The temperatures that other floors give on the same rows: a tenth of the set's floor, the floor, ten times it (at most half
 * of what guessing gives, 1/(2K)), and the one that the digits of the data suggest. How far they lie apart says how much of the
 * temperature is the floor's.
 *
 * @param set A set whose loader raised probabilities to a floor.
 * @returns By floor, ascending; empty where no floor raised anything.
 * @throws CalibrationError as `fitTemperatureOfSet`.
 *
 * Cost: a fit per floor.
 *
 * @example
 * ```ts
 * import { floorTemperatures, parseCsv } from 'calibrant';
 *
 * const text = 'a,b,label\n0.9,0.1,0\n1,0,1\n0.8,0.2,0\n0.7,0.3,0\n0.4,0.6,1\n0.2,0.8,1\n';
 * const set = parseCsv(text, { input: 'probabilities', floor: 0.05 });
 * const found = floorTemperatures(set);
 * assert.deepEqual(found.map(({ floor }) => floor), [0.005, 0.05, 0.25]);
 * assert.ok(found[0].temperature > found[1].temperature);
 * ```
 */
export function floorTemperatures(
  set: AnySet,
  options: TemperatureOfSetOptions = {},
): readonly FloorTemperature[] {
  checkSet(set);
  temperatureSettings(options);
  const { unfloored, treatment } = storedSet(set);
  const floor = treatment?.floor?.value;
  if (unfloored === undefined || floor === undefined) return [];
  return floorsAround(floor, unfloored).map((other) => ({
    floor: other,
    temperature: fitTemperatureOfSet(withFloor(set, other), options).temperature,
  }));
}

/** The floors to compare, ascending. */
export function floorsAround(floor: number, unfloored: ScoreRows): readonly number[] {
  const highest = Math.max(Math.min(10 * floor, 1 / (2 * unfloored.columns)), floor);
  const floors = [floor / 10, highest, suggestedFloor(unfloored)].map((value) =>
    Number(value.toPrecision(12)),
  );
  return [...new Set([...floors, floor])].sort((a, b) => a - b);
}
