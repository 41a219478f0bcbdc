import { checkOptionNames, checkPositive, checkRequired } from '../core/checks.ts';
import { CalibrationError } from '../core/errors.ts';
import { foundText } from '../core/found-text.ts';
import type { Objective } from './objective.ts';

/** Options of {@link checkGradient}. */
export interface GradientCheckOptions {
  /** Distance of the differences, in units of max(1, |x_i|), above 0. Default 1e-3. */
  readonly step?: number;
}

/** Where gradient and differences disagree most. */
export interface GradientCheck {
  /** Largest relative discrepancy over the coordinates; `Infinity` where either side is not finite. */
  readonly discrepancy: number;
  /** The coordinate it belongs to. */
  readonly coordinate: number;
  /** The gradient's entry there; `null` where it is not finite. */
  readonly analytic: number | null;
  /** The difference quotient there; `null` where it is not finite. */
  readonly numeric: number | null;
}

/**
 * Compares an objective's gradient with central differences of its value.
 *
 * The differences are extrapolated once, (4 D(h/2) − D(h))/3, so their error is O(h⁴). The discrepancy of a
 * coordinate is |a − d| / max(|a|, |d|, |f|/max(1, |x_i|)): relative, or to the slope that moves the value by its own
 * size where the entry is smaller than that and rounding blurs the difference. A correct gradient shows about 1e-10,
 * a wrong one above 1e-4.
 *
 * @param objective Value and gradient.
 * @param x n coordinates; not changed.
 * @returns The worst coordinate with both figures.
 * @throws CalibrationError `E_SHAPE` when n = 0, `E_OPTION` for an unknown option or one out of range.
 *
 * Cost: 4n + 1 evaluations.
 *
 * @example
 * ```ts
 * import { checkGradient } from 'calibrant';
 *
 * const square = (x: Float64Array, gradient: Float64Array): number => {
 *   gradient[0] = 2 * x[0];
 *   return x[0] * x[0];
 * };
 * assert.ok(checkGradient(square, Float64Array.of(3)).discrepancy < 1e-9);
 * ```
 */
export function checkGradient(
  objective: Objective,
  x: Float64Array,
  options: GradientCheckOptions = {},
): GradientCheck {
  checkOptionNames(options, ['step']);
  const { step = 1e-3 } = options;
  checkPositive('step', step);
  checkRequired('objective', objective);
  if (!(x instanceof Float64Array)) {
    throw new CalibrationError('E_SHAPE', {
      what: `the point is ${foundText(x)}, expected a Float64Array`,
      value: x,
    });
  }
  if (x.length === 0) throw new CalibrationError('E_SHAPE', { what: 'the point has no coordinates' });
  const gradient = new Float64Array(x.length);
  const value = objective(x.slice(), gradient);
  const moved = x.slice();
  const ignored = new Float64Array(x.length);
  const difference = (i: number, h: number): number => {
    moved[i] = x[i]! + h;
    const above = objective(moved, ignored);
    const right = moved[i]!;
    moved[i] = x[i]! - h;
    const below = objective(moved, ignored);
    const left = moved[i]!;
    moved[i] = x[i]!;
    return (above - below) / (right - left);
  };

  let worst: GradientCheck = { discrepancy: -1, coordinate: 0, analytic: null, numeric: null };
  for (let i = 0; i < x.length; i += 1) {
    const size = Math.max(1, Math.abs(x[i]!));
    const analytic = gradient[i]!;
    const numeric = (4 * difference(i, (step * size) / 2) - difference(i, step * size)) / 3;
    const discrepancy = relative(analytic, numeric, Math.abs(value) / size);
    if (discrepancy > worst.discrepancy) {
      worst = { discrepancy, coordinate: i, analytic: finite(analytic), numeric: finite(numeric) };
    }
  }
  return worst;
}

function relative(analytic: number, numeric: number, floor: number): number {
  const difference = Math.abs(analytic - numeric);
  if (difference === 0) return 0;
  const ratio = difference / Math.max(Math.abs(analytic), Math.abs(numeric), floor);
  return Number.isFinite(difference) && Number.isFinite(ratio) ? ratio : Number.POSITIVE_INFINITY;
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
