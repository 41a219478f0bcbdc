import { describe, expect, test } from 'vitest';
import { accuracy } from '../../../src/metrics/accuracy.ts';
import { brierScore } from '../../../src/metrics/brier-score.ts';
import { classwiseCalibrationError } from '../../../src/metrics/classwise-calibration-error.ts';
import { confidenceHistogram } from '../../../src/metrics/confidence-histogram.ts';
import { expectedCalibrationError } from '../../../src/metrics/expected-calibration-error.ts';
import { maximumCalibrationError } from '../../../src/metrics/maximum-calibration-error.ts';
import { meanConfidence } from '../../../src/metrics/mean-confidence.ts';
import { negativeLogLikelihood } from '../../../src/metrics/negative-log-likelihood.ts';
import { reliabilityBins } from '../../../src/metrics/reliability-bins.ts';
import beta from '../../reference/incomplete-beta.json' with { type: 'json' };

const measures = {
  accuracy,
  brierScore,
  classwiseCalibrationError,
  confidenceHistogram,
  expectedCalibrationError,
  maximumCalibrationError,
  meanConfidence,
  negativeLogLikelihood,
  reliabilityBins,
};

describe.each(Object.entries(measures))('%s', (_, measure) => {
  test('refuses what is no probability', () => {
    expect(() =>
      measure(
        [
          [0.5, 0.5],
          [Number.NaN, 1],
        ],
        [0, 0],
      ),
    ).toThrow('E_PROB_RANGE: row index 1: probability NaN of class 0 is outside 0..1.');
    expect(() => measure([[1.2, -0.2]], [0])).toThrow(
      'E_PROB_RANGE: row index 0: probability 1.2 of class 0 is outside 0..1.',
    );
    expect(() => measure([[0.5, -0.5]], [0])).toThrow(
      'E_PROB_RANGE: row index 0: probability -0.5 of class 1 is outside 0..1.',
    );
  });

  test('refuses rows that do not sum to 1', () => {
    expect(() =>
      measure(
        [
          [1, 0],
          [0.3, 0.2],
        ],
        [0, 0],
      ),
    ).toThrow('E_PROB_SUM: row index 1: probabilities sum to 0.5, expected 1.');
    expect(() => measure([[0.7312345, 0.2667654]], [0])).toThrow(
      'E_PROB_SUM: row index 0: probabilities sum to 0.998, expected 1.',
    );
  });

  test('takes rows off by 1e-3, and rounded tables off by half a unit per class', () => {
    expect(() => measure([[0.7312345, 0.2680655]], [0])).not.toThrow();
    expect(() => measure([[0.33, 0.33, 0.33]], [0])).not.toThrow();
  });

  test('refuses labels and rows that do not fit', () => {
    expect(() => measure([[0.5, 0.5]], [2])).toThrow(
      'E_LABEL_RANGE: row index 0: label 2 is outside 0..1 (2 classes).',
    );
    expect(() => measure([[0.5, 0.5]], [0, 1])).toThrow('E_ROWS: scores have 1 rows, labels have 2.');
    expect(() => measure([], [])).toThrow('E_TOO_FEW: 0 rows; at least 1 is needed.');
  });

  test('refuses unknown options', () => {
    expect(() => measure([[0.5, 0.5]], [0], { bin: 3, binz: 3 } as object)).toThrow(
      'E_OPTION: unknown option "bin"',
    );
  });

  test('takes one column as the probability of class 1', () => {
    expect(measure([0.25, 0.625], [0, 1])).toEqual(
      measure(
        [
          [0.75, 0.25],
          [0.375, 0.625],
        ],
        [0, 1],
      ),
    );
  });
});

describe.each(
  Object.entries({
    reliabilityBins,
    expectedCalibrationError,
    maximumCalibrationError,
    classwiseCalibrationError,
    confidenceHistogram,
  }),
)('%s', (_, measure) => {
  test.each([0, -1, 1.5, Number.NaN, 1e9])('refuses %d bins', (bins) => {
    expect(() => measure([[0.5, 0.5]], [0], { bins })).toThrow(
      `E_BINS: bins must be a whole number 1..10000, got ${bins}.`,
    );
  });
});

test('schemes, edges and levels are refused by name', () => {
  const withOptions = (options: object) => () => reliabilityBins([[0.5, 0.5]], [0], options);
  expect(withOptions({ scheme: 'equal' })).toThrow(
    'E_OPTION: option "scheme" must be one of equal-width, equal-mass, got "equal".',
  );
  expect(withOptions({ edges: 'open' })).toThrow(
    'E_OPTION: option "edges" must be one of right-closed, left-closed, got "open".',
  );
  expect(withOptions({ level: 95 })).toThrow(
    'E_OPTION: option "level" must be a number in 0.5..0.9999, got 95.',
  );
  expect(withOptions({ weights: [-1] })).toThrow(
    'E_WEIGHT_NEGATIVE: row index 0: weight -1; weights must be 0 or more.',
  );
});

describe('negativeLogLikelihood', () => {
  test('is infinite at a true class of probability 0, unless the row weighs nothing', () => {
    expect(
      negativeLogLikelihood(
        [
          [1, 0],
          [0.5, 0.5],
        ],
        [1, 0],
      ),
    ).toBe(Number.POSITIVE_INFINITY);
    expect(
      negativeLogLikelihood(
        [
          [1, 0],
          [0.5, 0.5],
        ],
        [1, 0],
        { weights: [0, 1] },
      ),
    ).toBe(Math.LN2);
  });

  test('keeps the digits of confident logits', () => {
    // ln(1 + e^-50) = e^-50 − e^-100/2 + …
    expect(negativeLogLikelihood([[50, 0]], [0], { input: 'logits' })).toBe(Math.exp(-50));
    expect(negativeLogLikelihood([[1e6, 0]], [1], { input: 'logits' })).toBe(1e6);
  });

  test('allows masked classes and one column of logits', () => {
    const masked = negativeLogLikelihood([[0, Number.NEGATIVE_INFINITY, 0]], [0], { input: 'logits' });
    expect(masked).toBe(Math.LN2);
    expect(negativeLogLikelihood([[0, Number.NEGATIVE_INFINITY]], [1], { input: 'logits' })).toBe(
      Number.POSITIVE_INFINITY,
    );
    expect(negativeLogLikelihood([1.5], [0], { input: 'logits' })).toBe(
      negativeLogLikelihood([[0, 1.5]], [0], { input: 'logits' }),
    );
  });

  test('refuses logits that are no number or all masked', () => {
    const of = (row: number[]) => () => negativeLogLikelihood([row], [0], { input: 'logits' });
    expect(of([0, Number.NaN])).toThrow('E_LOGIT_NAN: row index 0: logit NaN of class 1.');
    expect(of([0, Number.POSITIVE_INFINITY])).toThrow('E_LOGIT_NAN: row index 0: logit Infinity of class 1.');
    expect(of([Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY])).toThrow(
      'E_LOGIT_NEGINF: row index 0: every class has logit -Infinity.',
    );
  });
});

test('empty bins hold null and no NaN reaches the table', () => {
  const table = reliabilityBins([[0.9, 0.1]], [0]);
  expect(JSON.stringify(table)).not.toContain('NaN');
  expect(table.bins[0]).toEqual({
    low: 0,
    high: 1 / 15,
    count: 0,
    weight: 0,
    confidence: null,
    accuracy: null,
    gap: null,
    interval: null,
  });
});

test('a bin of rows that weigh nothing counts them and has no means', () => {
  const { bins } = reliabilityBins(
    [
      [0.9, 0.1],
      [0.7, 0.3],
    ],
    [0, 0],
    { bins: 5, weights: [1, 0] },
  );
  expect(bins.map(({ count }) => count)).toEqual([0, 0, 0, 1, 1]);
  expect(bins[3]?.accuracy).toBeNull();
});

test("Clopper-Pearson intervals are the binomial test's, and the rule says so", () => {
  const table = reliabilityBins(Array(10).fill([0.9, 0.1]), [0, 0, 0, 0, 0, 0, 0, 0, 1, 1], {
    bins: 1,
    interval: 'clopper-pearson',
  });
  expect(table.rule.interval).toBe('clopper-pearson');
  const [low, high] = table.bins[0]!.interval!;
  const [, , , wantedLow, wantedHigh] = beta.intervals.find(([s, n]) => s === 8 && n === 10)!;
  expect(Math.abs(low - wantedLow!)).toBeLessThanOrEqual(1e-12);
  expect(Math.abs(high - wantedHigh!)).toBeLessThanOrEqual(1e-12);
  expect(reliabilityBins([[0.9, 0.1]], [0]).rule).not.toHaveProperty('interval');
});
