import type { TemperatureLoss } from '../kernels/temperature-loss.ts';
import { exp } from '../numerics/exponential.ts';
import { log } from '../numerics/logarithm.ts';

/** The loss around a β as a polynomial of degree six in δ, the relative change of β. */
export interface LossSeries {
  /** c_0..c_6: L(β(1 + δ)) = Σ c_k δ^k. */
  readonly coefficients: readonly number[];
  /**
   * How fast the coefficients grow: the largest (|c_k|/c_2)^(1/(k−2)) seen, the reciprocal of a radius of convergence. A
   * term left out is taken to be no larger than {@link caution}·c_2·rate^(k−2)·δ^k.
   */
  readonly rate: number;
  /** The part of c_1 that grows with β, see `TemperatureLoss.gap`. */
  readonly gap: number;
}

/** How much larger than the trend of the known terms the first unknown one is allowed to be. */
const caution = 4;

/** Beyond this share of the radius of convergence the series says nothing. */
const trusted = 0.25;

/** The series of a pass whose curvature is above 0. */
export function lossSeries(loss: TemperatureLoss): LossSeries {
  const { value, slope, curvature, third, fourth, fifth, sixth, gap } = loss;
  const coefficients = [value, slope, curvature / 2, third / 6, fourth / 24, fifth / 120, sixth / 720];
  let rate = 0;
  for (let k = 3; k <= 6; k += 1) {
    const ratio = Math.abs(coefficients[k]!) / coefficients[2]!;
    if (ratio > 0) rate = Math.max(rate, exp(log(ratio) / (k - 2)));
  }
  return { coefficients, rate, gap };
}

/** An upper estimate of what the terms left out add to δ where the slope is solved for. */
export function slopeTruncation({ rate }: LossSeries, delta: number): number {
  return (7 / 2) * caution * fifthPower(rate * delta) * Math.abs(delta);
}

/** An upper estimate of what the terms left out add to δ where the value is solved for. */
export function valueTruncation({ rate }: LossSeries, delta: number): number {
  return (1 / 2) * caution * fifthPower(rate * delta) * Math.abs(delta);
}

function fifthPower(x: number): number {
  return Math.abs(x * x * (x * x) * x);
}

/** δ at which the slope is 0, by Newton's method on the polynomial; `undefined` where that is too far to trust. */
export function stationaryPoint(series: LossSeries): number | undefined {
  let delta = 0;
  for (let step = 0; step < 30; step += 1) {
    const [, slope, curvature] = derivatives(series, delta);
    const change = slope! / curvature!;
    delta -= change;
    if (!(Math.abs(delta) * series.rate < trusted && Math.abs(delta) < trusted)) return undefined;
    if (Math.abs(change) <= 2 ** -60) return delta;
  }
  return delta;
}

/**
 * δ on one side of a minimum at δ = 0, where the value has risen by so much; `undefined` where that is too far to trust.
 *
 * @param rise Above 0.
 */
export function risenPoint(series: LossSeries, rise: number, side: -1 | 1): number | undefined {
  // At the minimum the slope is 0 but for rounding, which must not tilt the parabola.
  const [, , ...rest] = series.coefficients;
  const above = { ...series, coefficients: [0, 0, ...rest] };
  let delta = side * Math.sqrt(rise / rest[0]!);
  for (let step = 0; step < 30; step += 1) {
    if (!(Math.abs(delta) * series.rate < trusted && Math.abs(delta) < trusted)) return undefined;
    const [risen, steepness] = derivatives(above, delta);
    const change = (risen! - rise) / steepness!;
    delta -= change;
    if (Math.abs(change) <= 2 ** -48 * Math.abs(delta)) return delta;
  }
  return delta;
}

/** The loss at β(1 + δ) with its derivatives, relative to that point. */
export function seriesAt(series: LossSeries, delta: number): TemperatureLoss {
  const [value, ...relative] = derivatives(series, delta);
  const scale = 1 + delta;
  let power = 1;
  const [slope, curvature, third, fourth, fifth, sixth] = relative.map((derivative) => {
    power *= scale;
    return derivative * power;
  });
  return {
    value: value!,
    slope: slope!,
    curvature: curvature!,
    third: third!,
    fourth: fourth!,
    fifth: fifth!,
    sixth: sixth!,
    gap: series.gap * scale,
  };
}

/** Value and six derivatives of the polynomial in δ. */
function derivatives({ coefficients }: LossSeries, delta: number): number[] {
  const found: number[] = [];
  let factors = coefficients.map(() => 1);
  for (let order = 0; order <= 6; order += 1) {
    let sum = 0;
    for (let k = 6; k >= order; k -= 1) sum = sum * delta + coefficients[k]! * factors[k]!;
    found.push(sum);
    factors = factors.map((factor, k) => factor * (k - order));
  }
  return found;
}
