import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../../src/core/random.ts';
import { evaluate } from '../../../src/evaluation/index.ts';
import { fixedTemperature, simulatedSet } from './simulated-set.ts';

/** A set with every row `times` times, side by side. */
function repeated(rows: number, times: number, seed: number) {
  const set = simulatedSet(rows, 2, 1.5, seed);
  const { data } = set.scores;
  const many = rows * times;
  return {
    ...set,
    scores: {
      data: Float64Array.from({ length: 2 * many }, (_, i) => data[2 * Math.floor(i / 2 / times) + (i % 2)]!),
      rows: many,
      columns: 2,
    },
    labels: Int32Array.from({ length: many }, (_, i) => set.labels[Math.floor(i / times)]!),
  };
}

describe('clusters in an evaluation', () => {
  const model = fixedTemperature(1.4, 2);

  test('of equal rows tell no more than one row of each', () => {
    const once = evaluate(repeated(300, 1, 3), { model, resamples: 2000 });
    const clusters = Array.from({ length: 1200 }, (_, i) => `patient ${Math.floor(i / 4)}`);
    const four = evaluate(repeated(300, 4, 3), { model, resamples: 2000, clusters });
    // A standard deviation of 2000 resamples is known to 1.6%; two of them are compared.
    const same = 0.08;
    for (const name of ['nll', 'brier', 'ece'] as const) {
      const ratio = four.changes![name].standardError! / once.changes![name].standardError!;
      expect(Math.abs(ratio - 1)).toBeLessThan(same);
    }
    expect(four.test.statistic / once.test.statistic).toBeGreaterThan(0.8);
    expect(four.test.statistic / once.test.statistic).toBeLessThan(1.25);
    expect(four.before.gapError).toBeCloseTo(once.before.gapError, 10);
    expect(four.bootstrap!.method).toBe('clusters');
    expect(four.verdict.test.clusters).toBe(300);
  });

  test('do not depend on the order of the rows', () => {
    const set = simulatedSet(120, 2, 1.5, 5);
    const clusters = Array.from({ length: 120 }, (_, i) => i % 30);
    const random = seededRandom(9);
    const order = Array.from({ length: 120 }, (_, i) => i).sort(() => random.uniform() - 0.5);
    const moved = {
      ...set,
      scores: {
        ...set.scores,
        data: Float64Array.from(order.flatMap((i) => [...set.scores.data.subarray(2 * i, 2 * i + 2)])),
      },
      labels: Int32Array.from(order, (i) => set.labels[i]!),
    };
    const options = { model, resamples: 200 };
    const first = evaluate(set, { ...options, clusters });
    const second = evaluate(moved, { ...options, clusters: order.map((i) => clusters[i]!) });
    expect(second.changes!.nll.interval).toEqual(first.changes!.nll.interval);
    expect(second.changes!.ece.interval).toEqual(first.changes!.ece.interval);
  });

  test('are one name per row, of two clusters or more', () => {
    const set = simulatedSet(10, 2, 1, 1);
    expect(() => evaluate(set, { clusters: [1, 2] })).toThrow(/^E_OPTION: option "clusters" has 2 entries/);
    expect(() => evaluate(set, { clusters: Array(10).fill('a') })).toThrow(/^E_OPTION: /);
  });

  test('above five thousand are drawn in random groups, with the same spread', () => {
    const set = simulatedSet(6000, 2, 1.5, 2);
    const rows = evaluate(set, { model, resamples: 2000 });
    const clustered = evaluate(set, {
      model,
      resamples: 2000,
      clusters: Array.from({ length: 6000 }, (_, i) => i),
    });
    const ratio = clustered.changes!.nll.standardError! / rows.changes!.nll.standardError!;
    // 2,000 groups know a standard error to 1.6%, and so do 2,000 resamples of either.
    expect(Math.abs(ratio - 1)).toBeLessThan(0.1);
  });
});
