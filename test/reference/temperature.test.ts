import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { fitTemperature } from '../../src/calibrators/index.ts';

interface ReferenceSet {
  readonly name: string;
  readonly logits: readonly (readonly (number | null)[])[];
  readonly labels: readonly number[];
  readonly weights: readonly number[] | null;
  readonly temperature: string;
  readonly nll: readonly [string, string];
  readonly curvature: string;
  readonly standardError: string;
  readonly wald: readonly [string, string];
  readonly profile: readonly [string, string | null];
  readonly statistic: string;
  readonly pValue: string;
}

const { sets } = JSON.parse(readFileSync(new URL('./temperature.json', import.meta.url), 'utf8')) as {
  readonly sets: readonly ReferenceSet[];
};

/** What a double can tell where the problem itself does not magnify rounding. */
const wellPosed = 1e-12;
/** Rounding in the slope, 16 units in the last place, magnified by the condition number. */
const rounding = 16 * 2 ** -52;
/** Figures made from sums of N losses of size about 1, each right to a few units in the last place. */
const lossTolerance = 1e-14;
/** Derived from T by functions of moderate condition, so a decade above T itself. */
const derived = 1e-11;

/** The relative error; what lies beyond the doubles is to be their end, to the bit. */
function relative(found: number | null | undefined, wanted: string): number {
  const reference = Math.min(Number(wanted), Number.MAX_VALUE);
  if (found === reference) return 0;
  return Math.abs((found ?? Number.NaN) - reference) / Math.abs(reference);
}

describe('a fitted temperature', () => {
  test('is compared with enough sets', () => {
    expect(sets.length).toBeGreaterThan(50);
  });

  test.for(sets)('agrees with 50-digit arithmetic: $name', (set) => {
    const logits = set.logits.map((row) => row.map((z) => z ?? Number.NEGATIVE_INFINITY));
    const options = set.weights === null ? {} : { weights: set.weights };
    const { status, temperature, nll, certificate, uncertainty } = fitTemperature(
      logits,
      set.labels,
      options,
    );
    expect(status).toBe('converged');
    const kappa = certificate?.kappa ?? Number.NaN;
    expect(relative(temperature, set.temperature)).toBeLessThanOrEqual(Math.max(wellPosed, rounding * kappa));
    expect(Math.abs(nll.before - Number(set.nll[0]))).toBeLessThanOrEqual(
      lossTolerance * (1 + Number(set.nll[0])),
    );
    expect(Math.abs((nll.after ?? Number.NaN) - Number(set.nll[1]))).toBeLessThanOrEqual(
      lossTolerance * (1 + Number(set.nll[1])),
    );
    const conditioned = Math.max(derived, 10 * rounding * kappa);
    expect(relative(certificate?.curvature, set.curvature)).toBeLessThanOrEqual(conditioned);
    expect(relative(uncertainty?.standardError, set.standardError)).toBeLessThanOrEqual(conditioned);
    for (const end of [0, 1] as const) {
      expect(relative(uncertainty?.waldInterval[end], set.wald[end])).toBeLessThanOrEqual(conditioned);
      const profile = set.profile[end];
      const found = uncertainty?.profileInterval[end];
      if (profile === null) expect(found).toBeNull();
      else expect(relative(found, profile)).toBeLessThanOrEqual(conditioned);
    }
    // The statistic is a difference of two losses times 2n: its error is that of the losses, however small it is.
    const rows = set.labels.length;
    const statistic = Number(set.statistic);
    const test = uncertainty?.likelihoodRatio;
    expect(Math.abs((test?.statistic ?? Number.NaN) - statistic)).toBeLessThanOrEqual(
      4 * rows * lossTolerance * (1 + Number(set.nll[0])),
    );
    const wanted = Number(set.pValue);
    if (wanted < 1e-300) expect(test?.pValue).toBeLessThan(1e-300);
    else if (statistic > 1e-6) expect(relative(test?.pValue, set.pValue)).toBeLessThanOrEqual(1e-9);
    else expect(Math.abs((test?.pValue ?? Number.NaN) - wanted)).toBeLessThanOrEqual(1e-5);
  });
});
