import { checkOptionNames, checkWhole } from '../core/checks.ts';
import { type ClusterNumbers, clusterNumbers } from '../core/cluster-numbers.ts';
import { CalibrationError } from '../core/errors.ts';
import type { LabelInput } from '../core/labels.ts';
import type { MatrixInput } from '../core/matrix.ts';
import { ifRoom, lend } from '../core/room.ts';
import type { CalibrationNotion } from '../metrics/measure.ts';
import { type MeasureSample, readSample } from '../metrics/measure-sample.ts';
import type { MeasureName } from '../metrics/registry.ts';
import { consistencyWithRoom } from './consistency-test.ts';
import { coxTestOfSample } from './cox-test.ts';
import { cumulativeTestsOfSample } from './cumulative-tests.ts';
import { holmAdjusted } from './holm.ts';
import { kernelTestOfSample } from './kernel-test.ts';
import {
  type ChosenMeasures,
  type DrawnOptions,
  drawnOptionNames,
  layoutOf,
  measuresNamed,
  seedOf,
} from './sample-options.ts';
import { fewestClusters } from './score-test.ts';
import { spiegelhalterOfSample } from './spiegelhalter-test.ts';
import { temperatureTestOfSample } from './temperature-test-of-sample.ts';

/** Options of {@link calibrationTests}. */
export interface CalibrationTestOptions extends DrawnOptions, Omit<ChosenMeasures, 'measures'> {
  /**
   * Random draws behind each resampling test, a whole number 19..100000. Default 999. No p-value of such a test is below
   * 1/(draws + 1), and Holm's correction multiplies it by up to the number of tests.
   */
  readonly draws?: number;
  /**
   * N names of clusters, such as patients, whose rows may depend on one another, 20 clusters or more. Default: rows are
   * independent.
   */
  readonly clusters?: readonly (string | number)[];
}

/** How a p-value was found. */
export type TestMethod =
  /** From the normal distribution, for many rows. */
  | 'normal'
  /** From the distribution of a Brownian motion, for many rows. */
  | 'brownian'
  /** By labels drawn from the probabilities. */
  | 'consistency-resampling'
  /** By signs drawn for the rows, or for the clusters. */
  | 'wild-bootstrap'
  /** From the chi-squared distribution, for many rows. */
  | 'chi-squared'
  /** From the chi-squared distribution, with the observed covariance within clusters. */
  | 'cluster-robust';

/** One test of the hypothesis that the probabilities are calibrated. */
export interface CalibrationTest {
  readonly name: string;
  readonly title: string;
  /** What is tested: a model can pass one notion and fail another. */
  readonly notion: CalibrationNotion;
  readonly method: TestMethod;
  readonly statistic: number | null;
  /** Chance of so large a statistic if the model is calibrated; `null` where the test cannot be made. */
  readonly pValue: number | null;
  /** The p-value after Holm's correction for all tests of the call. */
  readonly adjusted: number | null;
  /** Smallest p-value that the draws allow, 1/(draws + 1); `null` of tests without draws. */
  readonly leastPValue: number | null;
  /** Rows used. */
  readonly rows: number;
}

/** A measure, its title, and the name of its test where that is another. */
type Resampled = readonly [MeasureName, string, string?];

const resampled = [
  ['expected-calibration-error', 'expected calibration error'],
  ['classwise-calibration-error', 'class-wise calibration error'],
  ['corp-miscalibration', 'CORP miscalibration'],
] as const satisfies readonly Resampled[];

/**
 * Tests of calibration: the likelihood-ratio test of T = 1, Cox's test of class intercepts and slope, Spiegelhalter's on
 * the Brier score, Kolmogorov-Smirnov and Kuiper on the running sum, consistency resampling of the expected and the
 * class-wise calibration error and of the CORP miscalibration, and the kernel test of all probabilities together.
 *
 * Tests that are one and the same count once: with two classes Spiegelhalter's test of all classes is that of the
 * confidence, and with `binary: 'positive'` the class-wise error is the expected calibration error.
 *
 * With `clusters` no test takes rows to be independent: sums are compared with their spread between clusters, and the
 * resampling tests draw signs for clusters instead of labels for rows.
 *
 * With enough rows every real model fails; read the sizes of the errors too.
 *
 * @param scores N×K probabilities, or logits as `input` says; one column is the probability of class 1, or its logit.
 * @param labels N class indices, 0-based.
 * @throws CalibrationError `E_OPTION`, `E_ABORTED`, `E_PROB_RANGE`, `E_PROB_SUM`, `E_LOGIT_NAN`, `E_LOGIT_NEGINF`, or
 * one of the label and weight codes.
 *
 * Cost O(draws·N·K) and O(draws·10⁶) for the kernel test, whose pairs take 8 MB.
 *
 * @example
 * ```ts
 * import { calibrationTests } from 'calibrant';
 *
 * const tests = calibrationTests(Array(40).fill([0.9, 0.1]), Array(40).fill(1), { draws: 99 });
 * assert.ok(tests.every(({ pValue }) => pValue! <= 0.01));
 * ```
 */
export function calibrationTests(
  scores: MatrixInput,
  labels: LabelInput,
  options: CalibrationTestOptions = {},
): readonly CalibrationTest[] {
  checkOptionNames(options, [...drawnOptionNames, 'bins', 'scheme', 'edges', 'draws', 'clusters']);
  const { draws = 999 } = options;
  checkWhole('draws', draws, 19, 100_000);
  return testsOfSample(readSample(scores, labels, options), { ...options, draws, seed: seedOf(options) });
}

type Made = Omit<CalibrationTest, 'adjusted'>;
type TestPlan = CalibrationTestOptions & { readonly draws: number; readonly seed: number };

/** {@link calibrationTests} of a checked sample. */
export function testsOfSample(sample: MeasureSample, options: TestPlan): readonly CalibrationTest[] {
  const { rows } = sample.source;
  const clusters =
    options.clusters === undefined ? undefined : clusterNumbers(options.clusters, rows, sample.weights);
  if (clusters !== undefined && clusters.count < fewestClusters) {
    throw new CalibrationError('E_OPTION', {
      what: `option "clusters" names ${clusters.count} clusters; tests need ${fewestClusters} or more`,
      value: clusters.count,
    });
  }
  const made: readonly Made[] = [
    temperatureTests(sample, options),
    cox(sample, clusters),
    ...spiegelhalterTests(sample, clusters),
    ...(clusters === undefined ? cumulative(sample) : []),
    ...consistency(sample, options),
    kernel(sample, options, clusters),
  ];
  const adjusted = holmAdjusted(made.map(({ pValue }) => pValue));
  return made.map((test, at) => ({ ...test, adjusted: adjusted[at]! }));
}

function temperatureTests(sample: MeasureSample, { clusters, signal }: TestPlan): Made {
  const test = temperatureTestOfSample(sample, {
    ...(clusters === undefined ? {} : { clusters }),
    ...(signal === undefined ? {} : { signal }),
  });
  return {
    name: 'temperature',
    title: 'Likelihood ratio of T = 1',
    notion: 'canonical',
    method: clusters === undefined ? 'chi-squared' : 'cluster-robust',
    statistic: test?.statistic ?? null,
    pValue: test?.pValue ?? null,
    leastPValue: null,
    rows: sample.source.rows,
  };
}

function cox(sample: MeasureSample, clusters: ClusterNumbers | undefined): Made {
  const { statistic, pValue, degreesOfFreedom } = coxTestOfSample(sample, clusters);
  return {
    name: 'cox',
    title: `Cox, intercepts and slope (${degreesOfFreedom} df)`,
    notion: 'canonical',
    method: clusters === undefined ? 'chi-squared' : 'cluster-robust',
    statistic,
    pValue,
    leastPValue: null,
    rows: sample.source.rows,
  };
}

function spiegelhalterTests(sample: MeasureSample, clusters: ClusterNumbers | undefined): readonly Made[] {
  // With two classes both notions have the same Z.
  const notions =
    sample.source.classes === 2 ? (['canonical'] as const) : (['canonical', 'confidence'] as const);
  return notions.map((notion) => {
    const { z, pValue } = spiegelhalterOfSample(sample, notion, clusters);
    return {
      name: notion === 'canonical' ? 'spiegelhalter' : 'spiegelhalter-confidence',
      title: `Spiegelhalter's Z, ${notion === 'canonical' ? 'all classes' : 'confidence'}`,
      notion,
      method: clusters === undefined ? 'normal' : 'cluster-robust',
      statistic: z,
      pValue,
      leastPValue: null,
      rows: sample.source.rows,
    };
  });
}

function cumulative(sample: MeasureSample): readonly Made[] {
  const { kolmogorovSmirnov, kuiper } = cumulativeTestsOfSample(sample);
  const common = {
    notion: 'confidence',
    method: 'brownian',
    leastPValue: null,
    rows: sample.source.rows,
  } as const;
  return [
    { ...common, name: 'kolmogorov-smirnov', title: 'Kolmogorov-Smirnov, running sum', ...kolmogorovSmirnov },
    { ...common, name: 'kuiper', title: 'Kuiper, running sum', ...kuiper },
  ];
}

/** The measures that are resampled: the running sums among them where no Brownian motion is their limit. */
function resampledMeasures({ source, binary }: MeasureSample, areClustered: boolean): readonly Resampled[] {
  const running: readonly Resampled[] = [
    ['kolmogorov-smirnov-calibration-error', 'Kolmogorov-Smirnov, running sum', 'kolmogorov-smirnov'],
    ['kuiper-calibration-error', 'Kuiper, running sum', 'kuiper'],
  ];
  const errors = resampled.filter(
    ([name]) => !(name === 'classwise-calibration-error' && source.classes === 2 && binary === 'positive'),
  );
  return areClustered ? [...running, ...errors] : errors;
}

function consistency(sample: MeasureSample, options: TestPlan): readonly Made[] {
  const { clusters, draws } = options;
  const tested = resampledMeasures(sample, clusters !== undefined);
  const chosen = measuresNamed(tested.map(([name]) => name));
  const results = consistencyWithRoom(sample, chosen, { ...options, level: 0.95 });
  // Running sums are divided by the same scale as without clusters; draws alone allow for those.
  const scaled = new Map(
    clusters === undefined ? [] : cumulative(sample).map(({ name, statistic }) => [name, statistic]),
  );
  return tested.map(([name, title, short = name], at) => {
    const { notion, compute } = chosen[at]!;
    const { value, pValue } = results[at] ?? { value: compute(sample, layoutOf(options)), pValue: null };
    return {
      name: short,
      title,
      notion,
      method: clusters === undefined ? 'consistency-resampling' : 'wild-bootstrap',
      statistic: scaled.has(short) ? scaled.get(short)! : value,
      pValue,
      leastPValue: 1 / (draws + 1),
      rows: sample.source.rows,
    };
  });
}

function kernel(sample: MeasureSample, options: TestPlan, clusters: ClusterNumbers | undefined): Made {
  const found = lend(sample.source.room, () => ifRoom(() => kernelTestOfSample(sample, options, clusters)));
  return {
    name: 'kernel',
    title: 'squared kernel calibration error',
    notion: 'canonical',
    method: 'wild-bootstrap',
    leastPValue: 1 / (options.draws + 1),
    ...(found ?? { statistic: null, pValue: null, rows: 0 }),
  };
}
