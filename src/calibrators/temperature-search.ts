import { everyNthRow } from '../kernels/every-nth-row.ts';
import { type PackedLogits, type PackedScale, packLogits } from '../kernels/packed-logits.ts';
import { exponentOf, powerOfTwo } from '../kernels/power-of-two.ts';
import { surveyLogits } from '../kernels/survey.ts';
import type { TemperatureLoss } from '../kernels/temperature-loss.ts';
import { exp } from '../numerics/exponential.ts';
import { log1p } from '../numerics/logarithm.ts';
import { lbfgs } from '../optimize/lbfgs.ts';
import { newtonInBracket, type SlopeAndCurvature } from '../optimize/newton-bracket.ts';
import { type FitRows, forEachCounted } from './fit-rows.ts';
import { type LossPasses, type LossSource, localLoss, lossPasses } from './loss-passes.ts';
import { lossSeries, seriesAt, slopeTruncation, stationaryPoint } from './loss-series.ts';

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

/**
 * Finds the optimal β of a set that has one.
 *
 * @param near Where {@link approachOnPart} says that it is; where that says nothing, {@link approach} looks on all rows.
 */
export function searchOptimum(
  near: Neighbourhood | undefined,
  packed: Pick<PackedScale, 'usualDistance'>,
  passes: LossPasses,
  maxEvaluations: number,
  range: BetaRange,
): SearchResult {
  const mostPasses = Math.min(approachEvaluations, maxEvaluations - passes.count());
  const start = near ?? approach(passes, packed.usualDistance, mostPasses);
  const found =
    bySeries(passes, start.beta, range, maxEvaluations) ?? finish(passes, start.beta, range, maxEvaluations);
  return { ...found, iterations: found.iterations + start.iterations };
}

/** The part has at least this many rows, so that its optimum is a few per cent off, */
const fewestRows = 1000;
/** at least this many cells, as smaller sets cost nothing, */
const fewestCells = 16_384;
/** and at least a 64th of all rows. */
const largestStep = 64;
/** But no more than this many cells, as they are held beside the rows, */
const mostCells = 2 ** 20;
/** with what is worked out of each row of the part. */
const besides = 6;

/** Every n-th row, packed, where the rows are many; `undefined` where they are not, or where none of these counts. */
export function packedPart({ logits, labels, weights }: FitRows): PackedLogits | undefined {
  const { rows, columns } = logits;
  const largest = Math.max(largestStep, (rows * (columns + besides)) / mostCells);
  const step = Math.floor(Math.min(rows / fewestRows, (rows * columns) / fewestCells, largest));
  if (step < 2) return undefined;
  const part = everyNthRow(logits, labels, weights, step);
  if (part.weights?.every((weight) => weight === 0)) return undefined;
  return packLogits(part.scores, surveyLogits(part.scores), part.labels, part.weights);
}

/** Looks for the neighbourhood of the optimum of a part. One without an optimum of its own says nothing. */
export function approachOfPart(
  part: Pick<PackedScale, 'usualDistance'>,
  source: LossSource,
): Neighbourhood | undefined {
  const near = approach(lossPasses(source, undefined, undefined), part.usualDistance, approachEvaluations);
  return near.isNear ? near : undefined;
}

/** Looks for the neighbourhood of the optimum on every n-th row, where the rows are many. */
export function approachOnPart(rows: FitRows): Neighbourhood | undefined {
  const part = packedPart(rows);
  return part === undefined ? undefined : approachOfPart(part, localLoss(part));
}

/** A step longer than this leaves too much for one pass. */
const shortStep = 0.08;

/**
 * One or two steps of third order on all rows in single precision (Chebyshev's: Newton's with the bend of the slope), which
 * leave so little to do that one pass in double precision finishes.
 */
export function refined(near: Neighbourhood | undefined, source: LossSource): Neighbourhood | undefined {
  if (near === undefined) return near;
  let { beta } = near;
  for (let step = 0; step < 2; step += 1) {
    const { slope, curvature, third } = source.slopes(beta);
    const delta = -slope / curvature;
    // Not where it leads far away, or nowhere.
    if (!(Math.abs(delta) <= closeBy)) return near;
    const bend = (third / (2 * curvature)) * delta;
    beta += beta * delta * (1 - (Math.abs(bend) < 0.5 ? bend : 0));
    if (Math.abs(delta) <= shortStep) break;
  }
  return { ...near, beta };
}

/**
 * The optimum where the slope at β = 0 is below 0 by so little that rounding hides it at every β: β = −L′(0)/L″(0), as
 * long as L″ is the same there and β in the range. `undefined` otherwise.
 *
 * @param slopeAtZero Σ w·L′(0), exact.
 */
export function optimumNearZero(
  passes: LossPasses,
  sample: FitRows,
  { totalWeight }: Pick<PackedLogits, 'totalWeight'>,
  slopeAtZero: number,
  range: BetaRange,
): SearchResult | undefined {
  const tiny = 2 ** -60 / powerOfTwo(exponentOf(largestDistance(sample)));
  const curvature = passes.at(tiny).curvature;
  // In units of `tiny`, where all figures are of ordinary size.
  const beta = (tiny * ((-slopeAtZero / totalWeight) * tiny)) / curvature;
  if (!(beta >= range.low && beta <= range.high)) return undefined;
  const loss = passes.at(beta);
  const drift = loss.curvature / (beta / tiny) ** 2 / curvature - 1;
  if (!(Math.abs(drift) < 1e-9)) return undefined;
  return { beta, loss, bracket: [beta * (1 - 1e-8), beta * (1 + 1e-8)], status: 'found', iterations: 0 };
}

/** The largest distance between two logits of a row, masked ones apart. */
function largestDistance({ logits, labels }: FitRows): number {
  const { columns } = logits;
  let largest = 0;
  forEachCounted({ logits, labels, weights: undefined }, (cells, offset) => {
    let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (let at = offset; at < offset + columns; at += 1) {
      const value = cells[at]!;
      if (value > high) high = value;
      if (value < low && value > Number.NEGATIVE_INFINITY) low = value;
    }
    if (high - low > largest) largest = high - low;
  });
  return largest;
}

/** The neighbourhood that L-BFGS reached. */
export interface Neighbourhood {
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

/** What the series leaves out may move β by this share, a sixteenth of a rounding. */
const negligible = 2 ** -57;

/** Passes that {@link bySeries} takes at most; two are usual. */
const mostExpansions = 8;

/**
 * Finishes by the series of the loss around β: its minimum is where the next pass is made, until what the series leaves out
 * no longer matters; the loss there follows from the series. `undefined` where the series cannot be trusted that far.
 */
export function bySeries(
  passes: LossPasses,
  start: number,
  range: BetaRange,
  maxEvaluations: number,
): SearchResult | undefined {
  let beta = Math.min(Math.max(start, range.low), range.high);
  for (let iterations = 1; iterations <= mostExpansions; iterations += 1) {
    if (passes.count() >= maxEvaluations) return undefined;
    const pass = passes.at(beta);
    if (!(pass.curvature > 0)) return undefined;
    const series = lossSeries(pass);
    const delta = stationaryPoint(series);
    if (delta === undefined) return undefined;
    beta += beta * delta;
    if (!(beta >= range.low && beta <= range.high)) return undefined;
    if (slopeTruncation(series, delta) > negligible) continue;
    const loss = seriesAt(series, delta);
    const blur = Math.max(16 * resolution(loss), 2 ** -51);
    return { beta, loss, bracket: [beta - beta * blur, beta + beta * blur], status: 'found', iterations };
  }
  return undefined;
}

/** A Newton step that would change β by no more than this share leads to the optimum, and the curvature is much the same. */
const closeBy = 0.25;

/** Width of a bracket that Newton's method is trusted with, as a factor. */
const widestBracket = 16;

/**
 * Finishes at the zero of the slope, to the last place that rounding lets be told: fourth-order steps in β kept inside a
 * bracket around a start that is near, or else one found by {@link bracketZero}.
 *
 * @param start Where to begin; brought into the range.
 */
function finish(passes: LossPasses, start: number, range: BetaRange, maxEvaluations: number): SearchResult {
  const beta = Math.min(Math.max(start, range.low), range.high);
  const first = passes.at(beta);
  if (Math.abs(first.slope) <= closeBy * first.curvature && range.low < range.high) {
    const low = Math.max(beta / widestBracket, range.low);
    const high = Math.min(beta * widestBracket, range.high);
    const found = within(passes, { low, high }, beta, resolution(first), maxEvaluations);
    const isOutside = found.status === 'at-low' || found.status === 'at-high';
    if (!isOutside || found.beta === range.low || found.beta === range.high) return found;
  }
  const around = bracketZero(passes, beta, range, maxEvaluations);
  if (around.status !== 'bracketed') {
    const { low, high, status, steps: iterations } = around;
    const end = status === 'at-low' ? low : status === 'at-high' ? high : beta;
    return { beta: end, loss: passes.at(end), bracket: [low, high], status, iterations };
  }
  const middle = Math.sqrt(around.low) * Math.sqrt(around.high);
  const found = within(
    passes,
    around,
    Math.min(Math.max(middle, around.low), around.high),
    0,
    maxEvaluations,
  );
  return { ...found, iterations: found.iterations + around.steps };
}

/** Newton's method inside a bracket of moderate width. */
function within(
  passes: LossPasses,
  { low, high }: BetaRange,
  start: number,
  share: number,
  maxEvaluations: number,
): SearchResult {
  // A power of two keeps β = unit·x exact, and x near 1 keeps slopes within the doubles.
  const unit = powerOfTwo(exponentOf(start));
  const found = newtonInBracket(
    (x) => fourthOrder(passes.at(unit * x), x),
    low / unit,
    high / unit,
    start / unit,
    {
      maxSteps: Math.max(maxEvaluations - passes.count(), 1),
      resolution: (share * start) / unit,
    },
  );
  const status =
    found.status === 'at-low' || found.status === 'at-high'
      ? found.status
      : found.status === 'max-steps'
        ? 'budget'
        : 'found';
  const bracket = [unit * found.bracket[0], unit * found.bracket[1]] as const;
  const beta = unit * found.x;
  return { beta, loss: passes.at(beta), bracket, status, iterations: found.steps };
}

/** Where the slope changes sign, or why that cannot be said. */
interface BracketedZero extends BetaRange {
  readonly status: 'bracketed' | 'at-low' | 'at-high' | 'budget';
  readonly steps: number;
}

/**
 * Encloses the zero of the slope from any start: outward by factors that square each time, then halving the logarithm
 * of the ratio until the ends are {@link widestBracket} apart. A slope of 0 is one that underflowed, below the zero, as
 * above it the slope grows with β.
 */
function bracketZero(
  passes: LossPasses,
  start: number,
  range: BetaRange,
  maxEvaluations: number,
): BracketedZero {
  let [low, high] = [start, start];
  let steps = 0;
  const isBelow = (beta: number): boolean => {
    steps += 1;
    return passes.at(beta).slope <= 0;
  };
  const isSpent = (): boolean => passes.count() >= maxEvaluations;
  const rising = isBelow(start);
  for (let reach = widestBracket; ; reach *= reach) {
    if (isSpent()) return { low, high, status: 'budget', steps };
    const end = rising ? Math.min(start * reach, range.high) : Math.max(start / reach, range.low);
    const below = isBelow(end);
    if (below) low = end;
    else high = end;
    if (below !== rising) break;
    if (rising ? end === range.high : end === range.low) {
      return { low: end, high: end, status: rising ? 'at-high' : 'at-low', steps };
    }
  }
  while (high / low > widestBracket) {
    if (isSpent()) return { low, high, status: 'budget', steps };
    const middle = Math.sqrt(low) * Math.sqrt(high);
    if (isBelow(middle)) low = middle;
    else high = middle;
  }
  return { low, high, status: 'bracketed', steps };
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

/** Share of β that rounding of the slope blurs: a quarter of a rounding of its two parts, over the curvature. */
function resolution({ slope, curvature, gap }: TemperatureLoss): number {
  const share = (2 ** -54 * (Math.abs(slope - gap) + gap)) / curvature;
  return share < coarsest ? share : coarsest;
}

/** No rounding is allowed to blur T by more than this share. */
const coarsest = 2 ** -20;
