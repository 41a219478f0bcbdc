import { describe, expect, test } from 'vitest';
import { mergeReliabilityBins } from '../../../src/metrics/merge-reliability-bins.ts';
import { reliabilityBins } from '../../../src/metrics/reliability-bins.ts';

/** The same rows added up in another order. */
const regrouped = 1e-12;

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
    // Rows 0.75 and 0.25 weigh 1, 1 and 2 here, beside one that weighs nothing: 4²/6.
    expect(bins[2]?.effectiveRows).toBe(16 / 6);
  });

  test('gives weighted rows the intervals they have together, by either rule', () => {
    const many = Array.from({ length: 40 }, (_, i) => [0.5 + (i % 10) / 20, 0.5 - (i % 10) / 20]);
    const y = many.map((_, i) => (i % 3 === 0 ? 1 : 0));
    const weights = many.map((_, i) => 1 + (i % 7) / 4);
    for (const interval of ['wilson', 'clopper-pearson'] as const) {
      const of = (from: number, to: number) =>
        reliabilityBins(many.slice(from, to), y.slice(from, to), {
          bins: 4,
          interval,
          weights: weights.slice(from, to),
        });
      const merged = mergeReliabilityBins([of(0, 15), of(15, 40)]);
      const whole = of(0, 40);
      expect(merged.rule).toEqual(whole.rule);
      for (const [b, bin] of whole.bins.entries()) {
        const lost = (merged.bins[b]!.effectiveRows ?? 0) - (bin.effectiveRows ?? 0);
        expect(Math.abs(lost)).toBeLessThanOrEqual(regrouped * bin.count);
        for (const end of [0, 1] as const) {
          const found = merged.bins[b]!.interval?.[end] ?? 0;
          expect(Math.abs(found - (bin.interval?.[end] ?? 0))).toBeLessThanOrEqual(regrouped);
        }
      }
    }
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
      { interval: 'clopper-pearson' as const },
    ]) {
      expect(() => mergeReliabilityBins([table, reliabilityBins(rows, labels, other)])).toThrow(
        'E_BINS: table 1 differs from table 0 in its rule, level or edges; only tables of the same edges can be merged.',
      );
    }
  });
});
