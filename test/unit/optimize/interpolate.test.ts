import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cubicMinimizer, secantZero } from '../../../src/optimize/interpolate.ts';

const spread = fc.double({ min: -2, max: 2, noNaN: true });
const positive = fc.double({ min: 1, max: 4, noNaN: true });

/** One division of differences, each rounded thrice, at most 8 widths away. */
const lineTolerance = 1e-13;

/** Values up to 5e3 are differenced, squared and rooted, at curvatures from 1, which costs up to four of 16 digits. */
const cubicTolerance = 1e-10;

/** The cubic with slope `a (t − low)(t − high)` and value 0 at 0, whose minimum is at `high` for a > 0. */
function cubic(a: number, low: number, high: number) {
  const value = (t: number): number => a * (t ** 3 / 3 - ((low + high) * t * t) / 2 + low * high * t);
  const slope = (t: number): number => a * (t - low) * (t - high);
  return { value, slope };
}

describe('the minimiser of a cubic', () => {
  test('is the one of the two points of zero slope where the curvature is positive', () => {
    fc.assert(
      fc.property(positive, spread, positive, spread, positive, (a, low, gap, s, width) => {
        const { value, slope } = cubic(a, low, low + gap);
        const t = s + width;
        for (const [p, q] of [
          [s, t],
          [t, s],
        ] as const) {
          const found = cubicMinimizer(p, value(p), slope(p), q, value(q), slope(q));
          expect(Math.abs(found - (low + gap))).toBeLessThanOrEqual(cubicTolerance);
        }
      }),
    );
  });

  test('of a parabola is its vertex', () => {
    fc.assert(
      fc.property(positive, spread, spread, positive, (a, vertex, s, width) => {
        const value = (t: number): number => a * (t - vertex) ** 2;
        const slope = (t: number): number => 2 * a * (t - vertex);
        const t = s + width;
        const found = cubicMinimizer(s, value(s), slope(s), t, value(t), slope(t));
        expect(Math.abs(found - vertex)).toBeLessThanOrEqual(cubicTolerance);
      }),
    );
  });

  test('is the same in other units of t and of the value, powers of two exactly so', () => {
    const plain = cubicMinimizer(0, 1, -2, 3, 0.5, 1);
    for (const [unit, height] of [
      [2 ** -300, 1],
      [2 ** 300, 1],
      [1, 2 ** -1000],
      [1, 2 ** 1000],
      [2 ** 200, 2 ** -700],
    ] as const) {
      const rate = height / unit;
      const found = cubicMinimizer(0, height, -2 * rate, 3 * unit, 0.5 * height, rate);
      expect(found / unit).toBe(plain);
    }
  });

  test('is no finite number where there is none', () => {
    const none: [string, number][] = [
      ['rising all along', cubicMinimizer(0, 0, 1, 1, 4 / 3, 2)],
      ['a straight line', cubicMinimizer(0, 0, -1, 1, -1, -1)],
      ['a cap', cubicMinimizer(0, 0, 0, 1, -1, -2)],
      ['a constant', cubicMinimizer(0, 5, 0, 1, 5, 0)],
      ['an unknown value', cubicMinimizer(0, 0, -1, 1, Number.NaN, 1)],
      ['an unknown slope', cubicMinimizer(0, 0, -1, 1, 0, Number.NaN)],
    ];
    for (const [name, found] of none) expect([name, Number.isFinite(found)]).toEqual([name, false]);
  });
});

describe('the zero of a secant', () => {
  test('is that of the line through both slopes, inside or outside the points', () => {
    fc.assert(
      fc.property(positive, spread, spread, positive, (rate, zero, s, width) => {
        const slope = (t: number): number => rate * (t - zero);
        const found = secantZero(s, slope(s), s + width, slope(s + width));
        expect(Math.abs(found - zero)).toBeLessThanOrEqual(lineTolerance);
      }),
    );
  });

  test('is no finite number for equal slopes', () => {
    expect(Number.isFinite(secantZero(0, -1, 1, -1))).toBe(false);
  });
});
