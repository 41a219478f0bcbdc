import type { TemperatureLoss } from '../kernels/temperature-loss.ts';
import { newtonInBracket, type SlopeAndCurvature } from '../optimize/newton-bracket.ts';
import type { LossPasses } from './loss-passes.ts';
import { lossSeries, risenPoint, valueTruncation } from './loss-series.ts';

/** The optimum that a profile interval surrounds. */
export interface Optimum {
  readonly beta: number;
  /** The loss there. */
  readonly loss: Readonly<TemperatureLoss>;
  /** n, the total weight, or that of the scaled deviance. */
  readonly totalWeight: number;
  /** Mean NLL at β = 0. */
  readonly lossAtZero: number;
}

/** Ends are sought for the factor x = β/β̂ down to here; below it the likelihood no longer changes. */
const smallestFactor = 2 ** -60;

/** A last step this short, relative to x, leaves an error of its cube. */
const lastStep = 1e-5;

/** What the series at the optimum leaves out may move an end by this share of β, for the series alone to do. */
const negligible = 1e-10;

/**
 * The two values of β at which 2n(L(β) − L(β̂)) = z²: where the square root of the left side, which is nearly linear in
 * β, passes z. The power series at the optimum gives it where the rows are many; else the first guess, and a bracketed search
 * of third order the rest.
 *
 * @param deviation z > 0, a normal quantile.
 * @returns The end below β̂ and the one above; `null` where the likelihood never falls that low.
 */
export function profileInterval(
  passes: LossPasses,
  optimum: Optimum,
  deviation: number,
): readonly [number | null, number | null] {
  return [profileEnd(passes, optimum, deviation, -1), profileEnd(passes, optimum, deviation, 1)];
}

function profileEnd(
  passes: LossPasses,
  { beta, loss, totalWeight, lossAtZero }: Optimum,
  deviation: number,
  side: -1 | 1,
): number | null {
  const { value, gap } = loss;
  const rise = (deviation * deviation) / (2 * totalWeight);
  if (side < 0 && !(lossAtZero - value > rise)) return null;
  // log1p(S) ≥ 0, so the loss is at least the label's part, which grows as gap·x.
  const series = lossSeries(loss);
  const delta = risenPoint(series, rise, side);
  if (delta !== undefined && valueTruncation(series, delta) <= negligible) return beta + beta * delta;
  const high = side < 0 ? 1 : Math.min((value + rise) / gap, Number.MAX_VALUE / beta);
  const low = side < 0 ? smallestFactor : 1;
  const distanceAt = (x: number): SlopeAndCurvature => {
    const pass = passes.at(beta * x);
    return signedRoot(pass, x, value, totalWeight, side * deviation);
  };
  let x = Math.min(Math.max(delta === undefined ? farGuess(loss, rise, side) : 1 + delta, low), high);
  for (let round = 0; round < 8; round += 1) {
    // The far end is met only where the guess falls short; it must not be halved towards before.
    const reach = side < 0 ? low : Math.min(high, 1 + (x - 1) * 64);
    const [from, to] = side < 0 ? [low, 1] : [1, reach];
    if (!(from < to)) return null;
    const found = newtonInBracket(distanceAt, from, to, x, {
      finish: 'settled',
      resolution: lastStep * x,
      maxSteps: 100,
    });
    x = found.x;
    if (side < 0 && found.status === 'at-low') return null;
    if (found.status === 'at-high' && x < high) continue;
    const step = -found.slope / found.curvature;
    if (Math.abs(step) <= lastStep * (x + step)) return beta * (x + step);
    x = Math.min(Math.max(x + step, from), to);
  }
  return beta * x;
}

/** side·√(2n(L(βx) − L(β))) − side·z as a rising function of x, with the curvature that makes Newton's step Halley's. */
function signedRoot(
  pass: Readonly<TemperatureLoss>,
  x: number,
  lowest: number,
  n: number,
  signedDeviation: number,
): SlopeAndCurvature {
  const side = Math.sign(signedDeviation);
  const root = Math.sqrt(Math.max(2 * n * (pass.value - lowest), 0));
  const distance = side * root - signedDeviation;
  // At the optimum itself the root's derivative is the limit √(n h).
  if (root === 0) return { slope: distance, curvature: Math.sqrt(n * pass.curvature) / x };
  const first = (side * n * pass.slope) / (root * x);
  const second = ((n * pass.curvature) / (x * x) - first * first) / (side * root);
  const bent = first - (distance * second) / (2 * first);
  return { slope: distance, curvature: bent > first / 2 && bent < 2 * first ? bent : first };
}

/** The end of the parabola, where the series does not reach as far, on the near side of the optimum bent to stay above 0. */
function farGuess({ curvature }: TemperatureLoss, rise: number, side: -1 | 1): number {
  const reach = Math.sqrt((2 * rise) / curvature);
  return side < 0 ? 1 / (1 + reach) : 1 + reach;
}
