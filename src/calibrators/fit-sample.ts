import { CalibrationError } from '../core/errors.ts';
import { storedNumbers } from '../core/number-store.ts';
import { matrixRows } from '../core/score-rows.ts';
import type { TemperatureModel } from '../core/temperature-model.ts';
import { type PackedLogits, type PackedScale, packLogits } from '../kernels/packed-logits.ts';
import type { CheckedSample } from './checked-sample.ts';
import { type Existence, existence, meanLogClasses } from './existence.ts';
import type { FitRows } from './fit-rows.ts';
import { type LossPasses, type LossSource, lossPasses } from './loss-passes.ts';
import { budgetError, certainError, constantError, noSignalError, separableError } from './refusal.ts';
import { scoreVariance } from './score-variance.ts';
import type { TemperatureSettings } from './temperature-options.ts';
import {
  approachOnPart,
  type BetaRange,
  type Neighbourhood,
  optimumNearZero,
  packedPart,
  refined,
  type SearchResult,
  searchOptimum,
} from './temperature-search.ts';
import { temperatureUncertainty } from './temperature-uncertainty.ts';

/** Temperatures that have a reciprocal. */
const representable = [6e-309, 1.6e308] as const;

/** Slopes within this share of their two parts count as 0 where a search is cut short. */
const slopeShare = 1e-10;

/** Two computed losses can differ by this share of themselves through rounding alone. */
const lossRounding = 1e-12;

/** What every model says, whatever the outcome. */
type Draft = Pick<
  TemperatureModel,
  'type' | 'input' | 'classes' | 'rows' | 'totalWeight' | 'weightKind' | 'effectiveRows' | 'clusters'
> & {
  readonly before: number;
};

/** What a fit works out before its first pass. */
export interface PreparedFit<Packed extends PackedScale = PackedLogits> {
  readonly packed: Packed;
  /** The rows, their weights as packed. */
  readonly rows: FitRows;
  /** Where part of the rows has its optimum. */
  readonly near: () => Neighbourhood | undefined;
}

/** The same of rows in memory, for who would rather make the passes over the part than ask where its optimum is. */
export interface PreparedWithPart extends PreparedFit {
  /** The part of the rows that `near` looks at; `undefined` where there is none. */
  readonly part: () => PackedLogits | undefined;
}

/** What is known of the rows besides. */
export type FitFacts = Pick<CheckedSample, 'kind' | 'counted' | 'totalWeight' | 'weighting'>;

/**
 * Prepares a checked sample.
 *
 * @throws CalibrationError `E_TOO_FEW` below 2 rows of positive weight.
 */
export function prepareFit(sample: CheckedSample): PreparedWithPart {
  const { logits, labels, weights, survey } = sample;
  checkEnough(sample);
  const packed = packLogits(logits, survey, labels, weights);
  const rows = { logits: matrixRows(logits), labels: storedNumbers(labels) };
  const stored = (numbers: Float64Array | undefined): FitRows => ({
    ...rows,
    weights: numbers === undefined ? undefined : storedNumbers(numbers),
  });
  const part = (): PackedLogits | undefined => packedPart(stored(weights));
  return { packed, rows: stored(packed.weights), near: once(() => approachOnPart(stored(weights))), part };
}

/** @throws CalibrationError `E_TOO_FEW` below 2 rows of positive weight. */
export function checkEnough({ counted }: Pick<FitFacts, 'counted'>): void {
  if (counted >= 2) return;
  throw new CalibrationError('E_TOO_FEW', {
    what: `${counted} row${counted === 1 ? '' : 's'}; at least 2 are needed (100 advised)`,
    value: counted,
  });
}

/** Works something out when it is first asked for. */
export function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** All that a fit needs to begin. */
export interface ReadyFit {
  readonly facts: FitFacts;
  readonly prepared: PreparedFit<PackedScale>;
  /** Where passes are made. */
  readonly source: LossSource;
}

/** {@link fitSample} of what is ready. */
export function fitReady(
  { facts, prepared, source }: ReadyFit,
  settings: TemperatureSettings,
): TemperatureModel {
  return fitSample(facts, prepared, settings, source);
}

/**
 * Fits the temperature to a prepared sample.
 *
 * @param source Where passes are made.
 */
export function fitSample(
  facts: FitFacts,
  { packed, rows, near }: PreparedFit<PackedScale>,
  settings: TemperatureSettings,
  source: LossSource,
): TemperatureModel {
  const passes = lossPasses(source, settings.signal, settings.onProgress);
  const before = passes.valueAt(1);
  const draft = draftOf(facts, rows.logits.columns, before);
  const exists = existence(rows, packed, before);
  if (exists.verdict !== 'exists') return withoutOptimum(draft, exists, passes, settings);
  const range = betaRange(settings.bounds);
  const { slopeAtZero } = exists;
  const nearZero =
    slopeAtZero === undefined ? undefined : optimumNearZero(passes, rows, packed, slopeAtZero, range);
  const found =
    nearZero ?? searchOptimum(refined(near(), source), packed, passes, settings.maxEvaluations, range);
  if (found.status === 'at-low' || found.status === 'at-high') {
    const end = found.status === 'at-low' ? 1 : 0;
    return atBound(draft, settings.bounds, end, passes);
  }
  const lossAtZero = meanLogClasses(rows, packed);
  const likelihoodRows = (): LikelihoodRows => likelihoodRowsOf(facts, packed, rows, found);
  return atOptimum(draft, found, passes, { lossAtZero, likelihoodRows }, settings);
}

function draftOf(
  { counted, totalWeight, kind: input, weighting }: FitFacts,
  classes: number,
  before: number,
): Draft {
  const { kind, effectiveRows, clusters } = weighting;
  return {
    type: 'temperature',
    input,
    classes,
    rows: counted,
    totalWeight,
    ...(kind === undefined ? {} : { weightKind: kind }),
    ...(effectiveRows === undefined ? {} : { effectiveRows }),
    ...(clusters === undefined ? {} : { clusters: clusters.count }),
    before,
  };
}

/** Whether the variance of the score is that of its independent parts, rather than the information. */
export function isRobust({ weighting }: Pick<FitFacts, 'weighting'>): boolean {
  return weighting.kind === 'importance' || weighting.clusters !== undefined;
}

/** How many independent rows the deviance counts as. */
interface LikelihoodRows {
  readonly totalWeight: number;
  /** Degrees of freedom of the variance that says so. */
  readonly freedom: number;
}

/**
 * The number n for which 2n(L(T) − L*) is χ²₁, or with few clusters F(1, freedom): the total weight where it counts independent rows, else the one that
 * scales the deviance to the sandwich variance, n = (W h)²/(B h), h the curvature and B the variance of the score.
 *
 * Source: Rotnitzky and Jewell 1990, "Hypothesis testing of regression parameters in semiparametric generalized linear
 * models for cluster correlated data".
 */
function likelihoodRowsOf(
  facts: FitFacts,
  { totalWeight }: PackedScale,
  rows: FitRows,
  { beta, loss }: SearchResult,
): LikelihoodRows {
  if (!isRobust(facts)) return { totalWeight: facts.totalWeight, freedom: Number.POSITIVE_INFINITY };
  const { clusters } = facts.weighting;
  const { variance, freedom } = scoreVariance(rows, clusters, beta, totalWeight * loss.curvature);
  return { totalWeight: (totalWeight * totalWeight * (loss.curvature + loss.slope)) / variance, freedom };
}

function atOptimum(
  draft: Draft,
  found: SearchResult,
  passes: LossPasses,
  {
    lossAtZero,
    likelihoodRows,
  }: { readonly lossAtZero: number; readonly likelihoodRows: () => LikelihoodRows },
  settings: TemperatureSettings,
): TemperatureModel {
  const { beta, loss, bracket, iterations } = found;
  const evaluations = passes.count();
  const size = Math.abs(loss.slope - loss.gap) + loss.gap;
  const limit = slopeShare * size;
  const isShort = found.status === 'budget' && !(Math.abs(loss.slope) <= limit);
  const after = isShort ? loss.value : checkedAfter(loss.value, draft.before);
  const uncertaintyOf = ({ totalWeight, freedom }: LikelihoodRows): TemperatureModel['uncertainty'] =>
    temperatureUncertainty(
      passes,
      { beta, loss, totalWeight, lossAtZero },
      draft.before,
      settings.level,
      freedom,
    );
  const uncertainty = isShort ? null : uncertaintyOf(likelihoodRows());
  const isScaled = draft.weightKind === 'importance' || draft.clusters !== undefined;
  return {
    ...model(draft, 1 / beta, after),
    status: isShort ? 'budget' : 'converged',
    message: isShort
      ? budgetError(evaluations, loss.slope, limit).message
      : `the temperature ${shortest(1 / beta)} is the optimum, to the last digits of the data`,
    certificate: {
      slope: loss.slope,
      curvature: loss.curvature + loss.slope,
      bracket: [1 / bracket[1], 1 / bracket[0]],
      kappa: size / loss.curvature,
      evaluations,
      iterations,
    },
    uncertainty: uncertainty && isScaled ? { variance: 'robust', ...uncertainty } : uncertainty,
  };
}

/** At the optimum the loss cannot be above that at T = 1, but by rounding. */
function checkedAfter(after: number, before: number): number {
  if (after <= before) return after;
  if (after - before <= lossRounding * (1 + before)) return before;
  throw new CalibrationError('E_INTERNAL_NLL_UP', {
    what: `fitted NLL ${after} is above the NLL at T=1, ${before}. This is a bug; please report it with the file`,
  });
}

function withoutOptimum(
  draft: Draft,
  existence: Exclude<Existence, { verdict: 'exists' }>,
  passes: LossPasses,
  { bounds }: TemperatureSettings,
): TemperatureModel {
  if (bounds !== undefined && existence.verdict === 'separable' && !existence.isCertain)
    return atBound(draft, bounds, 0, passes);
  if (bounds !== undefined && existence.verdict === 'no-signal') return atBound(draft, bounds, 1, passes);
  const error = refusal(existence, draft);
  return {
    ...model(draft, null, null),
    status: existence.verdict,
    message: error.message,
    certificate: null,
    uncertainty: null,
  };
}

function refusal(
  existence: Exclude<Existence, { verdict: 'exists' }>,
  { rows, input }: Pick<Draft, 'rows' | 'input'>,
): CalibrationError {
  if (existence.verdict === 'separable')
    return existence.isCertain ? certainError(rows) : separableError(rows);
  return existence.verdict === 'constant' ? constantError(input) : noSignalError(input, existence.meanMargin);
}

/** @param end 0 where the optimum lies below the bounds, 1 where above. */
function atBound(
  draft: Draft,
  bounds: readonly [number, number] | undefined,
  end: 0 | 1,
  passes: LossPasses,
): TemperatureModel {
  const temperature = (bounds ?? representable)[end];
  const side = end === 0 ? 'below' : 'above';
  const where = bounds === undefined ? 'what a double can hold' : 'the bounds';
  return {
    ...model(draft, temperature, passes.valueAt(1 / temperature)),
    status: 'at-bound',
    message: `the best temperature lies ${side} ${where}; ${shortest(temperature)} is the nearer bound`,
    certificate: null,
    uncertainty: null,
  };
}

function model(
  { before, ...draft }: Draft,
  temperature: number | null,
  after: number | null,
): Omit<TemperatureModel, 'status' | 'message' | 'certificate' | 'uncertainty'> {
  return { ...draft, temperature, nll: { before, after } };
}

/** What bounds of the temperature leave to β; none, all temperatures that have a reciprocal. */
export function betaRange(bounds: readonly [number, number] | undefined): BetaRange {
  const [low, high] = bounds ?? representable;
  return { low: 1 / high, high: 1 / low };
}

function shortest(temperature: number): string {
  return String(Number(temperature.toPrecision(4)));
}
