import { everyNthRow } from '../kernels/every-nth-row.ts';
import { type PackedLogits, packLogits } from '../kernels/packed-logits.ts';
import { exponentOf, powerOfTwo } from '../kernels/power-of-two.ts';
import type { TemperatureLoss } from '../kernels/temperature-loss.ts';
import { exp } from '../numerics/exponential.ts';
import { log1p } from '../numerics/logarithm.ts';
import { lbfgs } from '../optimize/lbfgs.ts';
import { newtonInBracket, type SlopeAndCurvature } from '../optimize/newton-bracket.ts';
import type { CheckedSample } from './checked-scores.ts';
import { type LossPasses, lossPasses } from './loss-passes.ts';

/** A range of β = 1/T. */
export interface BetaRange {
  readonly low: number;
  readonly high: number;
}

/** Where a search for the optimal β ended. */
export interface SearchResult {
  readonly beta: number;
  /** The loss at exactly this β. */
  readonly loss: Readonly<TemperatureLoss>;
  /** β on both sides of the sign change of the slope. */
  readonly bracket: readonly [number, number];
  readonly status: 'found' | 'at-low' | 'at-high' | 'budget';
  readonly iterations: number;
}

/** Passes that L-BFGS may take; some 6 are usual. */
const approachEvaluations = 60;

/** Finds the optimal β of a set that has one: {@link approach}, on part of the rows where they are many, then {@link finish}. */
export function searchOptimum(
  sample: CheckedSample,
  packed: PackedLogits,
  passes: LossPasses,
  maxEvaluations: number,
  range: BetaRange,
): SearchResult {
  const near =
    approachOnPart(sample) ?? approach(passes, packed.usualDistance, maxEvaluations - passes.count());
  const found = finish(passes, near.beta, range, maxEvaluations);
  return { ...found, iterations: found.iterations + near.iterations };
}

/** The part has at least this many rows, and at least a 16th of all, so that its optimum is a few per cent off. */
const fewestRows = 640;
const largestStep = 16;
/** and at least this many cells, as smaller sets cost nothing. */
const fewestCells = 65_536;

function approachOnPart({ logits, labels, weights }: CheckedSample): Neighbourhood | undefined {
  const { rows, columns } = logits;
  const step = Math.floor(Math.min(rows / fewestRows, (rows * columns) / fewestCells, largestStep));
  if (step < 2) return undefined;
  const part = everyNthRow(logits, labels, weights, step);
  if (part.weights?.every((weight) => weight === 0)) return undefined;
  const packed = packLogits(part.scores, part.labels, part.weights);
  const near = approach(lossPasses(packed, undefined, undefined), packed.usualDistance, approachEvaluations);
  // A part without an optimum of its own says nothing.
  return near.isNear ? near : undefined;
}

/**
 * The optimum where the slope at β = 0 is below 0 by so little that rounding hides it at every β: β = −L′(0)/L″(0), as
 * long as L″ is the same there and β in the range. `undefined` otherwise.
 *
 * @param slopeAtZero Σ w·L′(0), exact.
 */
export function optimumNearZero(
  passes: LossPasses,
  { usualDistance, totalWeight }: PackedLogits,
  slopeAtZero: number,
  range: BetaRange,
): SearchResult | undefined {
  const tiny = 2 ** -60 / usualDistance;
  const curvature = passes.at(tiny).curvature;
  // In units of `tiny`, where all figures are of ordinary size.
  const beta = (tiny * ((-slopeAtZero / totalWeight) * tiny)) / curvature;
  if (!(beta >= range.low && beta <= range.high)) return undefined;
  const loss = passes.at(beta);
  const drift = loss.curvature / (beta / tiny) ** 2 / curvature - 1;
  if (!(Math.abs(drift) < 1e-9)) return undefined;
  return { beta, loss, bracket: [beta * (1 - 1e-8), beta * (1 + 1e-8)], status: 'found', iterations: 0 };
}

/** The neighbourhood that L-BFGS reached. */
interface Neighbourhood {
  readonly beta: number;
  readonly iterations: number;
  /** It is near a minimum; otherwise it is only the last point seen. */
  readonly isNear: boolean;
}

/** L-BFGS hands over to the bracket once a Newton step would change β by less than this share. */
const nearEnough = 1e-3;

/** Largest |u| of L-BFGS, a factor of 6e27: an optimum further out is left to the bracket. */
const farthest = 64;

/** Longest first step of L-BFGS in u. */
const longestStep = 4;

/**
 * Goes near the optimum by L-BFGS in u = ln(β·unit), from u = 0 and with the exact curvature as first scaling.
 *
 * @param unit A power of two near the usual distance between logits, which makes the search free of their scale.
 */
function approach(passes: LossPasses, unit: number, maxEvaluations: number): Neighbourhood {
  const betaAt = (u: Float64Array): number => exp(u[0]!) / unit;
  const start = passes.at(1 / unit);
  if (start.slope === 0) return { beta: 1 / unit, iterations: 0, isNear: true };
  const result = lbfgs(
    (u, gradient) => {
      const beta = betaAt(u);
      if (!(Math.abs(u[0]!) <= farthest && beta < Number.POSITIVE_INFINITY)) return Number.POSITIVE_INFINITY;
      const { value, slope } = passes.at(beta);
      gradient[0] = slope;
      return value;
    },
    [0],
    {
      gradientTolerance: 0,
      maxEvaluations,
      initialCurvature: Math.min(
        Math.max(-firstStep(start) / start.slope, Number.MIN_VALUE),
        Number.MAX_VALUE,
      ),
      onIteration: ({ x }) => {
        const { slope, curvature } = passes.at(betaAt(x));
        return Math.abs(slope) <= nearEnough * curvature ? 'stop' : undefined;
      },
    },
  );
  const isNear = result.status === 'stopped' || result.status.startsWith('converged');
  return { beta: betaAt(result.x), iterations: result.iterations, isNear };
}

/**
 * Newton's step, in u above the optimum, where d²L/du² = β²L″ + βL′ > 0, and in β below it, where the loss may be concave in u but never in β.
 */
function firstStep({ slope, curvature }: Readonly<TemperatureLoss>): number {
  if (slope > 0) return Math.max(-slope / (curvature + slope), -longestStep);
  return log1p(Math.min(-slope / curvature, exp(longestStep)));
}

/** Width of the first bracket on either side, as a factor; it grows by its square while the optimum lies outside. */
const firstReach = 16;

/**
 * Finishes at the zero of the slope, to the last place that rounding lets be told: fourth-order steps in β kept inside a
 * bracket, which widens until the slope changes sign in it or it meets the range.
 *
 * @param start Where to begin; brought into the range.
 */
function finish(passes: LossPasses, start: number, range: BetaRange, maxEvaluations: number): SearchResult {
  let beta = Math.min(Math.max(start, range.low), range.high);
  let iterations = 0;
  for (let reach = firstReach; ; reach *= reach) {
    // A power of two keeps β = unit·x exact, and x near 1 keeps slopes within the doubles.
    const unit = powerOfTwo(exponentOf(beta));
    const x = beta / unit;
    const low = Math.max(x / reach, range.low / unit);
    const high = Math.min(x * reach, range.high / unit);
    const left = maxEvaluations - passes.count();
    const first = passes.at(beta);
    if (left < 1 || low === high) {
      const status = left < 1 ? 'budget' : first.slope < 0 ? 'at-high' : 'at-low';
      return { beta, loss: first, bracket: [low * unit, high * unit], status, iterations };
    }
    const found = newtonInBracket((at) => fourthOrder(passes.at(unit * at), at), low, high, x, {
      maxSteps: left,
      resolution: resolution(first, x),
    });
    beta = unit * found.x;
    iterations += found.steps;
    const isOutside = found.status === 'at-low' || found.status === 'at-high';
    const isEnd = beta === range.low || beta === range.high;
    if (isOutside && !isEnd) continue;
    const status = isOutside
      ? (found.status as 'at-low' | 'at-high')
      : found.status === 'max-steps'
        ? 'budget'
        : 'found';
    const bracket = [unit * found.bracket[0], unit * found.bracket[1]] as const;
    return { beta, loss: passes.at(beta), bracket, status, iterations };
  }
}

/**
 * A slope f with the curvature that turns Newton's step into Householder's of fourth order,
 * −(6 f f′² − 3 f² f″)/(6 f′³ − 6 f f′ f″ + f² f‴); far out, where that bends too much, with its own.
 */
function fourthOrder(
  { slope: f, curvature: f1, third: f2, fourth: f3 }: TemperatureLoss,
  x: number,
): SlopeAndCurvature {
  const bent = (6 * f1 * f1 * f1 - 6 * f * f1 * f2 + f * f * f3) / (6 * f1 * f1 - 3 * f * f2);
  return { slope: f / x, curvature: (bent > f1 / 2 && bent < 2 * f1 ? bent : f1) / (x * x) };
}

/** Steps that rounding of the slope makes: a quarter of a rounding of its two parts, over the curvature. */
function resolution({ slope, curvature, gap }: TemperatureLoss, x: number): number {
  const share = (2 ** -54 * (Math.abs(slope - gap) + gap)) / curvature;
  return x * (share < coarsest ? share : coarsest);
}

/** No rounding is allowed to blur T by more than this share, and far from the optimum the estimate means nothing. */
const coarsest = 2 ** -20;
