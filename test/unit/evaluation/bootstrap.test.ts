import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../../src/core/random.ts';
import type { ScoredSet } from '../../../src/core/scored-set.ts';
import { storedSet } from '../../../src/core/stored-set.ts';
import { type BootstrapOptions, bootstrapChanges } from '../../../src/evaluation/bootstrap.ts';
import { judgeRows } from '../../../src/evaluation/judge-rows.ts';
import { pairRows } from '../../../src/evaluation/paired-rows.ts';
import { resampleRows } from '../../../src/evaluation/resample-rows.ts';
import { rowPairs } from '../../../src/evaluation/row-pairs.ts';
import { javascriptKernels } from '../../../src/kernels/javascript-kernels.ts';
import { webassemblyKernels } from '../../../src/kernels/webassembly-kernels.ts';
import { temperedRows } from '../../../src/metrics/probability-rows.ts';
import { simulatedSet } from './simulated-set.ts';

const rule = { scheme: 'equal-width', closure: 'right-closed', requested: 15, level: 0.95 } as const;

function judgedAt(set: ScoredSet, temperature: number) {
  const { labels, weights, storage } = storedSet(set);
  return judgeRows({ source: temperedRows(set, temperature), labels, weights }, rule, storage);
}

function changes(set: ScoredSet, temperature: number, options: Partial<BootstrapOptions> = {}) {
  const settings = { resamples: 400, seed: 1, level: 0.95, ...options };
  return bootstrapChanges(judgedAt(set, 1), judgedAt(set, temperature), settings);
}

const backends = [
  ['JavaScript', javascriptKernels],
  ['WebAssembly', webassemblyKernels()!],
] as const;

/** Eighty numbers below 10 summed in another order: 80 roundings of half a unit in the last place of 800. */
const otherOrder = 80 * 2 ** -44;

const overconfident = simulatedSet(2000, 4, 2);

describe('paired bootstrap', () => {
  test('gives the same intervals for the same seed and others for another', () => {
    const first = changes(overconfident, 2).changes;
    expect(changes(overconfident, 2).changes).toEqual(first);
    expect(changes(overconfident, 2, { seed: 2 }).changes.nll.interval).not.toEqual(first.nll.interval);
  });

  test.each(['rows', 'normal-limit'] as const)(
    'does not depend on the order of the rows, by %s',
    (method) => {
      const { scores, labels } = overconfident;
      const { rows, columns } = scores;
      const data = Float64Array.from(scores.data, (_, at) => {
        const row = rows - 1 - Math.floor(at / columns);
        return scores.data[row * columns + (at % columns)]!;
      });
      const reversed = {
        ...overconfident,
        scores: { data, rows, columns },
        labels: labels.slice().reverse(),
      };
      expect(changes(reversed, 2, { method }).changes).toEqual(changes(overconfident, 2, { method }).changes);
    },
  );

  test('finds the change beyond noise where there is one', () => {
    const { nll, brier, ece } = changes(overconfident, 2).changes;
    for (const change of [nll, brier, ece]) {
      expect(change.withinNoise).toBe(false);
      expect(change.difference).toBe(change.after! - change.before!);
      expect(change.interval![1]).toBeLessThan(0);
    }
  });

  test('finds no change beyond noise at a temperature of nearly 1 on calibrated scores', () => {
    const { nll, ece } = changes(simulatedSet(2000, 4, 1), 1.02).changes;
    expect([nll.withinNoise, ece.withinNoise]).toEqual([true, true]);
  });

  test('leaves nothing to doubt when both sides are the same', () => {
    const { nll, ece } = changes(overconfident, 1).changes;
    expect(nll.interval).toEqual([0, 0]);
    expect(ece).toMatchObject({ difference: 0, interval: [0, 0], withinNoise: true });
  });

  test('narrows as the level falls', () => {
    const wide = changes(overconfident, 2, { level: 0.99 }).changes.nll.interval!;
    const narrow = changes(overconfident, 2, { level: 0.8 }).changes.nll.interval!;
    expect(narrow[0]).toBeGreaterThan(wide[0]);
    expect(narrow[1]).toBeLessThan(wide[1]);
  });

  test('of the NLL agrees with the standard error of the paired differences', () => {
    const [before, after] = [judgedAt(overconfident, 1), judgedAt(overconfident, 2)];
    const [now, then] = [before, after].map(({ rows: { nll } }) => nll.read(0, nll.length));
    const d = then!.map((value, i) => value - now![i]!);
    const mean = d.reduce((sum, value) => sum + value, 0) / d.length;
    const error = Math.sqrt(d.reduce((sum, value) => sum + (value - mean) ** 2, 0)) / d.length;
    const [low, high] = changes(overconfident, 2, { resamples: 2000 }).changes.nll.interval!;
    // Quantiles of 2000 draws vary by about 2.4 % of the interval's half width.
    expect(Math.abs((high - low) / (2 * 1.96 * error) - 1)).toBeLessThan(0.1);
    expect(Math.abs((high + low) / 2 - mean)).toBeLessThan(0.15 * error);
  });

  test.each(backends)('drawing rows by counting gives the sums of the rows drawn, in %s', (_, backend) => {
    const weights = Float64Array.from({ length: 83 }, (_, i) => i % 3);
    const set = { ...simulatedSet(83, 3, 2), weights };
    const { paired } = pairRows(rowPairs(judgedAt(set, 1), judgedAt(set, 2)));
    const resample = resampleRows(paired, 5, backend);
    const random = seededRandom(5);
    // More than one batch of them.
    for (let round = 0; round < 120; round += 1) {
      const rows = Array.from({ length: 83 }, () => random.below(83));
      const total = (values: Float64Array, counts: (row: number) => boolean = () => true): number =>
        rows.reduce((sum, row) => sum + (counts(row) ? values[row]! : 0), 0);
      const sums = resample();
      expect(sums.weight).toBe(total(paired.weight));
      expect(Math.abs(sums.nll - total(paired.nll))).toBeLessThan(otherOrder);
      expect(Math.abs(sums.brier - total(paired.brier))).toBeLessThan(otherOrder);
      for (let b = 0; b < paired.bins; b += 1) {
        const before = total(paired.gapBefore, (row) => paired.binBefore[row] === b);
        const after = total(paired.gapAfter, (row) => paired.binAfter[row] === b);
        expect(Math.abs(sums.before[b]! - before)).toBeLessThan(otherOrder);
        expect(Math.abs(sums.after[b]! - after)).toBeLessThan(otherOrder);
      }
    }
  });
});

describe('the normal limit', () => {
  test.each([
    ['overconfident scores', simulatedSet(20_000, 4, 2), 2],
    ['calibrated scores', simulatedSet(20_000, 4, 1), 1.05],
    ['two classes', simulatedSet(20_000, 2, 1.5), 1.4],
  ])('agrees with drawn rows on %s', (_, set, temperature) => {
    const rows = changes(set, temperature, { method: 'rows', resamples: 1000 }).changes;
    const limit = changes(set, temperature, { method: 'normal-limit', resamples: 1000 }).changes;
    for (const name of ['nll', 'brier', 'ece'] as const) {
      const [low, high] = rows[name].interval!;
      const width = high - low;
      // An end found from 1000 draws has a standard error of 3 % of the width; two of them are compared.
      expect(Math.abs(limit[name].interval![0] - low)).toBeLessThan(0.15 * width);
      expect(Math.abs(limit[name].interval![1] - high)).toBeLessThan(0.15 * width);
    }
  });

  test('is taken above 20,000 rows, and said to be', () => {
    expect(changes(simulatedSet(20_000, 2, 1), 1.1, { resamples: 100 }).record.method).toBe('rows');
    expect(changes(simulatedSet(20_001, 2, 1), 1.1, { resamples: 100 }).record.method).toBe('normal-limit');
  });
});

describe('the edges of the bootstrap', () => {
  test('one row has no interval', () => {
    const { nll } = changes(simulatedSet(1, 2, 1), 2).changes;
    expect(nll.interval).toBeNull();
    expect(nll.withinNoise).toBe(true);
    expect(nll.difference).not.toBeNull();
  });

  test('an infinite NLL is not compared, the others are', () => {
    const set = simulatedSet(200, 2, 2);
    set.scores.data[set.labels[3]! + 6] = Number.NEGATIVE_INFINITY;
    const { nll, brier } = changes(set, 2).changes;
    expect(nll).toEqual({
      before: null,
      after: null,
      difference: null,
      interval: null,
      withinNoise: true,
      standardError: null,
      pValue: null,
      adjusted: null,
    });
    expect(brier.interval!.every(Number.isFinite)).toBe(true);
  });

  test('rows of weight 0 play no part, even where their NLL is infinite', () => {
    const set = simulatedSet(200, 2, 2);
    const weights = Float64Array.from({ length: 200 }, (_, i) => (i === 3 ? 0 : 1));
    set.scores.data[set.labels[3]! + 6] = Number.NEGATIVE_INFINITY;
    const { nll } = changes({ ...set, weights }, 2).changes;
    expect(nll.interval!.every(Number.isFinite)).toBe(true);
  });

  test('a whole set of weight 2 has the intervals of weight 1', () => {
    const set = simulatedSet(300, 3, 2);
    const weights = new Float64Array(300).fill(2);
    expect(changes({ ...set, weights }, 2).changes.ece).toEqual(changes(set, 2).changes.ece);
  });

  test('an aborted signal stops it, and progress ends at the total', () => {
    const told: number[] = [];
    changes(overconfident, 2, { resamples: 100, onProgress: (done) => told.push(done) });
    expect(told).toEqual([0, 50, 100]);
    expect(() => changes(overconfident, 2, { signal: AbortSignal.abort() })).toThrow(/^E_ABORTED: /);
  });
});
