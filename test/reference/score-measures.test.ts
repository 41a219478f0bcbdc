import { describe, expect, test } from 'vitest';
import { areaUnderRiskCoverage } from '../../src/metrics/area-under-risk-coverage.ts';
import { confidenceAuroc } from '../../src/metrics/confidence-auroc.ts';
import { corpDecomposition } from '../../src/metrics/corp-decomposition.ts';
import { expectedCost } from '../../src/metrics/expected-cost.ts';
import type { BinaryView } from '../../src/metrics/index.ts';
import { murphyDecomposition } from '../../src/metrics/murphy-decomposition.ts';
import { netBenefit } from '../../src/metrics/net-benefit.ts';
import { rankedProbabilityScore } from '../../src/metrics/ranked-probability-score.ts';
import { riskCoverageCurve } from '../../src/metrics/risk-coverage-curve.ts';
import { coverageAtRisk, riskAtCoverage } from '../../src/metrics/selective-operating-points.ts';
import { sphericalScore } from '../../src/metrics/spherical-score.ts';
import { sampleNamed } from './measure-samples.ts';
import reference from './score-measures.json' with { type: 'json' };

/** Means of at most 160 values below 8 against exact values: a few roundings. */
const rounding = 1e-14;

const expectNear = (value: number | null, wanted: number): void =>
  expect(Math.abs((value ?? Number.NaN) - wanted)).toBeLessThan(rounding);

function expectAllNear(found: object, wanted: Readonly<Record<string, number>>): void {
  for (const [part, value] of Object.entries(wanted)) {
    expectNear((found as Record<string, number>)[part]!, value);
  }
}

/** What stands under each view of a sample. */
interface View {
  readonly murphy: Record<string, number | Record<string, number>>;
  readonly corp: {
    readonly scores: Record<string, Record<string, number | null>>;
    readonly fitted: readonly (number | null)[];
  };
}

describe.each(reference.expected)('$name', ({ name, views, spherical, ranked, cost, benefit, selective }) => {
  const { probabilities, labels, options } = sampleNamed(name);

  describe.each(Object.entries(views) as [string, View][])('seen as %s', (view, wanted) => {
    const given = { ...options, binary: view as BinaryView };

    test("Murphy's decomposition, plain and corrected", () => {
      const found = murphyDecomposition(probabilities, labels, { ...given, bins: 10 });
      const { corrected, ...parts } = wanted.murphy;
      expectAllNear(found, parts as Record<string, number>);
      expectAllNear(found.corrected ?? {}, corrected as Record<string, number>);
      const { reliability, resolution, uncertainty, withinBinVariance, withinBinCovariance } = found;
      expectNear(
        reliability - resolution + uncertainty + withinBinVariance - withinBinCovariance,
        found.score,
      );
    });

    test.each(Object.entries(wanted.corp.scores))('CORP decomposition of the %s score', (score, parts) => {
      const found = corpDecomposition(probabilities, labels, {
        ...given,
        score: score as 'brier' | 'log' | 'spherical',
      });
      for (const part of ['score', 'miscalibration', 'discrimination', 'uncertainty'] as const) {
        const value = parts[part];
        if (value === null || value === undefined) expect(found[part]).toBe(Number.POSITIVE_INFINITY);
        else expectNear(found[part], value);
      }
    });

    test('the curve of CORP recalibrates every row', () => {
      const { curve } = corpDecomposition(probabilities, labels, given);
      const seen = (p: readonly number[]): number => (view === 'positive' ? p[1]! : Math.max(...p));
      for (const [i, p] of probabilities.entries()) {
        const fitted = wanted.corp.fitted[i];
        if (fitted === null || fitted === undefined) continue;
        const step = curve.find(({ from, to }) => from <= seen(p) && seen(p) <= to);
        expectNear(step?.value ?? null, fitted);
      }
      for (const [s, { value }] of curve.entries()) {
        if (s > 0) expect(value).toBeGreaterThan(curve[s - 1]!.value);
      }
    });
  });

  test('spherical and ranked probability scores', () => {
    expectNear(sphericalScore(probabilities, labels, options), spherical);
    expectNear(rankedProbabilityScore(probabilities, labels, options), ranked);
    const perThreshold = rankedProbabilityScore(probabilities, labels, { ...options, thresholds: 'mean' });
    expectNear(perThreshold, ranked / (probabilities[0]!.length - 1));
  });

  test('costs of decisions', () => {
    const { costs, actions, ...wanted } = cost;
    const found = expectedCost(probabilities, labels, { ...options, costs });
    expectAllNear(found, wanted);
    expectNear(found.gap, wanted.realised - wanted.believed);
    expect(found.actions.length).toBe(actions.length);
    for (const [a, share] of actions.entries()) expectNear(found.actions[a]!, share);
  });

  test.each(Object.entries(benefit))('net benefit for class %s', (positiveClass, wanted) => {
    const found = netBenefit(probabilities, labels, {
      ...options,
      positiveClass: Number(positiveClass),
      thresholds: wanted.map(({ threshold }) => threshold),
    });
    expect(found.length).toBe(wanted.length);
    for (const [t, at] of found.entries()) expectAllNear(at, wanted[t]!);
  });

  test('areas of selective prediction', () => {
    const found = areaUnderRiskCoverage(probabilities, labels, options);
    expectNear(found.area, selective.area);
    expectNear(found.excess, selective.excess);
    expectNear(found.generalized, selective.generalized);
    if (selective.attainable !== null) expectNear(found.attainableExcess, selective.attainable);
    expect(found.attainableExcess).toBeGreaterThanOrEqual(0);
    const byLines = areaUnderRiskCoverage(probabilities, labels, { ...options, integration: 'trapezoid' });
    expectNear(byLines.area, selective.trapezoid.area);
    expectNear(byLines.generalized, selective.trapezoid.generalized);
    expectNear(confidenceAuroc(probabilities, labels, options), selective.auroc);
  });

  test('operating points of selective prediction', () => {
    for (const [coverage, wanted] of Object.entries(selective.riskAt)) {
      expectAllNear(
        riskAtCoverage(probabilities, labels, { ...options, coverage: Number(coverage) }),
        wanted,
      );
    }
    for (const [risk, wanted] of Object.entries(selective.coverageAt)) {
      expectNear(coverageAtRisk(probabilities, labels, { ...options, risk: Number(risk) }).coverage, wanted);
    }
    for (const { coverage, risk } of riskCoverageCurve(probabilities, labels, options)) {
      expectNear(riskAtCoverage(probabilities, labels, { ...options, coverage }).risk, risk);
    }
  });
});
