import { checkOptionNames } from '../core/checks.ts';
import type { ClusterNames } from '../core/cluster-numbers.ts';
import type { AnySet } from '../core/stored-set.ts';
import type { TemperatureModel } from '../core/temperature-model.ts';
import { CompensatedSum } from '../numerics/compensated-sum.ts';
import { log } from '../numerics/logarithm.ts';
import { studentSurvival } from '../numerics/student-t.ts';
import { meanLogClasses } from './existence.ts';
import { forEachCounted } from './fit-rows.ts';
import { fitReady, isRobust, type ReadyFit } from './fit-sample.ts';
import { scoreVariance } from './score-variance.ts';
import { fitOfSet } from './temperature-of-set.ts';
import { temperatureSettings } from './temperature-options.ts';

/** Options of {@link temperatureTest}. */
export interface TemperatureTestOptions {
  /** N names of clusters, such as patients, whose rows may depend on one another. Default: rows are independent. */
  readonly clusters?: ClusterNames;
  /** Clips probabilities to [floor, 1], 0 < floor ≤ 1, without renormalising. Default: no clipping. */
  readonly floor?: number;
  readonly signal?: AbortSignal;
}

type TemperatureTestFigures = Pick<TemperatureTest, 'statistic' | 'pValue'>;

/** A test of the hypothesis that T = 1 is the best temperature. */
export interface TemperatureTest {
  /** ~ χ²₁ under the hypothesis, with clusters ~ F(1, their effective number − 1); ≥ 0. */
  readonly statistic: number;
  readonly degreesOfFreedom: 1;
  readonly pValue: number;
  /**
   * `likelihood-ratio`: 2n(L(1) − L(T)). `robust-likelihood-ratio`: the same, scaled to the sandwich variance, for
   * importance weights and clusters. `score`: the squared slope at T = 1 over its variance, where weights or clusters ask
   * for a robust test and there is no best temperature.
   */
  readonly method: 'likelihood-ratio' | 'robust-likelihood-ratio' | 'score';
  /** The best temperature, `null` where none is finite and above 0. */
  readonly temperature: number | null;
  /** On which side of 1 the best temperature lies: `overconfident` above, `underconfident` below. */
  readonly direction: 'overconfident' | 'underconfident' | 'none';
  /** Number of clusters taken to be independent, `null` where rows are. */
  readonly clusters: number | null;
}

/**
 * Tests whether the temperature of a set is 1: the likelihood ratio of softmax(z) against softmax(z/T) with T free.
 * Without importance weights and clusters it is `uncertainty.likelihoodRatio` of the fit of that set. A set without a best
 * temperature has the ratio at the supremum of its likelihood; one whose scores are equal within every row has 0.
 *
 * @param set Scores with labels, as a loader or a literal makes them.
 * @throws CalibrationError as `fitTemperature`; so `E_PROB_ZERO_TRUE` where the likelihood is 0.
 *
 * Cost: as a fit, and one more pass with importance weights or clusters.
 *
 * @example
 * ```ts
 * import { parseCsv, temperatureTest } from 'calibrant';
 *
 * // Margin 2, right three times in four.
 * const set = parseCsv(`no,yes,label\n${'2,0,no\n2,0,no\n2,0,no\n2,0,yes\n'.repeat(25)}`);
 * const { direction, pValue } = temperatureTest(set);
 * assert.equal(direction, 'overconfident');
 * assert.ok(pValue < 0.01);
 * ```
 *
 * Source: Wilks 1938, "The large-sample distribution of the likelihood ratio for testing composite hypotheses"; Rotnitzky
 * and Jewell 1990, "Hypothesis testing of regression parameters in semiparametric generalized linear models for cluster
 * correlated data".
 */
export function temperatureTest(set: AnySet, options: TemperatureTestOptions = {}): TemperatureTest {
  checkOptionNames(options, ['clusters', 'floor', 'signal']);
  const { signal } = options;
  const ready = fitOfSet(set, options);
  const model = fitReady(ready, temperatureSettings(signal === undefined ? {} : { signal }));
  return {
    ...testOf(model, ready),
    degreesOfFreedom: 1,
    temperature: model.temperature,
    direction: directionOf(model),
    clusters: model.clusters ?? null,
  };
}

function testOf(
  model: TemperatureModel,
  ready: ReadyFit,
): Pick<TemperatureTest, 'statistic' | 'pValue' | 'method'> {
  const isScaled = isRobust(ready.facts);
  const method = isScaled ? 'robust-likelihood-ratio' : 'likelihood-ratio';
  if (model.uncertainty !== null) return { ...model.uncertainty.likelihoodRatio, method };
  if (model.status === 'constant') return { statistic: 0, pValue: 1, method };
  if (isScaled) return { ...scoreTest(ready), method: 'score' };
  const ratio = 2 * model.totalWeight * (model.nll.before - lossAtBest(model, ready));
  const statistic = Math.min(Math.max(ratio, 0), Number.MAX_VALUE);
  return { statistic, pValue: studentSurvival(statistic, Number.POSITIVE_INFINITY), method };
}

/** The infimum of the mean NLL over all temperatures. */
function lossAtBest({ status, nll }: TemperatureModel, { prepared: { rows, packed } }: ReadyFit): number {
  if (status === 'no-signal') return meanLogClasses(rows, packed);
  if (status !== 'separable') return nll.after!;
  // As T falls to 0, a row's probability goes to the classes that share the maximum.
  const sum = new CompensatedSum();
  const { columns } = rows.logits;
  forEachCounted(rows, (cells, offset, label, weight) => {
    let ties = 0;
    for (let at = offset; at < offset + columns; at += 1) if (cells[at] === cells[offset + label]) ties += 1;
    if (ties > 1) sum.add(weight * log(ties));
  });
  return sum.value / packed.totalWeight;
}

/** The squared score at T = 1 over its variance. */
function scoreTest({ facts, prepared: { rows } }: ReadyFit): TemperatureTestFigures {
  const { clusters } = facts.weighting;
  const { sum, variance, freedom } = scoreVariance(rows, clusters, 1, Number.POSITIVE_INFINITY);
  if (sum === 0) return { statistic: 0, pValue: 1 };
  const statistic = Math.min(sum * (sum / variance), Number.MAX_VALUE);
  return { statistic, pValue: studentSurvival(statistic, freedom) };
}

function directionOf({ status, temperature }: TemperatureModel): TemperatureTest['direction'] {
  if (status === 'separable') return 'underconfident';
  if (status === 'no-signal') return 'overconfident';
  if (temperature === null || temperature === 1) return 'none';
  return temperature > 1 ? 'overconfident' : 'underconfident';
}
