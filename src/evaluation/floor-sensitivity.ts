import { floorsAround } from '../calibrators/floor-temperatures.ts';
import { withFloor } from '../core/floored-set.ts';
import type { StoredSet } from '../core/stored-set.ts';
import type { FloorTemperature } from '../core/treatment.ts';
import { type ProbabilityRows, temperedRows } from '../metrics/probability-rows.ts';
import type { Change, FloorPoint, FloorSensitivity } from './evaluation.ts';

/**
 * The rows as another floor makes them, before and after the temperature that it gives. Raised rows sum to more than 1; both
 * sides are softmax(ln p/T) of them, before at T = 1, so that they differ by the temperature alone.
 */
export interface FloorSide extends FloorTemperature {
  readonly before: ProbabilityRows;
  /** `null` where there is no temperature. */
  readonly after: ProbabilityRows | null;
}

/** The sides of the floors of a set to which one temperature for all rows is applied: those fitted at each floor, or the same at all. */
export function floorSides(
  set: StoredSet,
  temperature: number,
  floors: readonly FloorTemperature[] | undefined,
): readonly FloorSide[] {
  const own = set.treatment?.floor?.value;
  if (own === undefined) return [];
  const isKnown = floors?.some(({ floor }) => floor === own) === true;
  const around = set.unfloored === undefined ? [] : floorsAround(own, set.unfloored);
  const known = isKnown ? floors! : around.map((floor) => ({ floor, temperature }));
  return known.map((point) => {
    const { scores, kind } = withFloor(set, point.floor);
    const rows = { scores, kind };
    const after = point.temperature === null ? null : temperedRows(rows, point.temperature);
    return { ...point, before: temperedRows(rows, 1), after };
  });
}

/**
 * How the temperature and its gain depend on the floor.
 *
 * @param floor The set's own.
 * @param changeOf The change of the NLL between two sides.
 */
export function floorSensitivity(
  floor: number,
  sides: readonly FloorSide[],
  changeOf: (before: ProbabilityRows, after: ProbabilityRows) => Change,
): FloorSensitivity {
  const points = sides.map(({ floor: at, temperature, before, after }): FloorPoint => {
    const nll = after === null ? null : changeOf(before, after);
    return { floor: at, temperature, nll };
  });
  return { floor, points, isDecisive: new Set(points.map(directionOf)).size > 1 };
}

/** On which side of 1 T lies, and which way the NLL moves beyond noise. */
function directionOf({ temperature, nll }: FloorPoint): string {
  const side = temperature === null ? 'none' : Math.sign(temperature - 1);
  const move = nll?.difference == null ? 'none' : nll.withinNoise ? 'noise' : Math.sign(nll.difference);
  return `${side} ${move}`;
}
