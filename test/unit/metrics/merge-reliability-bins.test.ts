import { describe, expect, test } from 'vitest';
import { mergeReliabilityBins } from '../../../src/metrics/merge-reliability-bins.ts';
import { reliabilityBins } from '../../../src/metrics/reliability-bins.ts';

const rows = [
  [0.75, 0.25],
  [0.5, 0.5],
  [0.25, 0.75],
  [0.9, 0.1],
];
const labels = [0, 1, 1, 1];

describe('mergeReliabilityBins', () => {
  test('leaves a single table as it is', () => {
    const table = reliabilityBins(rows, labels);
    expect(mergeReliabilityBins([table])).toEqual(table);
  });

  test('keeps empty bins and rows that weigh nothing', () => {
    const parts = [
      reliabilityBins(rows, labels, { bins: 4, weights: [1, 0, 1, 1] }),
      reliabilityBins(rows, labels, { bins: 4, weights: [0, 0, 2, 0] }),
    ];
    const { bins, count, totalWeight } = mergeReliabilityBins(parts);
    expect(count).toBe(8);
    expect(totalWeight).toBe(5);
    expect(bins[0]?.accuracy).toBeNull();
    expect(bins[1]).toMatchObject({ count: 2, weight: 0, gap: null, interval: null });
    expect(bins[2]?.weight).toBe(4);
  });

  test('refuses no table, and tables that differ', () => {
    expect(() => mergeReliabilityBins([])).toThrow('E_BINS: there is no table to merge.');
    const table = reliabilityBins(rows, labels);
    for (const other of [
      { bins: 10 },
      { level: 0.9 },
      { edges: 'left-closed' as const },
      { binary: 'positive' as const },
      { scheme: 'equal-mass' as const, bins: 15 },
    ]) {
      expect(() => mergeReliabilityBins([table, reliabilityBins(rows, labels, other)])).toThrow(
        'E_BINS: table 1 differs from table 0 in its rule, level or edges; only tables of the same edges can be merged.',
      );
    }
  });
});
