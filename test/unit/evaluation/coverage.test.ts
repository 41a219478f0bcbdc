import { describe, expect, test } from 'vitest';
import type { MatrixInput } from '../../../src/core/matrix.ts';
import { seededRandom } from '../../../src/core/random.ts';
import { compareMeasures, measureIntervals } from '../../../src/evaluation/index.ts';
import { mostSingleRows } from '../../../src/evaluation/resampling-units.ts';
import { measureByName, measureSample } from '../../../src/metrics/index.ts';
import { simulatedSet } from './simulated-set.ts';

/** The short form catches a broken interval; the long one measures its coverage to 3 %. */
const full = process.env['CALIBRANT_FULL'] === '1';
const runs = full ? 1000 : 40;
const resamples = full ? 499 : 119;
const methods = ['centred', 'percentile', 'basic', 'bca'] as const;
/** Four standard errors of the share, and what so few resamples and the skewness of the means leave. */
const room = 4 * Math.sqrt((0.95 * 0.05) / runs) + (full ? 0.01 : 0.03);

const expectCovered = (covered: ReadonlyMap<string, number>): void => {
  for (const [key, count] of covered) expect(Math.abs(count / runs - 0.95), key).toBeLessThanOrEqual(room);
};

const tally = (
  covered: Map<string, number>,
  key: string,
  [low, high]: readonly [number, number],
  truth: number,
) => {
  covered.set(key, (covered.get(key) ?? 0) + (low <= truth && truth <= high ? 1 : 0));
};

/** Scores of three classes whose labels are drawn at a temperature: at 1 they are calibrated, at 2 far too sure. */
function simulated(rows: number, temperature: number, seed: number): readonly [MatrixInput, Int32Array] {
  const { scores, labels } = simulatedSet(rows, 3, temperature, seed);
  return [scores, labels as Int32Array];
}

describe('95 % intervals hold the truth in about 95 of 100', () => {
  test('for clusters that succeed and fail together, by every method', () => {
    // Five rows per cluster; a cluster is right with chance 0.9 or 0.5 in all of its rows.
    const covered = new Map<string, number>();
    const alone = new Map<string, number>();
    const clusters = Array.from({ length: 400 }, (_, i) => Math.floor(i / 5));
    const rows = clusters.map(() => [0.8, 0.2]);
    for (let run = 0; run < runs; run += 1) {
      const random = seededRandom(5000 + run);
      const rate = clusters.map(() => 0);
      for (let c = 0; c < 80; c += 1) rate[c] = random.below(2) === 0 ? 0.95 : 0.45;
      const labels = clusters.map((c) => (random.uniform() < rate[c]! ? 0 : 1));
      const options = { measures: ['accuracy'] as const, resamples, seed: run };
      for (const method of methods) {
        const [found] = measureIntervals(rows, labels, { ...options, method, clusters });
        tally(covered, method, found!.interval!, 0.7);
      }
      const [found] = measureIntervals(rows, labels, options);
      tally(alone, 'rows', found!.interval!, 0.7);
    }
    expectCovered(covered);
    // Rows drawn for themselves take no notice of the clusters and are too sure.
    expect(alone.get('rows')! / runs).toBeLessThan(0.93);
  }, 600_000);

  test('for groups of rows, by every method', () => {
    const covered = new Map<string, number>();
    const count = mostSingleRows + 500;
    const confidences = Float64Array.from({ length: count }, (_, i) => 0.55 + 0.4 * ((i * 0.618) % 1));
    const truths = {
      accuracy: confidences.reduce((sum, c) => sum + c, 0) / count,
      'brier-score': confidences.reduce((sum, c) => sum + 2 * c * (1 - c), 0) / count,
    };
    for (let run = 0; run < (full ? runs : runs / 2); run += 1) {
      const random = seededRandom(9000 + run);
      const labels = confidences.map((c) => (random.uniform() < c ? 1 : 0));
      for (const method of methods) {
        const found = measureIntervals(confidences, labels, {
          measures: ['accuracy', 'brier-score'],
          resamples,
          seed: run,
          method,
        });
        for (const { name, interval } of found) {
          tally(covered, `${method} ${name}`, interval!, truths[name as keyof typeof truths]);
        }
      }
    }
    const made = full ? runs : runs / 2;
    // The confidences are the same in every set, which the bootstrap does not know: it covers more, never less.
    for (const [key, share] of covered) expect(share / made, key).toBeGreaterThan(0.95 - room * Math.SQRT2);
    expect(covered.size).toBe(8);
  }, 600_000);

  test('for what plug-in errors are on average, well calibrated or not, where percentiles miss it', () => {
    const errors = ['classwise-calibration-error', 'kolmogorov-smirnov-calibration-error'] as const;
    const sampled = full ? runs : 30;
    const room = 4 * Math.sqrt((0.95 * 0.05) / sampled) + (full ? 0.02 : 0.03);
    const [rows, sets] = [200, full ? 4000 : 300];
    const options = { input: 'logits', measures: errors, resamples } as const;
    const floors: number[] = [];
    for (const temperature of [1, 2]) {
      const means = errors.map(() => 0);
      for (let set = 0; set < sets; set += 1) {
        const sample = measureSample(...simulated(rows, temperature, 70_000 + set), { input: 'logits' });
        for (const [at, name] of errors.entries()) means[at]! += measureByName(name)!.compute(sample)! / sets;
      }
      // The probabilities are those of a calibrated model at either temperature, and so is what it shows.
      if (temperature === 1) floors.push(...means);
      const endless = measureSample(...simulated(50_000, temperature, 60_000), { input: 'logits' });
      const truths = errors.map((name) => (temperature === 1 ? 0 : measureByName(name)!.compute(endless)!));
      const covered = new Map<string, number>();
      for (let run = 0; run < sampled; run += 1) {
        const set = simulated(rows, temperature, 30_000 + run);
        for (const method of ['centred', 'percentile'] as const) {
          for (const [at, { name, value, interval }] of measureIntervals(...set, {
            ...options,
            method,
            seed: run,
          }).entries()) {
            tally(covered, `${method} ${name}`, interval!, means[at]!);
            if (method !== 'centred') continue;
            tally(covered, `own ${name}`, interval!, value!);
            tally(covered, `endless ${name}`, [interval![0] - floors[at]!, interval![1]], truths[at]!);
          }
        }
      }
      for (const name of errors) {
        expect(covered.get(`centred ${name}`)! / sampled, name).toBeGreaterThanOrEqual(0.95 - room);
        expect(covered.get(`endless ${name}`)! / sampled, name).toBeGreaterThanOrEqual(0.95 - room);
        expect(covered.get(`own ${name}`)).toBe(sampled);
      }
      // The bins of a calibrated model hold nothing but noise, which drawing rows again doubles.
      if (temperature === 1) {
        expect(covered.get('percentile classwise-calibration-error')! / sampled).toBeLessThan(0.2);
      }
    }
  }, 600_000);

  test('for the difference of two sets of scores, whose p-values are uniform where there is none', () => {
    const covered = new Map<string, number>();
    const pValues: number[] = [];
    for (let run = 0; run < runs; run += 1) {
      const random = seededRandom(20_000 + run);
      // One is sure of the first kind of row, the other of the second; both are as good.
      const kind = Array.from({ length: 300 }, () => random.below(2));
      const labels = kind.map(() => (random.uniform() < 0.7 ? 0 : 1));
      const score = (sure: number) => kind.map((k) => (k === sure ? [0.8, 0.2] : [0.6, 0.4]));
      for (const method of methods) {
        const [found] = compareMeasures(score(0), { other: score(1) }, labels, {
          measures: ['negative-log-likelihood'],
          resamples,
          seed: run,
          method,
        });
        tally(covered, method, found!.interval!, 0);
        if (method === 'centred') pValues.push(found!.pValue!);
      }
    }
    expectCovered(covered);
    const sorted = pValues.sort((a, b) => a - b);
    const distance = sorted.reduce((most, p, at) => Math.max(most, (at + 1) / runs - p, p - at / runs), 0);
    // The bound of Dvoretzky, Kiefer and Wolfowitz at a chance of 1e-4, and two steps of a p-value.
    expect(distance).toBeLessThanOrEqual(Math.sqrt(Math.log(2e4) / (2 * runs)) + 4 / (resamples + 1));
  }, 600_000);
});
