import { checkOptionNames, checkWhole } from '../core/checks.ts';
import type { LabelInput } from '../core/labels.ts';
import type { MatrixInput } from '../core/matrix.ts';
import { ifRoom, lend } from '../core/room.ts';
import type { CalibrationNotion } from '../metrics/measure.ts';
import { type MeasureSample, readSample } from '../metrics/measure-sample.ts';
import type { MeasureName } from '../metrics/registry.ts';
import { consistencyWithRoom } from './consistency-test.ts';
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
import { spiegelhalterOfSample } from './spiegelhalter-test.ts';

/** Options of {@link calibrationTests}. */
export interface CalibrationTestOptions extends DrawnOptions, Omit<ChosenMeasures, 'measures'> {
  /** Random draws behind each resampling test, a whole number 19..100000. Default 999. */
  readonly draws?: number;
}

/** How a p-value was found. */
export type TestMethod =
  /** From the normal distribution, for many rows. */
  | 'normal'
  /** From the distribution of a Brownian motion, for many rows. */
  | 'brownian'
  /** By labels drawn from the probabilities. */
  | 'consistency-resampling'
  /** By signs drawn for the rows. */
  | 'wild-bootstrap';

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
  /** Rows used. */
  readonly rows: number;
}

const resampled = [
  ['expected-calibration-error', 'expected calibration error'],
  ['classwise-calibration-error', 'class-wise calibration error'],
  ['corp-miscalibration', 'CORP miscalibration'],
] as const satisfies readonly (readonly [MeasureName, string])[];

/**
 * Tests of calibration: Spiegelhalter's on the Brier score, Kolmogorov-Smirnov and Kuiper on the running sum,
 * consistency resampling of the expected and the class-wise calibration error and of the CORP miscalibration, and the
 * kernel test of all probabilities together.
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
  checkOptionNames(options, [...drawnOptionNames, 'bins', 'scheme', 'edges', 'draws']);
  const { draws = 999 } = options;
  checkWhole('draws', draws, 19, 100_000);
  return testsOfSample(readSample(scores, labels, options), { ...options, draws, seed: seedOf(options) });
}

/** {@link calibrationTests} of a checked sample. */
export function testsOfSample(
  sample: MeasureSample,
  options: CalibrationTestOptions & { readonly draws: number; readonly seed: number },
): readonly CalibrationTest[] {
  const { rows } = sample.source;
  const made: Omit<CalibrationTest, 'adjusted'>[] = [
    ...spiegelhalterTests(sample, rows),
    ...cumulative(sample, rows),
    ...consistency(sample, rows, options),
    {
      name: 'kernel',
      title: 'squared kernel calibration error',
      notion: 'canonical',
      method: 'wild-bootstrap',
      ...(lend(sample.source.room, () => ifRoom(() => kernelTestOfSample(sample, options))) ?? {
        statistic: null,
        pValue: null,
        rows: 0,
      }),
    },
  ];
  const adjusted = holmAdjusted(made.map(({ pValue }) => pValue));
  return made.map((test, at) => ({ ...test, adjusted: adjusted[at]! }));
}

function spiegelhalterTests(sample: MeasureSample, rows: number): Omit<CalibrationTest, 'adjusted'>[] {
  return (['canonical', 'confidence'] as const).map((notion) => {
    const { z, pValue } = spiegelhalterOfSample(sample, notion);
    return {
      name: notion === 'canonical' ? 'spiegelhalter' : 'spiegelhalter-confidence',
      title: `Spiegelhalter's Z, ${notion === 'canonical' ? 'all classes' : 'confidence'}`,
      notion,
      method: 'normal',
      statistic: z,
      pValue,
      rows,
    };
  });
}

function cumulative(sample: MeasureSample, rows: number): Omit<CalibrationTest, 'adjusted'>[] {
  const { kolmogorovSmirnov, kuiper } = cumulativeTestsOfSample(sample);
  const common = { notion: 'confidence', method: 'brownian', rows } as const;
  return [
    { ...common, name: 'kolmogorov-smirnov', title: 'Kolmogorov-Smirnov, running sum', ...kolmogorovSmirnov },
    { ...common, name: 'kuiper', title: 'Kuiper, running sum', ...kuiper },
  ];
}

function consistency(
  sample: MeasureSample,
  rows: number,
  options: CalibrationTestOptions & { readonly draws: number; readonly seed: number },
): Omit<CalibrationTest, 'adjusted'>[] {
  const chosen = measuresNamed(resampled.map(([name]) => name));
  return consistencyWithRoom(sample, chosen, { ...options, level: 0.95 }).map((result, at) => {
    const { name, notion, compute } = chosen[at]!;
    const { value, pValue } = result ?? { value: compute(sample, layoutOf(options)), pValue: null };
    const title = resampled[at]![1];
    return { name, title, notion, method: 'consistency-resampling', statistic: value, pValue, rows };
  });
}
