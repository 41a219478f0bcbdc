import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../../src/core/random.ts';
import { compareMeasures, consistencyTest, measureIntervals } from '../../../src/evaluation/index.ts';
import { type FindingOptions, findingsOfSample } from '../../../src/evaluation/measure-findings.ts';
import { needsRows } from '../../../src/evaluation/needs-rows.ts';
import { pairedFindings } from '../../../src/evaluation/paired-findings.ts';
import { populationInterval } from '../../../src/evaluation/population-interval.ts';
import { measuresNamed } from '../../../src/evaluation/sample-options.ts';
import { tailPValue } from '../../../src/evaluation/tail-p-value.ts';
import { measureByName, measureSample } from '../../../src/metrics/index.ts';

const random = seededRandom(1);
const p = Array.from({ length: 150 }, () => {
  const top = 0.4 + 0.55 * random.uniform();
  return [top, (1 - top) / 2, (1 - top) / 2];
});
const softer = p.map(([top]) => [0.8 * top! + 0.06, 0.5 - 0.4 * top! - 0.03, 0.5 - 0.4 * top! - 0.03]);
const y = p.map(([top]) => (random.uniform() < 0.8 * top! ? 0 : 1 + random.below(2)));
const names = ['expected-calibration-error', 'brier-score', 'smooth-calibration-error'] as const;
const options: FindingOptions = {
  resamples: 100,
  draws: 19,
  level: 0.9,
  seed: 5,
  method: 'percentile',
  thorough: false,
};

describe('findings', () => {
  test('are the interval and the consistency test of each measure', () => {
    const found = findingsOfSample(measureSample(p, y), measuresNamed(names), options);
    const { draws, thorough: _, ...resampled } = options;
    const intervals = measureIntervals(p, y, { ...resampled, measures: names });
    const floors = consistencyTest(p, y, { measures: names, draws, level: 0.9, seed: 5 });
    for (const [at, finding] of found.entries()) {
      const { floor, range, pValue } = floors[at]!;
      const interval = intervals[at]!;
      const rule = { method: 'percentile', level: 0.9 } as const;
      const population = populationInterval(interval, { floor, pValue }, measureByName(finding.name)!, rule);
      expect(finding).toEqual({ ...interval, floor, floorRange: range, pValue, population, reason: null });
    }
  });

  test('of debiased errors have an interval and a floor at any size', () => {
    const rows = 100_001;
    const c = Float64Array.from({ length: rows }, (_, i) => 0.5 + 0.45 * ((i * 0.618) % 1));
    // Right a tenth less often than they say, which is the error: gaps of all bins have one sign.
    const hits = c.map((confidence) => (random.uniform() < 0.9 * confidence ? 1 : 0));
    const found = findingsOfSample(
      measureSample(c, hits),
      measuresNamed(['debiased-absolute-calibration-error', 'top-label-calibration-error']),
      options,
    );
    const [debiased, perClass] = found;
    const truth = 0.1 * (c.reduce((sum, confidence) => sum + confidence, 0) / rows);
    // Five standard errors of a share of 100,000 rows.
    const room = 5 * Math.sqrt(0.25 / rows);
    expect(Math.abs(debiased!.value! - truth)).toBeLessThan(room);
    expect(debiased!.interval![0]).toBeGreaterThan(truth - 2 * room);
    expect(debiased!.interval![1]).toBeLessThan(truth + 2 * room);
    expect(debiased!.floor!).toBeLessThan(room);
    expect(debiased).toMatchObject({ resamples: 100, pValue: 0.05, reason: null });
    expect(perClass).toMatchObject({ interval: null, reason: 'value-only' });
  });

  test('are values alone where the cost grows with the square of the rows', () => {
    const [finding] = findingsOfSample(
      measureSample(p, y),
      measuresNamed(['squared-kernel-calibration-error']),
      options,
    );
    expect(finding).toMatchObject({ interval: null, floor: null, reason: 'value-only' });
    expect(finding!.value).toBe(
      measureByName('squared-kernel-calibration-error')!.compute(measureSample(p, y)),
    );
  });

  test('of a pair are those of the comparison of the two', () => {
    const samples = [measureSample(p, y), measureSample(softer, y)] as const;
    const found = pairedFindings(samples, measuresNamed(names), options);
    const { draws: _, thorough: __, ...resampled } = options;
    const wanted = compareMeasures(p, { softer }, y, { ...resampled, measures: names });
    for (const [at, { baseline, value, difference, interval, standardError, pValue }] of wanted.entries()) {
      const own = found[at]!;
      expect(own).toMatchObject({ before: baseline, after: value, difference, interval, standardError });
      expect(own.pValue).toBeLessThanOrEqual(pValue!);
      expect(own.adjusted).toBeGreaterThanOrEqual(own.pValue!);
    }
  });
});

describe('a measure', () => {
  test.for([
    ['accuracy', false],
    ['expected-calibration-error', false],
    ['classwise-calibration-error', false],
    ['smooth-calibration-error', true],
    ['murphy-reliability-corrected', false],
    ['adaptive-calibration-error', false],
    ['debiased-absolute-calibration-error', false],
    ['debiased-classwise-calibration-error', false],
    ['top-label-calibration-error', true],
    ['spherical-score', true],
  ] as const)('%s looks at rows: %s', ([name, looks]) => {
    expect(needsRows(measureByName(name)!, measureSample(p, y))).toBe(looks);
  });
});

describe('a p-value of draws', () => {
  test('is the share on the rarer side, doubled, unless none is there', () => {
    expect(tailPValue(4, 99, 10)).toBe(0.1);
    expect(tailPValue(80, 99, 0.1)).toBe(1);
    // The normal tail beyond 1.96 standard deviations on either side is 0.05, beyond 5 it is 5.7e-7.
    expect(tailPValue(0, 99, 1.959964)).toBe(0.02);
    expect(tailPValue(0, 99, -5)).toBeCloseTo(5.7e-7, 8);
    expect(tailPValue(0, 99, Number.NaN)).toBe(0.02);
  });
});
