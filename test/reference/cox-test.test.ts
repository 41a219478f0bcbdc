import { describe, expect, test } from 'vitest';
import { coxTest } from '../../src/evaluation/index.ts';
import { chiSquaredSurvival } from '../../src/numerics/chi-squared.ts';
import reference from './cox-test.json' with { type: 'json' };
import { sampleNamed } from './measure-samples.ts';

/** Sums in another order, through an inverse whose conditioning magnifies their rounding. */
const regrouped = 1e-8;
/** The stated error of the closed form. */
const tailError = 1e-12;

interface Wanted {
  readonly statistic: number;
  readonly degreesOfFreedom: number;
  readonly pValue: number;
}

interface Entry {
  readonly impossible?: true;
  readonly plain?: Wanted;
  readonly clustered?: Wanted;
  readonly statsmodels?: Record<'statistic' | 'pValue' | 'likelihoodRatio' | 'wald', number>;
}

const entries = Object.entries(reference.cox as Record<string, Entry>);

function expectNear(found: number | null, wanted: number): void {
  expect(Math.abs(found! - wanted)).toBeLessThanOrEqual(regrouped * Math.max(1, Math.abs(wanted)));
}

describe.each(entries)("Cox's test on %s", (name, wanted) => {
  const { probabilities, labels, options } = sampleNamed(name);

  test.runIf(wanted.impossible)('is infinite where a class of probability 0 occurred', () => {
    const { statistic, pValue } = coxTest(probabilities, labels, options);
    expect([statistic, pValue]).toEqual([Number.POSITIVE_INFINITY, 0]);
  });

  test.runIf(wanted.plain)('is that of enumerated labels', () => {
    const { statistic, pValue, degreesOfFreedom } = coxTest(probabilities, labels, options);
    expect(degreesOfFreedom).toBe(wanted.plain!.degreesOfFreedom);
    expectNear(statistic, wanted.plain!.statistic);
    expectNear(pValue, wanted.plain!.pValue);
  });

  test.runIf(wanted.clustered)('with clusters of three rows', () => {
    const clusters = labels.map((_, i) => Math.floor(i / 3));
    const found = coxTest(probabilities, labels, { ...options, clusters });
    expect(found.degreesOfFreedom).toBe(wanted.clustered!.degreesOfFreedom);
    expectNear(found.statistic, wanted.clustered!.statistic);
    expectNear(found.pValue, wanted.clustered!.pValue);
  });

  test.runIf(wanted.statsmodels)('is the score test of statsmodels', () => {
    const { statistic, pValue } = coxTest(probabilities, labels, options);
    expectNear(statistic, wanted.statsmodels!.statistic);
    expectNear(pValue, wanted.statsmodels!.pValue);
  });
});

test('statsmodels tests a sample of two classes', () => {
  expect(entries.filter(([, { statsmodels }]) => statsmodels !== undefined).length).toBeGreaterThan(0);
});

test.each(reference.chiSquared)(
  'the tail of chi-squared at %d with %d degrees of freedom',
  (x, k, wanted) => {
    expect(Math.abs(chiSquaredSurvival(x!, k!) - wanted!)).toBeLessThanOrEqual(tailError * wanted! + 1e-300);
  },
);
