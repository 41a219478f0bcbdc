import type { MeasureName } from '../metrics/index.ts';

/** Measures whose definition has changed since their first release, and how often it was made: 2 after one change. */
const redefined: Readonly<Partial<Record<MeasureName, number>>> = {
  // The exact integral in place of its discretization.
  'smooth-calibration-error': 2,
};

/** Number of a measure's definition: values of different definitions are not comparable. */
export function definitionOf(name: MeasureName): number {
  return redefined[name] ?? 1;
}
