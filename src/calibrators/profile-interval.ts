import type { TemperatureLoss } from '../kernels/temperature-loss.ts';
import { newtonInBracket, type SlopeAndCurvature } from '../optimize/newton-bracket.ts';
import type { LossPasses } from './loss-passes.ts';

/** The optimum that a profile interval surrounds. */
export interface Optimum {
  readonly beta: number;
  /** The loss there. */
  readonly loss: Readonly<TemperatureLoss>;
  /** n, the total weight. */
  readonly totalWeight: number;
  /** Mean NLL at β = 0. */
  readonly lossAtZero: number;
}

/** Ends are sought for the factor x = β/β̂ down to here; below it the likelihood no longer changes. */
const smallestFactor = 2 ** -60;

/** A last step this short, relative to x, leaves an error of its cube. */
const lastStep = 1e-5;

/**
 * The two values of β at which 2n(L(β) − L(β̂)) = z²: where the square root of the left side, which is nearly linear in
 * β, passes z. A power series at the optimum gives the first guess, a bracketed search of third order the rest.
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
  { beta, loss: { value, gap, ...loss }, totalWeight, lossAtZero }: Optimum,
  deviation: number,
  side: -1 | 1,
): number | null {
  const rise = (deviation * deviation) / (2 * totalWeight);
  if (side < 0 && !(lossAtZero - value > rise)) return null;
  // log1p(S) ≥ 0, so the loss is at least the label's part, which grows as gap·x.
  const high = side < 0 ? 1 : Math.min((value + rise) / gap, Number.MAX_VALUE / beta);
  const low = side < 0 ? smallestFactor : 1;
  const distanceAt = (x: number): SlopeAndCurvature => {
    const pass = passes.at(beta * x);
    return signedRoot(pass, x, value, totalWeight, side * deviation);
  };
  let x = Math.min(Math.max(seriesGuess(loss, deviation / Math.sqrt(totalWeight), side), low), high);
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

/**
 * x solving h δ²/2 + t δ³/6 + f δ⁴/24 = rise, δ = x − 1, by fixed-point steps δ ← ±w/√(1 + aδ + bδ²); exp(±w) where the
 * series turns back before it gets there.
 *
 * @param scaled z/√n.
 */
function seriesGuess(
  { curvature, third, fourth }: Pick<TemperatureLoss, 'curvature' | 'third' | 'fourth'>,
  scaled: number,
  side: -1 | 1,
): number {
  const w = (side * scaled) / Math.sqrt(curvature);
  let delta = w;
  for (let step = 0; step < 12; step += 1) {
    const square = 1 + (third / (3 * curvature)) * delta + (fourth / (12 * curvature)) * delta * delta;
    if (!(square > 0.3) || !(delta > -0.9)) return side < 0 ? 1 / (1 - w) : 1 + w;
    delta = w / Math.sqrt(square);
  }
  return delta > -0.9 ? 1 + delta : 1 / (1 - w);
}
