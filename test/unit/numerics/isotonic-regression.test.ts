import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isotonicRegression } from '../../../src/numerics/isotonic-regression.ts';

const place = fc
  .record({ weight: fc.integer({ min: 1, max: 9 }), share: fc.integer({ min: 0, max: 9 }) })
  .map(({ weight, share }) => ({ weight, sum: Math.min(share, weight) }));
const places = fc.array(place, { minLength: 1, maxLength: 30 });

describe('isotonicRegression', () => {
  test('is the max of min of means of the min-max formula', () => {
    fc.assert(
      fc.property(places, (drawn) => {
        const { starts, levels } = isotonicRegression(
          drawn.map(({ sum }) => sum),
          drawn.map(({ weight }) => weight),
        );
        const mean = (from: number, to: number): number => {
          const part = drawn.slice(from, to + 1);
          const total = part.reduce((sum, { weight }) => sum + weight, 0);
          return part.reduce((sum, place) => sum + place.sum, 0) / total;
        };
        for (let j = 0; j < drawn.length; j += 1) {
          let best = Number.NEGATIVE_INFINITY;
          for (let a = 0; a <= j; a += 1) {
            let least = Number.POSITIVE_INFINITY;
            for (let b = j; b < drawn.length; b += 1) least = Math.min(least, mean(a, b));
            best = Math.max(best, least);
          }
          const step = starts.findLastIndex((start) => start <= j);
          // Quotients of the same whole numbers: the same double.
          expect(levels[step]).toBe(best);
        }
        for (let s = 1; s < levels.length; s += 1) expect(levels[s]).toBeGreaterThan(levels[s - 1]!);
      }),
    );
  });
});
