import { notice } from '../../../src/core/notices.ts';
import type { TemperatureModel } from '../../../src/core/temperature-model.ts';
import type { ConfidenceTest, Evaluation, Figures } from '../../../src/evaluation/evaluation.ts';
import type { ReliabilityBins } from '../../../src/metrics/reliability-bins.ts';
import type { ReportInput } from '../../../src/report/report-types.ts';
import { eceOf, overconfident, softened } from '../plots/sample-bins.ts';

const classNames = ['cat', 'dog', 'fox', 'hare', 'lynx'];

function figuresOf(
  reliability: ReliabilityBins,
  rest: Pick<Figures, 'nll' | 'brier' | 'classwise'>,
): Figures {
  const { bins, count } = reliability;
  const sum = (of: (bin: (typeof bins)[number]) => number): number =>
    bins.reduce((total, bin) => total + (bin.count === 0 ? 0 : bin.count * of(bin)), 0);
  return {
    ...rest,
    infiniteRows: 0,
    accuracy: sum(({ accuracy }) => accuracy!) / count,
    frequency: sum(({ accuracy }) => accuracy!) / count,
    meanConfidence: sum(({ confidence }) => confidence!) / count,
    gapError: 0.0069,
    ece: eceOf(reliability),
    eceNoise: 0.0121,
    eceNoiseLimit: 0.0174,
    eceDebiased: eceOf(reliability) - 0.0041,
    mce: Math.max(...bins.map(({ gap }) => Math.abs(gap ?? 0))),
    eceEqualMass: eceOf(reliability) + 0.0011,
    equalMassBins: 15,
    classwiseEce: rest.classwise.reduce((total, error) => total + error, 0) / rest.classwise.length,
    reliability,
    confidenceHistogram: {
      all: [0, 0, 0, 0, 2, 11, 28, 50, 60, 71, 82, 83, 85, 87, 98, 104, 150, 222, 310, 1557],
      correct: [0, 0, 0, 0, 1, 5, 11, 20, 25, 33, 38, 42, 47, 52, 61, 71, 112, 171, 255, 1481],
    },
  };
}

const before = figuresOf(overconfident, {
  nll: 0.7121,
  brier: 0.3014,
  classwise: [0.0219, 0.0312, 0.0178, 0.0401, 0.0254],
});
const after = figuresOf(softened, {
  nll: 0.5234,
  brier: 0.2811,
  classwise: [0.0131, 0.0142, 0.0109, 0.0228, 0.0137],
});

const test: ConfidenceTest = {
  method: 'likelihood-ratio',
  statistic: 951.5,
  degreesOfFreedom: 1,
  pValue: 3e-209,
  temperature: 1.79,
  direction: 'overconfident',
  clusters: null,
};

const noSign: ConfidenceTest = { ...test, statistic: 0.62, pValue: 0.43, temperature: 1.01 };

/** An overconfident classifier of 3,000 rows and 5 classes, mended by a temperature of 1.83. */
export const evaluation: Evaluation = {
  judgement: 'held-out',
  rows: 3000,
  classes: 5,
  classNames,
  input: 'logits',
  binary: 'confidence',
  before,
  after,
  changes: {
    nll: {
      before: 0.7121,
      after: 0.5234,
      difference: -0.1887,
      interval: [-0.2193, -0.1602],
      withinNoise: false,
      standardError: 0.01,
      pValue: 0.02,
      adjusted: 0.02,
    },
    brier: {
      before: 0.3014,
      after: 0.2811,
      difference: -0.0203,
      interval: [-0.0251, -0.0159],
      withinNoise: false,
      standardError: 0.01,
      pValue: 0.02,
      adjusted: 0.02,
    },
    ece: {
      before: before.ece,
      after: after.ece,
      difference: after.ece - before.ece,
      interval: [-0.069, -0.041],
      withinNoise: false,
      standardError: 0.01,
      pValue: 0.02,
      adjusted: 0.02,
    },
    eceDebiased: {
      before: before.eceDebiased,
      after: after.eceDebiased,
      difference: after.eceDebiased - before.eceDebiased,
      interval: [-0.069, -0.041],
      withinNoise: false,
      standardError: 0.01,
      pValue: 0.02,
      adjusted: 0.02,
    },
  },
  bootstrap: { resamples: 2000, seed: 1, level: 0.95, method: 'rows' },
  temperature: 1.8312345678901234,
  foldTemperatures: null,
  savedTemperature: 1.8312345678901234,
  test,
  notices: [],
  verdict: {
    outcome: 'improved',
    direction: 'overconfident',
    headline:
      'Overconfident by 6.4 points (p < 0.0001); T = 1.83 lowers the NLL (0.712 to 0.523 nats) and the debiased ECE (6.1% to 1.8%).',
    details: [
      'Evaluated on 3,000 rows of a set other than the one fitted.',
      'Changes with their 95% intervals: NLL -0.189 nats (-0.219 to -0.16).',
      'The ECE after calibration is 2.2%, beyond noise; the reliability table shows where.',
    ],
    test,
  },
};

export const calibrator: TemperatureModel = {
  type: 'temperature',
  input: 'logits',
  classes: 5,
  status: 'converged',
  message: 'T = 1.831 is the unique optimum.',
  temperature: 1.8312345678901234,
  rows: 2500,
  totalWeight: 2500,
  nll: { before: 0.7204, after: 0.5301 },
  certificate: {
    slope: -1.2e-16,
    curvature: 1.94,
    bracket: [1.8312345678901232, 1.8312345678901236],
    kappa: 11.2,
    evaluations: 14,
    iterations: 9,
  },
  uncertainty: {
    standardError: 0.0413,
    level: 0.95,
    waldInterval: [1.752, 1.914],
    profileInterval: [1.753, 1.9147],
    likelihoodRatio: { statistic: 951.5, pValue: 3e-209 },
  },
};

/** NLL over temperatures from 0.5 to 8, with its minimum at the sample's temperature. */
export const nllCurve = Array.from({ length: 41 }, (_, i) => {
  const temperature = 0.5 * 2 ** (i / 10);
  const distance = Math.log(temperature / 1.8312345678901234);
  return { temperature, nll: 0.5301 + 0.5 * distance * distance };
});

export const sampleInput: ReportInput = {
  title: 'Animals, test split',
  evaluation,
  calibrator,
  sources: [
    {
      role: 'fit',
      name: 'validation.csv',
      rows: 2500,
      hash: '5f2c0d0e4b6a1b1f0c5d8e9f7a6b3c2d1e0f9a8b7c6d5e4f3a2b1c0d9e8f7a6b',
      columns: '5 logit columns cat..lynx, label column "label"',
    },
    {
      role: 'judge',
      name: 'test.csv',
      rows: 3000,
      columns: '5 logit columns cat..lynx, label column "label"',
    },
  ],
  conventions: { toolVersion: '0.1.0' },
  nllCurve,
};

/** The same scores as they came: nothing was applied. */
export const plainInput: ReportInput = {
  title: 'Animals, test split',
  evaluation: {
    ...evaluation,
    judgement: 'uncalibrated',
    after: null,
    changes: null,
    bootstrap: null,
    temperature: null,
    savedTemperature: null,
    verdict: {
      outcome: 'as-is',
      direction: 'overconfident',
      headline:
        'Overconfident by 6.4 points (p < 0.0001): ECE 6.5%, where noise alone would give about 1.2%.',
      details: ['No calibrator was applied to these 3,000 rows.'],
      test,
    },
  },
  sources: [{ role: 'judge', name: 'test.csv', rows: 3000 }],
  conventions: { toolVersion: '0.1.0' },
};

/** A cross-fitted evaluation in which nothing moves beyond noise, one NLL is infinite, and there are warnings. */
export const doubtfulInput: ReportInput = {
  title: 'Control',
  evaluation: {
    ...evaluation,
    judgement: 'cross-fitted',
    before: { ...before, nll: null, infiniteRows: 3 },
    after: { ...after, nll: null, infiniteRows: 3 },
    changes: {
      nll: {
        before: null,
        after: null,
        difference: null,
        interval: null,
        withinNoise: true,
        standardError: null,
        pValue: null,
        adjusted: null,
      },
      brier: {
        before: 0.3014,
        after: 0.3012,
        difference: -0.0002,
        interval: [-0.0011, 0.0006],
        withinNoise: true,
        standardError: 0.01,
        pValue: 0.02,
        adjusted: 0.02,
      },
      ece: {
        before: 0.0131,
        after: 0.0144,
        difference: 0.0013,
        interval: [-0.002, 0.0049],
        withinNoise: true,
        standardError: 0.01,
        pValue: 0.02,
        adjusted: 0.02,
      },
      eceDebiased: {
        before: 0.0131,
        after: 0.0144,
        difference: 0.0013,
        interval: [-0.002, 0.0049],
        withinNoise: true,
        standardError: 0.01,
        pValue: 0.02,
        adjusted: 0.02,
      },
    },
    temperature: null,
    savedTemperature: 1.012,
    test: noSign,
    foldTemperatures: [1.01, 1.03, 0.99, 1.02, 1.01],
    notices: [
      notice('W_BINS_MERGED', '15 equal-mass bins asked, 9 made because 412 rows share the same confidence.'),
      notice('W_FEW_ROWS', '80 rows; 100 or more are advised.', { file: 'control.csv' }),
    ],
    verdict: {
      outcome: 'unchanged',
      direction: 'balanced',
      headline:
        'No sign of over- or underconfidence (p = 0.43); the change by T = 1.01 is within noise: keep the scores as they are.',
      details: ['Evaluated by cross-fitting: each of 3,000 rows by a calibrator fitted without it.'],
      test: noSign,
    },
  },
  sources: [{ role: 'fit-and-judge', name: 'control.csv', rows: 3000 }],
  conventions: { toolVersion: '0.1.0', notes: ['2 rows with missing cells were left out.'] },
};
