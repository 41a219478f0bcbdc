import { describe, expect, test } from 'vitest';
import { corpDecomposition } from '../../../src/metrics/corp-decomposition.ts';
import { expectedCost } from '../../../src/metrics/expected-cost.ts';
import { murphyDecomposition } from '../../../src/metrics/murphy-decomposition.ts';
import { netBenefit } from '../../../src/metrics/net-benefit.ts';
import { rankedProbabilityScore } from '../../../src/metrics/ranked-probability-score.ts';
import { coverageAtRisk, riskAtCoverage } from '../../../src/metrics/selective-operating-points.ts';

const rows = [
  [0.75, 0.25],
  [0.5, 0.5],
];

describe('expectedCost', () => {
  test('refuses costs of another shape, and costs that are no numbers', () => {
    expect(() => expectedCost(rows, [0, 1], { costs: [[0, 1]] })).toThrow(
      'E_SHAPE: option "costs" has 1 rows and 2 columns; expected 2 rows, one per class, and a column per action.',
    );
    const costs = [
      [0, Number.NaN],
      [1, 0],
    ];
    expect(() => expectedCost(rows, [0, 1], { costs })).toThrow(
      'E_OPTION: option "costs" must hold finite numbers, got NaN.',
    );
  });

  test('takes the first of equally good actions, and gains as costs below 0', () => {
    const costs = [
      [-1, -1],
      [-1, -1],
    ];
    const { actions, realised, perfect } = expectedCost(rows, [0, 1], { costs });
    expect(actions).toEqual([1, 0]);
    expect([realised, perfect]).toEqual([-1, -1]);
  });
});

test('netBenefit refuses thresholds at the ends, and classes that are none', () => {
  expect(() => netBenefit(rows, [0, 1], { thresholds: [0.5, 1] })).toThrow(
    'E_OPTION: option "thresholds" must hold numbers inside 0..1, got 1.',
  );
  expect(() => netBenefit(rows, [0, 1], { positiveClass: 2 })).toThrow(
    'E_OPTION: option "positiveClass" must be a whole number 0..1, got 2.',
  );
  expect(netBenefit(rows, [0, 1]).length).toBe(99);
});

describe('corpDecomposition', () => {
  test('takes any proper score', () => {
    const half = corpDecomposition(rows, [0, 1], { score: (p, y) => (p - y) ** 2 / 2 });
    const whole = corpDecomposition(rows, [0, 1]);
    expect(half.miscalibration * 2).toBe(whole.miscalibration);
  });

  test('is infinite, not NaN, where what happened had probability 0', () => {
    const parts = corpDecomposition([0, 0.5, 1], [1, 0, 1], { binary: 'positive', score: 'log' });
    expect([parts.score, parts.miscalibration]).toEqual([Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]);
    expect(Number.isFinite(parts.discrimination)).toBe(true);
  });

  test('refuses scores it does not know', () => {
    expect(() => corpDecomposition(rows, [0, 1], { score: 'brie' as 'brier' })).toThrow(
      'E_OPTION: option "score" must be one of brier, log, spherical, got "brie".',
    );
  });
});

test('a single row has a decomposition but no correction for bias', () => {
  const parts = murphyDecomposition([[0.75, 0.25]], [1]);
  expect(parts).toMatchObject({ score: 0.5625, reliability: 0.5625, resolution: 0, corrected: null });
});

test('the ranked probability score of two classes is the Brier score of one probability', () => {
  expect(rankedProbabilityScore(rows, [0, 1])).toBe((0.0625 + 0.25) / 2);
});

test('coverage and risk outside 0..1 are refused', () => {
  expect(() => riskAtCoverage(rows, [0, 1], { coverage: 0 })).toThrow('E_OPTION: option "coverage"');
  expect(() => coverageAtRisk(rows, [0, 1], { risk: 1.5 })).toThrow('E_OPTION: option "risk"');
});
