import { describe, expect, test } from 'vitest';
import { checksOf } from '../../../src/cli/checks.ts';
import { type FindingOptions, findingsOfSample } from '../../../src/evaluation/measure-findings.ts';
import { populationInterval } from '../../../src/evaluation/population-interval.ts';
import { measuresNamed } from '../../../src/evaluation/sample-options.ts';
import { measureByName, measureSample, measures } from '../../../src/metrics/index.ts';
import { simulatedSet } from './simulated-set.ts';

const ece = measureByName('expected-calibration-error')!;
const centred = { method: 'centred', level: 0.95 } as const;
const found = { interval: [0.05, 0.12] as const, bias: 0.01 };

describe('the interval in the infinite-sample limit', () => {
  test('has the floor taken off its lower end where the error is beyond noise', () => {
    const end = populationInterval(found, { floor: 0.02, pValue: 0.05 }, ece, centred)!;
    expect(end[0]).toBeCloseTo(0.03, 15);
    expect(end[1]).toBe(0.12);
    expect(populationInterval(found, { floor: 0.07, pValue: 0.001 }, ece, centred)).toEqual([0, 0.12]);
  });

  test('starts at 0 where it is within noise, or where nothing is known of the noise', () => {
    expect(populationInterval(found, { floor: 0.02, pValue: 0.051 }, ece, centred)).toEqual([0, 0.12]);
    expect(populationInterval(found, { floor: null, pValue: null }, ece, centred)).toEqual([0, 0.12]);
  });

  test('has the noise of resampling taken off percentiles as well', () => {
    const options = { method: 'percentile', level: 0.95 } as const;
    const end = populationInterval(found, { floor: 0.02, pValue: 0.05 }, ece, options)!;
    expect(end[0]).toBeCloseTo(0.02, 15);
  });

  test('is the interval itself for measures that are no errors', () => {
    const accuracy = measureByName('accuracy')!;
    expect(populationInterval(found, { floor: 0.9, pValue: 0.001 }, accuracy, centred)).toBe(found.interval);
    expect(
      populationInterval({ ...found, interval: null }, { floor: 0, pValue: 1 }, ece, centred),
    ).toBeNull();
  });

  test('breaches the limit 0 in few calibrated sets, whichever the binned error', () => {
    // Those that take no long sums, such as integrals and local regressions do.
    const names = measures.filter(
      ({ better, ideal, family, name }) =>
        better === 'lower' && ideal === 0 && (family === 'binned' || name.startsWith('kolmogorov')),
    );
    const options: FindingOptions = {
      resamples: 100,
      draws: 99,
      level: 0.95,
      seed: 1,
      method: 'centred',
      thorough: false,
    };
    const sets = 12;
    const failed = new Map<string, number>();
    for (let seed = 1; seed <= sets; seed += 1) {
      const { scores, labels } = simulatedSet(80, 3, 1, seed);
      const sample = measureSample(scores, labels, { input: 'logits' });
      const findings = findingsOfSample(sample, measuresNamed(names.map(({ name }) => name)), options);
      for (const { name } of names) {
        const [check] = checksOf([{ name, side: 'max', limit: 0 }], findings, 'lower');
        if (!check!.passed) failed.set(name, (failed.get(name) ?? 0) + 1);
      }
    }
    expect(names.length).toBeGreaterThan(10);
    // At 5 in 100 each, five or more of 12 happen once in 5,000 times; measures of one set depend on one another.
    for (const [name, count] of failed) expect(count, name).toBeLessThanOrEqual(4);
  });

  test('still finds a breach that is there', () => {
    const { scores, labels } = simulatedSet(1000, 3, 3, 7);
    const options = {
      resamples: 200,
      draws: 99,
      level: 0.95,
      seed: 1,
      method: 'centred',
      thorough: false,
    } as const;
    const findings = findingsOfSample(measureSample(scores, labels, { input: 'logits' }), [ece], options);
    const [check] = checksOf([{ name: ece.name, side: 'max', limit: 0.05 }], findings, 'lower');
    expect(check!.passed).toBe(false);
  });
});
