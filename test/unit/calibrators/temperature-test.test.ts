import { describe, expect, test } from 'vitest';
import { fitTemperature, fitTemperatureOfSet, temperatureTest } from '../../../src/calibrators/index.ts';
import type { ScoredSet } from '../../../src/core/scored-set.ts';
import { storedSet } from '../../../src/core/stored-set.ts';
import { studentSurvival } from '../../../src/numerics/student-t.ts';
import { drawnSet } from './drawn-set.ts';

/** A set of rows of logits. */
function setOf(rows: readonly (readonly number[])[], labels: readonly number[]): ScoredSet {
  const columns = rows[0]!.length;
  return {
    kind: 'logits',
    scores: { data: Float64Array.from(rows.flat()), rows: rows.length, columns },
    labels: Int32Array.from(labels),
    classNames: Array.from({ length: columns }, (_, k) => String(k)),
    namedClasses: false,
  };
}

/** The same set, to be read some rows at a time. */
function readAgain(set: ScoredSet) {
  const stored = storedSet(set);
  return { ...stored, scores: { ...stored.scores, matrix: undefined } };
}

/** Sums of some tens of rows, each rounded a few times. */
const rounding = 1e-13;

describe('without importance weights and clusters', () => {
  test('it is the likelihood ratio of the fit, to the bit, in memory and in storage', () => {
    const set = drawnSet({ rows: 300, classes: 3, temperature: 1.4, seed: 1 });
    const { likelihoodRatio } = fitTemperatureOfSet(set).uncertainty!;
    const found = temperatureTest(set);
    expect(found).toMatchObject({
      ...likelihoodRatio,
      degreesOfFreedom: 1,
      method: 'likelihood-ratio',
      clusters: null,
    });
    expect(temperatureTest(readAgain(set))).toEqual(found);
  });

  test('counts give the test of the rows written out', () => {
    const set = drawnSet({ rows: 80, classes: 3, temperature: 1, seed: 2 });
    const weights = Float64Array.from(set.labels, (_, i) => i % 4);
    const repeated = [...weights].flatMap((times, i) => Array<number>(times).fill(i));
    const written = setOf(
      repeated.map((i) => [...set.scores.data.subarray(3 * i, 3 * i + 3)]),
      repeated.map((i) => set.labels[i]!),
    );
    const { statistic, temperature } = temperatureTest({ ...set, weights, weightKind: 'counts' });
    const wanted = temperatureTest(written);
    expect(Math.abs(statistic - wanted.statistic)).toBeLessThanOrEqual(rounding * (1 + wanted.statistic));
    expect(Math.abs(temperature! / wanted.temperature! - 1)).toBeLessThanOrEqual(rounding);
  });

  test('separable rows have the ratio at T = 0, ties included', () => {
    // Margins 1 and 3 are right with certainty there, and the tie with a chance of a half.
    const found = temperatureTest(
      setOf(
        [
          [1, 0],
          [0, 3],
          [2, 2],
        ],
        [0, 1, 0],
      ),
    );
    const before = Math.log1p(Math.exp(-1)) + Math.log1p(Math.exp(-3)) + Math.log(2);
    expect(found.statistic).toBeCloseTo(2 * (before - Math.log(2)), 13);
    expect(found).toMatchObject({
      temperature: null,
      direction: 'underconfident',
      method: 'likelihood-ratio',
    });
  });

  test('rows against the labels have the ratio at T = ∞', () => {
    const found = temperatureTest(
      setOf(
        [
          [0, 2],
          [2, 0],
          [1, 0],
        ],
        [0, 1, 1],
      ),
    );
    const before = 2 * Math.log1p(Math.exp(2)) + Math.log1p(Math.exp(1));
    expect(found.statistic).toBeCloseTo(2 * (before - 3 * Math.log(2)), 13);
    expect(found).toMatchObject({ temperature: null, direction: 'overconfident' });
  });

  test('rows of equal scores say nothing', () => {
    const found = temperatureTest(
      setOf(
        [
          [2, 2],
          [1, 1],
        ],
        [0, 1],
      ),
    );
    expect(found).toMatchObject({ statistic: 0, pValue: 1, temperature: null, direction: 'none' });
  });
});

describe('with importance weights or clusters', () => {
  const weights = (length: number): Float64Array =>
    Float64Array.from({ length }, (_, i) => 0.3 + ((7 * i) % 11));

  test('it is the robust ratio of the fit, in memory and in storage', () => {
    const set = { ...drawnSet({ rows: 300, classes: 4, temperature: 1.3, seed: 3 }), weights: weights(300) };
    const { likelihoodRatio } = fitTemperatureOfSet(set).uncertainty!;
    const found = temperatureTest(set);
    expect(found).toMatchObject({ ...likelihoodRatio, method: 'robust-likelihood-ratio' });
    expect(temperatureTest(readAgain(set))).toEqual(found);
  });

  test.for([2, 2 ** -40, 2 ** 250])('weights times %d change no bit', (factor) => {
    const set = { ...drawnSet({ rows: 200, classes: 2, temperature: 2, seed: 4 }), weights: weights(200) };
    const scaled = { ...set, weights: set.weights.map((weight) => weight * factor) };
    expect(temperatureTest(scaled)).toEqual(temperatureTest(set));
    expect(fitTemperatureOfSet(scaled).uncertainty).toEqual(fitTemperatureOfSet(set).uncertainty);
  });

  test.for([10, 1 / 300, 1e-75, 1e75])('weights times %d change rounding alone', (factor) => {
    const set = { ...drawnSet({ rows: 200, classes: 2, temperature: 2, seed: 4 }), weights: weights(200) };
    const scaled = { ...set, weights: set.weights.map((weight) => weight * factor) };
    const [one, other] = [temperatureTest(set), temperatureTest(scaled)];
    expect(Math.abs(other.statistic / one.statistic - 1)).toBeLessThanOrEqual(rounding);
    expect(Math.abs(other.pValue / one.pValue - 1)).toBeLessThanOrEqual(100 * rounding);
    const [a, b] = [fitTemperatureOfSet(set), fitTemperatureOfSet(scaled)].map((model) => model.uncertainty!);
    for (const end of [0, 1] as const) {
      expect(Math.abs(b!.profileInterval[end]! / a!.profileInterval[end]! - 1)).toBeLessThanOrEqual(rounding);
    }
  });

  test('rows written twice in clusters of two say what each says once', () => {
    const set = drawnSet({ rows: 150, classes: 3, temperature: 1.5, seed: 5 });
    const row = (i: number): number[] => [...set.scores.data.subarray(3 * i, 3 * i + 3)];
    const twice = setOf(
      Array.from({ length: 300 }, (_, i) => row(i % 150)),
      Array.from({ length: 300 }, (_, i) => set.labels[i % 150]!),
    );
    const own = temperatureTest(set, { clusters: Array.from({ length: 150 }, (_, i) => i) });
    const doubled = temperatureTest(twice, { clusters: Array.from({ length: 300 }, (_, i) => i % 150) });
    expect(doubled.clusters).toBe(150);
    expect(Math.abs(doubled.statistic / own.statistic - 1)).toBeLessThanOrEqual(rounding);
    expect(temperatureTest(twice).statistic).toBeGreaterThan(1.8 * own.statistic);
  });

  test('its p-value with C clusters of the same logits is that of F(1, C − 1)', () => {
    const own = [
      [2, 0],
      [1, 0],
      [0, 1],
      [3, 0],
    ];
    const clusters = 12;
    const set = setOf(
      Array.from({ length: clusters }, () => own).flat(),
      Array.from({ length: 4 * clusters }, (_, i) => ((7 * i) % 5 < 2 ? 1 : 0)),
    );
    const names = Array.from({ length: 4 * clusters }, (_, i) => i >> 2);
    const { statistic, pValue } = temperatureTest(set, { clusters: names });
    expect(Math.abs(pValue / studentSurvival(statistic, clusters - 1) - 1)).toBeLessThanOrEqual(rounding);
    const { level, waldInterval, standardError } = fitTemperatureOfSet(set, { clusters: names }).uncertainty!;
    const { temperature } = fitTemperatureOfSet(set, { clusters: names });
    const reach = Math.log(waldInterval[1] / temperature!) / (standardError / temperature!);
    expect(level).toBe(0.95);
    // The 97.5% point of t with 11 degrees of freedom, from tables.
    expect(reach).toBeCloseTo(2.20099, 4);
  });

  test('the standard error with clusters is the jackknife over clusters, brute force', () => {
    const set = drawnSet({ rows: 400, classes: 3, temperature: 1.5, seed: 6 });
    const clusters = Array.from({ length: 400 }, (_, i) => i % 80);
    const { temperature, uncertainty } = fitTemperatureOfSet(set, { clusters });
    const without = Array.from({ length: 80 }, (_, cluster) => {
      const weights = Float64Array.from(clusters, (own) => (own === cluster ? 0 : 1));
      return Math.log(fitTemperatureOfSet({ ...set, weights, weightKind: 'counts' }).temperature!);
    });
    const spread = without.reduce((sum, u) => sum + (u - Math.log(temperature!)) ** 2, 0);
    const jackknife = temperature! * Math.sqrt((79 / 80) * spread);
    // The two agree to first order in the share of a cluster, 1/80.
    expect(Math.abs(uncertainty!.standardError / jackknife - 1)).toBeLessThan(2 / 80);
  });

  test('rows without a best temperature have the score test', () => {
    const set = setOf(
      [
        [1, 0],
        [0, 3],
        [2, 0],
        [0, 1],
      ],
      [0, 1, 0, 1],
    );
    const found = temperatureTest(set, { clusters: ['a', 'a', 'b', 'b'] });
    // The slope of a right row of margin m at T = 1 is −m/(1 + e^m).
    const slope = (m: number): number => -m / (1 + Math.exp(m));
    const [a, b] = [slope(1) + slope(3), slope(2) + slope(1)];
    expect(found.statistic).toBeCloseTo((a + b) ** 2 / ((a * a + b * b) / 2), 13);
    expect(found).toMatchObject({ method: 'score', direction: 'underconfident', clusters: 2 });
  });

  test('one cluster is refused, and too few names', () => {
    const set = setOf(
      [
        [1, 0],
        [0, 3],
        [2, 0],
      ],
      [0, 1, 1],
    );
    expect(() => temperatureTest(set, { clusters: [1, 1, 1] })).toThrow(/^E_OPTION: .*one cluster/);
    expect(() => temperatureTest(set, { clusters: [1, 2] })).toThrow(/^E_OPTION: .*2 entries for 3 rows/);
  });

  test('weights that count rows are whole numbers', () => {
    const fit = () =>
      fitTemperature(
        [
          [1, 0],
          [0, 3],
          [2, 0],
        ],
        [0, 1, 1],
        { weights: [1, 0.5, 2], weightKind: 'counts' },
      );
    expect(fit).toThrow(/^E_WEIGHT: row index 1: weight 0\.5 is not a whole number/);
  });
});
