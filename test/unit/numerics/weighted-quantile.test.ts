import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { medianOfMany } from '../../../src/numerics/median-of-many.ts';
import { quantileOfSorted } from '../../../src/numerics/order-statistics.ts';
import { poolTies } from '../../../src/numerics/tie-blocks.ts';
import { weightedQuantile } from '../../../src/numerics/weighted-quantile.ts';

const values = fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 1, maxLength: 30 });
const share = fc.double({ min: 0, max: 1, noNaN: true });

describe('weightedQuantile', () => {
  test('is the usual quantile where all weights are alike', () => {
    fc.assert(
      fc.property(values, share, fc.constantFrom(1, 0.25, 8), (drawn, p, weight) => {
        const sorted = [...drawn].sort((a, b) => a - b);
        const blocks = poolTies(
          drawn,
          drawn.map(() => 0),
          drawn.map(() => weight),
        );
        expect(weightedQuantile(blocks, p)).toBeCloseTo(quantileOfSorted(sorted, p), 11);
      }),
    );
  });

  test('leans towards the heavier values', () => {
    const blocks = poolTies([1, 2, 3], [0, 0, 0], [1, 1, 6]);
    expect(weightedQuantile(blocks, 0)).toBe(1);
    expect(weightedQuantile(blocks, 1)).toBe(3);
    // Positions (1/2 + w̄ …): value 2 stands at 1/4.5, value 3 at 1.
    expect(weightedQuantile(blocks, 1 / 4.5)).toBeCloseTo(2, 14);
  });
});

describe('medianOfMany', () => {
  test('is the median of any values', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 60 }),
        (drawn) => {
          const sorted = [...drawn].sort((a, b) => a - b);
          const n = sorted.length;
          const median = n % 2 === 1 ? sorted[(n - 1) / 2]! : (sorted[n / 2 - 1]! + sorted[n / 2]!) / 2;
          const forEach = (visit: (value: number) => void): void => {
            for (const value of drawn) visit(value);
          };
          expect(medianOfMany(forEach)).toBe(median);
        },
      ),
    );
  });

  test('narrows down to long runs of equal values', () => {
    const forEach = (visit: (value: number) => void): void => {
      for (let i = 0; i < 200_001; i += 1) visit(i < 60_000 ? 0.1 : i < 150_000 ? 0.25 : 0.2500001);
    };
    expect(medianOfMany(forEach)).toBe(0.25);
  });
});
