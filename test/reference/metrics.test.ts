import { describe, expect, test } from 'vitest';
import { accuracy } from '../../src/metrics/accuracy.ts';
import { brierScore } from '../../src/metrics/brier-score.ts';
import { classwiseCalibrationError } from '../../src/metrics/classwise-calibration-error.ts';
import { eceOfBins, expectedCalibrationError } from '../../src/metrics/expected-calibration-error.ts';
import { mceOfBins } from '../../src/metrics/maximum-calibration-error.ts';
import { meanConfidence } from '../../src/metrics/mean-confidence.ts';
import { negativeLogLikelihood } from '../../src/metrics/negative-log-likelihood.ts';
import { type BinClosure, type BinScheme, reliabilityBins } from '../../src/metrics/reliability-bins.ts';
import reference from './metrics.json' with { type: 'json' };

/** Sums of at most 120 terms below 3, compared with exact fractions: a few roundings. */
const tolerance = 2e-15;

const apart = (a: number, b: number): number => Math.abs(a - b);

describe.each(reference.sets)('$name', ({ probabilities, labels, weights, expected }) => {
  const options = weights === null ? {} : { weights };

  test('means over rows agree with NumPy and scikit-learn', () => {
    expect(accuracy(probabilities, labels, options)).toBe(expected.accuracy);
    expect(apart(meanConfidence(probabilities, labels, options), expected.meanConfidence)).toBeLessThan(
      tolerance,
    );
    expect(apart(brierScore(probabilities, labels, options), expected.brier)).toBeLessThan(tolerance);
    expect(apart(negativeLogLikelihood(probabilities, labels, options), expected.nll)).toBeLessThan(
      tolerance,
    );
  });

  test.each(expected.tables)('the table of $bins $scheme bins, $edges, agrees bin by bin', (wanted) => {
    const table = reliabilityBins(probabilities, labels, {
      ...options,
      bins: wanted.bins,
      scheme: wanted.scheme as BinScheme,
      edges: wanted.edges as BinClosure,
    });
    expect(table.bins.map(({ count }) => count)).toEqual(wanted.rows.map(({ count }) => count));
    for (const [b, bin] of table.bins.entries()) {
      const row = wanted.rows[b]!;
      expect(apart(bin.weight, row.weight)).toBeLessThan(100 * tolerance);
      expect(bin.confidence === null).toBe(row.confidence === null);
      expect(apart(bin.confidence ?? 0, row.confidence ?? 0)).toBeLessThan(tolerance);
      expect(apart(bin.accuracy ?? 0, row.accuracy ?? 0)).toBeLessThan(tolerance);
    }
    expect(apart(eceOfBins(table), wanted.ece)).toBeLessThan(tolerance);
    expect(apart(mceOfBins(table), wanted.mce)).toBeLessThan(tolerance);
  });

  test.each(expected.classwise)(
    'class-wise error over $bins $scheme bins agrees class by class',
    (wanted) => {
      const error = classwiseCalibrationError(probabilities, labels, {
        ...options,
        bins: wanted.bins,
        scheme: wanted.scheme as BinScheme,
      });
      for (const [k, value] of error.perClass.entries()) {
        expect(apart(value, wanted.perClass[k]!)).toBeLessThan(tolerance);
      }
      const sum = wanted.perClass.reduce((total, value) => total + value, 0);
      expect(apart(error.mean, sum / wanted.perClass.length)).toBeLessThan(tolerance);
    },
  );
});

test('a 12-row set with published values agrees with scikit-learn and verified_calibration', () => {
  // Values by scikit-learn 1.2 (log loss, curve) and verified_calibration (equal mass), as printed by them.
  const logits = [
    [2, 0.5, -1],
    [0.1, 1.2, 0.3],
    [-0.5, 0, 2.5],
    [1.5, 1.4, 0],
    [3, -1, 0.2],
    [0, 2.2, -0.7],
    [0.4, 0.3, 0.9],
    [2.8, 2, -2],
    [-1, 0.5, 0.6],
    [1, 0, 0],
    [0.2, 0.1, 3.1],
    [0, 1.9, 1.1],
  ];
  const labels = [0, 1, 2, 1, 0, 1, 0, 0, 2, 0, 2, 2];
  const probabilities = logits.map((row) => {
    const total = row.reduce((sum, z) => sum + Math.exp(z), 0);
    return row.map((z) => Math.exp(z) / total);
  });
  const printed = 1e-14;
  expect(apart(negativeLogLikelihood(logits, labels, { input: 'logits' }), 0.5261483868449437)).toBeLessThan(
    printed,
  );
  expect(accuracy(probabilities, labels)).toBe(0.75);
  expect(apart(brierScore(probabilities, labels), 0.30275672079953025)).toBeLessThan(printed);
  for (const [bins, ece] of [
    [5, 0.08037224761360237],
    [10, 0.18420003970638074],
    [15, 0.2457535282112039],
  ] as const) {
    expect(apart(expectedCalibrationError(probabilities, labels, { bins }), ece)).toBeLessThan(printed);
  }
  const equalMass = expectedCalibrationError(probabilities, labels, { bins: 5, scheme: 'equal-mass' });
  expect(apart(equalMass, 0.13228176667105362)).toBeLessThan(printed);
});
