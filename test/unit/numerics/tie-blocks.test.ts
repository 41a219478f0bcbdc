import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { poolTies } from '../../../src/numerics/tie-blocks.ts';

describe('poolTies', () => {
  test('gathers equal values, 0 and −0 among them, and leaves rows of weight 0 out', () => {
    const blocks = poolTies([0.5, 0, 0.5, -0, 1], [1, 0, 0, 1, 1], [2, 1, 3, 1, 0]);
    expect(blocks).toEqual({
      values: Float64Array.of(0, 0.5),
      counts: Float64Array.of(2, 2),
      weights: Float64Array.of(2, 5),
      hits: Float64Array.of(1, 2),
      rows: 4,
      totalWeight: 7,
    });
  });

  test('has the same bits for any order of the rows', () => {
    const row = fc.record({ value: fc.integer({ min: 0, max: 9 }), outcome: fc.integer({ min: 0, max: 1 }) });
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 40 }), (rows) => {
        const pooled = (ordered: typeof rows) =>
          poolTies(
            ordered.map(({ value }) => value / 9),
            ordered.map(({ outcome }) => outcome),
          );
        expect(pooled([...rows].reverse())).toEqual(pooled(rows));
        expect(pooled(rows).counts.reduce((sum, count) => sum + count, 0)).toBe(rows.length);
      }),
    );
  });
});
