import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../../src/core/random.ts';
import {
  absoluteIntegral as integralOf,
  type SmoothFunction,
  zeroBetween,
} from '../../../src/numerics/absolute-integral.ts';
import { cubicBetween } from '../../../src/numerics/cubic-between.ts';
import { GaussianSum } from '../../../src/numerics/gaussian-sum.ts';

const density = (x: number): number => Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI);

describe('GaussianSum', () => {
  const random = seededRandom(5);
  const points = Float64Array.from({ length: 60 }, () => random.uniform());
  const charges = Float64Array.from(points, () => random.uniform() - 0.4);

  /** Every image of every charge, one by one. */
  const plainly = (t: number, width: number, images: readonly number[]): number => {
    let sum = 0;
    for (const [j, point] of points.entries()) {
      for (const shift of images) sum += charges[j]! * density((t - point - shift) / width);
      if (images.length === 1) continue;
      for (const shift of images) sum += charges[j]! * density((t + point - shift) / width);
    }
    return sum / width;
  };
  const mirrors = Array.from({ length: 31 }, (_, m) => 2 * (m - 15));

  test.each([0.003, 0.05, 0.4, 1])(
    'equals the sum over all charges and mirror images at width %d',
    (width) => {
      const reflecting = new GaussianSum(points, charges, width, [0, 1], 'reflecting');
      const open = new GaussianSum(points, charges, width, [0, 1], 'open');
      for (const t of [0, 0.123, 0.5, 0.77, 1]) {
        expect(Math.abs(reflecting.at(t).value - plainly(t, width, mirrors))).toBeLessThan(1e-13 / width);
        expect(Math.abs(open.at(t).value - plainly(t, width, [0]))).toBeLessThan(1e-13 / width);
      }
    },
  );

  test.each(['reflecting', 'open'] as const)(
    'has the slope and the integral that differences give, %s',
    (boundary) => {
      const sum = new GaussianSum(points, charges, 0.1, [0, 1], boundary);
      for (const t of [0.01, 0.3, 0.98]) {
        const h = 1e-4;
        const slope = (sum.at(t + h).value - sum.at(t - h).value) / (2 * h);
        const value = (sum.integralTo(t + h) - sum.integralTo(t - h)) / (2 * h);
        // Errors of central differences: h² times third derivatives below 1e5.
        expect(Math.abs(sum.at(t).slope - slope)).toBeLessThan(1e-3);
        expect(Math.abs(sum.at(t).value - value)).toBeLessThan(1e-5);
      }
    },
  );

  test.each([0.003, 0.05, 0.4, 1])('has the same values where it is sampled, at width %d', (width) => {
    for (const boundary of ['reflecting', 'open'] as const) {
      const sum = new GaussianSum(points, charges, width, [0, 1], boundary);
      const { points: places, values, slopes } = sum.sampled();
      expect(places[1]! - places[0]!).toBeLessThanOrEqual(width / 8 + 1e-15);
      if (boundary === 'reflecting') {
        expect([places[0], places.at(-1)]).toEqual([0, expect.closeTo(1, 14)]);
      } else expect(Math.max(-places[0]!, places.at(-1)! - 1)).toBeGreaterThanOrEqual(8.6 * width);
      for (const [i, t] of places.entries()) {
        const { value, slope } = sum.at(t);
        expect(Math.abs(values[i]! - value)).toBeLessThan(1e-13 / width);
        expect(Math.abs(slopes[i]! - slope)).toBeLessThan(1e-12 / width ** 2);
      }
    }
  });

  test('keeps all charge between mirrors', () => {
    const sum = new GaussianSum(points, charges, 0.7, [0, 1], 'reflecting');
    const total = charges.reduce((part, charge) => part + charge, 0);
    expect(Math.abs(sum.integralTo(1) - sum.integralTo(0) - total)).toBeLessThan(1e-13);
  });
});

test('cubicBetween is a cubic itself', () => {
  // t³ − 2t + 1 from −1 to 3, with its slope 3t² − 2 over a width of 4.
  const knot = (t: number) => ({ t, value: t ** 3 - 2 * t + 1, slope: 3 * t * t - 2 });
  const { value, slope } = cubicBetween(knot(-1), knot(3));
  for (const u of [0, 0.2, 0.5, 1]) {
    const { value: wanted, slope: steep } = knot(-1 + 4 * u);
    expect(value(u)).toBeCloseTo(wanted, 12);
    expect(slope(u)).toBeCloseTo(4 * steep, 12);
  }
});

describe('absoluteIntegral', () => {
  const polynomial = (roots: readonly number[]) => {
    // Coefficients of Π (t − root), lowest first.
    let c = [1];
    for (const root of roots) {
      const product = c;
      c = [...product, 0].map((_, k) => (product[k - 1] ?? 0) - root * (product[k] ?? 0));
    }
    const sum = (t: number, factor: (k: number) => number, power: (k: number) => number): number =>
      c.reduce((part, a, k) => part + a * factor(k) * t ** Math.max(power(k), 0), 0);
    return {
      at: (t: number) => ({
        value: sum(
          t,
          () => 1,
          (k) => k,
        ),
        slope: sum(
          t,
          (k) => k,
          (k) => k - 1,
        ),
      }),
      integralTo: (t: number) =>
        sum(
          t,
          (k) => 1 / (k + 1),
          (k) => k + 1,
        ),
    };
  };

  /** The integral from points that are so far apart, or a little less. */
  const absoluteIntegral = (g: SmoothFunction, [low, high]: readonly [number, number], step: number) => {
    const count = Math.ceil((high - low) / step) + 1;
    const points = Float64Array.from({ length: count }, (_, i) => low + ((high - low) * i) / (count - 1));
    return integralOf(g, {
      points,
      values: points.map((t) => g.at(t).value),
      slopes: points.map((t) => g.at(t).slope),
    });
  };

  test('adds up the areas between single zeros', () => {
    // ∫₀³ |(t − 1)(t − 2)| = 5/6 + 1/6 + 5/6.
    expect(absoluteIntegral(polynomial([1, 2]), [0, 3], 0.7)).toBeCloseTo(11 / 6, 13);
  });

  test('finds zeros at the points themselves', () => {
    expect(absoluteIntegral(polynomial([1, 2]), [0, 3], 1)).toBeCloseTo(11 / 6, 13);
  });

  test.each(['reflecting', 'open'] as const)(
    'keeps charges apart that are too far from one another for anything between, %s',
    (boundary) => {
      const places = Float64Array.of(0.05, 0.5, 0.95);
      const charges = Float64Array.of(0.3, -0.2, 0.1);
      for (const width of [0.001, 0.01, 0.02]) {
        const sum = new GaussianSum(places, charges, width, [0, 1], boundary);
        // Each Gaussian has an area of its charge, and there is no other within its reach.
        expect(integralOf(sum, sum.sampled())).toBeCloseTo(0.6, 13);
      }
    },
  );

  test('finds two zeros between the same two points', () => {
    expect(absoluteIntegral(polynomial([1.1, 1.3]), [0, 3], 1)).toBeCloseTo(
      absoluteIntegral(polynomial([1.1, 1.3]), [0, 3], 0.01),
      13,
    );
  });

  test('finds a zero where the slope is none', () => {
    // ∫₋₁² |t³| = 1/4 + 4.
    const cube = {
      at: (t: number) => ({ value: t ** 3, slope: 3 * t * t }),
      integralTo: (t: number) => t ** 4 / 4,
    };
    expect(absoluteIntegral(cube, [-1, 2], 0.7)).toBeCloseTo(17 / 4, 13);
  });

  test('is the plain integral where there is no zero', () => {
    expect(absoluteIntegral(polynomial([-1]), [0, 2], 0.5)).toBeCloseTo(4, 13);
  });
});

test('zeroBetween closes in on a zero however flat the function is', () => {
  expect(zeroBetween((t) => t * t * t - 8, 0, 100)).toBeCloseTo(2, 14);
  expect(zeroBetween((t) => (t - 0.3) ** 9, 0, 1)).toBeCloseTo(0.3, 13);
  expect(zeroBetween((t) => t - 0.5, 0, 1)).toBe(0.5);
});
