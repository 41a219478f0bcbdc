import { describe, expect, test } from 'vitest';
import { randomStream, seededRandom } from '../../../src/core/random.ts';
import { drawnRight } from '../../../src/evaluation/drawn-right.ts';
import { consistencyTest } from '../../../src/evaluation/index.ts';
import { redrawnRows } from '../../../src/evaluation/redrawn-rows.ts';
import { mostRowsRedrawn, type Redrawer, redrawer } from '../../../src/evaluation/redrawn-sample.ts';
import { deviation, meanOf } from '../../../src/evaluation/resample-moments.ts';
import { type MeasureName, measureByName, measureSample, measures } from '../../../src/metrics/index.ts';
import { withDerived } from '../../../src/metrics/measure-sample.ts';

const full = process.env['CALIBRANT_FULL'] === '1';
/** The same rows added up in another order. */
const regrouped = 1e-10;
/** Standard deviations that a simulated figure may be off by: a chance of 6e-5 each. */
const spread = 4;

/** Rows of softmax-like probabilities, most of them sure of themselves. */
function drawnRows(rows: number, classes: number, seed: number): { p: Float64Array[]; y: Int32Array } {
  const random = seededRandom(seed);
  const p = Array.from({ length: rows }, () => {
    const parts = Float64Array.from({ length: classes }, () => random.uniform() ** 6 + 1e-4);
    const sum = parts.reduce((total, part) => total + part, 0);
    return parts.map((part) => part / sum);
  });
  return { p, y: Int32Array.from(p, () => random.below(classes)) };
}

/** Chance of each count of successes, by adding one trial after another. */
function countChances(chances: Float64Array): Float64Array {
  const found = new Float64Array(chances.length + 1);
  found[0] = 1;
  for (const [i, chance] of chances.entries()) {
    for (let k = i + 1; k >= 0; k -= 1) {
      found[k] = found[k]! * (1 - chance) + (k === 0 ? 0 : found[k - 1]! * chance);
    }
  }
  return found;
}

describe('the rows that come true', () => {
  const random = seededRandom(1);
  const few = Float64Array.from([0, 1, 0.5, 0.9, 0.2, 0.999, 1e-3, 0.75, 0.5000001]);
  const many = Float64Array.from({ length: 1500 }, () => random.uniform());
  const mostlySure = Float64Array.from({ length: 1500 }, (_, i) => (i % 3 === 0 ? 0.8 : 0.998));

  test.each([
    ['one by one', few],
    ['by their limit', many],
    ['one by one where they are sure', mostlySure.subarray(0, 900)],
    ['by their limit, skewed', mostlySure.map((chance) => (chance === 0.8 ? 0.75 : chance))],
  ])('have the distribution of their number, %s', (_, chances) => {
    const wanted = countChances(chances);
    const draw = drawnRight(chances, undefined);
    const draws = 20_000;
    const counts = new Float64Array(wanted.length);
    for (let round = 0; round < draws; round += 1) counts[draw(randomStream(3, round))]! += 1;
    let [found, promised, distance] = [0, 0, 0];
    for (const [k, chance] of wanted.entries()) {
      found += counts[k]! / draws;
      promised += chance;
      distance = Math.max(distance, Math.abs(found - promised));
    }
    // The bound of Dvoretzky, Kiefer and Wolfowitz at a chance of 1e-4; the limit itself is off by less than 1e-3.
    expect(distance).toBeLessThanOrEqual(Math.sqrt(Math.log(2e4) / (2 * draws)) + 1e-3);
  });

  test.each([
    ['one by one', few, few.map((_, i) => i / 2)],
    ['by their limit', many, many.map((_, i) => (i % 4) / 2)],
    ['one by one where one weighs more than all others', many, many.map((_, i) => (i === 7 ? 1e4 : 1))],
  ])('have the mean and the variance of their weight, %s', (_, chances, weights) => {
    const draw = drawnRight(chances, weights);
    const draws = 4000;
    const drawn = Float64Array.from({ length: draws }, (_, round) => draw(randomStream(5, round)));
    let [mean, variance, fourth] = [0, 0, 0];
    for (const [i, chance] of chances.entries()) {
      const square = weights[i]! ** 2 * chance * (1 - chance);
      mean += weights[i]! * chance;
      variance += square;
      fourth += square * weights[i]! ** 2 * (1 - 6 * chance * (1 - chance));
    }
    expect(Math.abs(meanOf(drawn) - mean)).toBeLessThanOrEqual(spread * Math.sqrt(variance / draws));
    // The relative variance of a variance is (excess kurtosis + 2)/draws.
    const known = Math.sqrt((fourth / variance ** 2 + 2) / draws);
    expect(Math.abs(deviation(drawn) ** 2 / variance - 1)).toBeLessThanOrEqual(spread * known);
  });
});

describe('labels drawn for every row', () => {
  test('give every measure its value under those labels', () => {
    const { p, y } = drawnRows(60, 3, 7);
    const weights = y.map((_, i) => 1 + (i % 4));
    for (const options of [{}, { weights }]) {
      const base = measureSample(p, y, options);
      const redrawn = redrawnRows(base)(randomStream(1, 0));
      const plain = withDerived({ ...base, labels: redrawn.labels });
      for (const { name, compute } of measures) {
        const [found, wanted] = [compute(redrawn), compute(plain)];
        if (wanted === null) expect(found, name).toBeNull();
        else
          expect(Math.abs(found! - wanted), name).toBeLessThanOrEqual(
            regrouped * Math.max(1, Math.abs(wanted)),
          );
      }
    }
  });
});

describe('labels of many rows drawn as sums', () => {
  const rows = mostRowsRedrawn + 1;
  const names: readonly MeasureName[] = [
    'accuracy',
    'mean-confidence',
    'negative-log-likelihood',
    'brier-score',
    'expected-calibration-error',
    'equal-mass-calibration-error',
    'maximum-calibration-error',
    'classwise-calibration-error',
    'classwise-equal-mass-calibration-error',
    'corp-miscalibration',
    'kolmogorov-smirnov-calibration-error',
    'area-under-risk-coverage',
  ];
  const valuesOf = (redrawn: Redrawer, draws: number): Float64Array[] => {
    const found = names.map(() => new Float64Array(draws));
    for (let round = 0; round < draws; round += 1) {
      const sample = redrawn(round);
      for (const [at, name] of names.entries()) found[at]![round] = measureByName(name)!.compute(sample)!;
    }
    return found;
  };

  test.each([
    ['three classes', 3, {}],
    ['two classes by the probability of class 1', 2, { binary: 'positive' }],
    ['weighted rows', 4, { weights: Float64Array.from({ length: rows }, (_, i) => (i % 5) / 4) }],
  ] as const)(
    'spread every measure as labels drawn row by row do, for %s',
    (_, classes, options) => {
      const { p, y } = drawnRows(rows, classes, 11);
      const base = measureSample(p, y, options);
      const draws = full ? 300 : 100;
      const sums = valuesOf(redrawer(base, 1), draws);
      const rowwise = redrawnRows(base);
      const single = valuesOf((round) => rowwise(randomStream(2, round)), draws);
      for (const [at, name] of names.entries()) {
        const [mean, wantedMean] = [meanOf(sums[at]!), meanOf(single[at]!)];
        const [sd, wantedSd] = [deviation(sums[at]!), deviation(single[at]!)];
        const room = (spread * Math.hypot(sd, wantedSd)) / Math.sqrt(draws) + regrouped;
        // Spreads of class tables are known to 1/√(2·groups); floors rest on many of them.
        expect(Math.abs(mean - wantedMean), name).toBeLessThanOrEqual(room + 0.01 * sd);
        if (wantedSd > regrouped) {
          // Of values near normal; errors that are sums of sizes are not far from it.
          const known = Math.sqrt(2 / (2 * draws) + 1 / 4000);
          expect(Math.abs(sd / wantedSd - 1), name).toBeLessThanOrEqual(spread * known * 1.5);
        }
      }
    },
    60_000,
  );

  test('have the same bits for any order of the rows and of the measures', () => {
    const { p, y } = drawnRows(rows, 3, 13);
    const plain = consistencyTest(p, y, { measures: names, draws: 19 });
    const turned = consistencyTest([...p].reverse(), [...y].reverse(), {
      measures: [...names].reverse(),
      draws: 19,
    });
    const drawn = (found: typeof plain) =>
      found.map(({ floor, range, pValue }) => ({ floor, range, pValue }));
    expect(drawn(turned).reverse()).toEqual(drawn(plain));
  });

  test('draw the rows for a measure that needs them', () => {
    const { p, y } = drawnRows(rows, 3, 17);
    const [sweep] = consistencyTest(p, y, { measures: ['sweep-calibration-error'], draws: 19 });
    expect(sweep!.floor).toBeGreaterThan(0);
    expect(sweep!.floor).toBeLessThan(0.02);
  });
});
