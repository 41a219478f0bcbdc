import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CalibrationError } from '../../../src/core/errors.ts';
import { newtonInBracket, type SlopeFunction } from '../../../src/optimize/newton-bracket.ts';

/** e^x − c, zero at ln c. */
const exponential =
  (c: number): SlopeFunction =>
  (x) => ({ slope: Math.exp(x) - c, curvature: Math.exp(x) });

/** A step from −1 to 1 at the zero, which tells nothing but the side. */
const sides =
  (zero: number, curvature: number): SlopeFunction =>
  (x) => ({ slope: x < zero ? -1 : 1, curvature });

const square: SlopeFunction = (x) => ({ slope: x * x - 2, curvature: 2 * x });

const ulp = (x: number): number => Number.EPSILON * Math.abs(x);

/** Rounding of e^x − c moves the sign change by 1 ulp of c over the curvature c, and ln c itself is rounded once. */
const rootUlps = 4;

describe('a zero inside the bracket', () => {
  test('is found to the last place, with a bracket of a few ulps around it', () => {
    const { x, slope, curvature, bracket, status, steps } = newtonInBracket(square, 0, 2, 1);
    expect(status).toBe('converged');
    expect(Math.abs(x - Math.SQRT2)).toBeLessThanOrEqual(ulp(x));
    expect([slope, curvature]).toEqual([x * x - 2, 2 * x]);
    expect(square(bracket[0]).slope).toBeLessThan(0);
    expect(square(bracket[1]).slope).toBeGreaterThan(0);
    expect(bracket[1] - bracket[0]).toBeLessThanOrEqual(8 * ulp(x));
    expect(steps).toBeLessThanOrEqual(9);
  });

  test('is settled on one to three evaluations sooner without the bracket', () => {
    const bracketed = newtonInBracket(square, 0, 2, 1);
    const settled = newtonInBracket(square, 0, 2, 1, { finish: 'settled' });
    expect(settled.status).toBe('converged');
    expect(Math.abs(settled.x - Math.SQRT2)).toBeLessThanOrEqual(ulp(settled.x));
    expect(bracketed.steps - settled.steps).toBeGreaterThanOrEqual(1);
    expect(bracketed.steps - settled.steps).toBeLessThanOrEqual(3);
  });

  test('lies in the bracket returned, at whatever height and from wherever the search starts', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -30, max: 30, noNaN: true }),
        fc.double({ min: 1e-3, max: 40, noNaN: true }),
        fc.double({ min: 1e-3, max: 40, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (height, below, above, share) => {
          const zero = Math.log(Math.exp(height));
          const [low, high] = [zero - below, zero + above];
          const start = Math.min(Math.max(low + share * (high - low), low), high);
          const line = exponential(Math.exp(height));
          const found = newtonInBracket(line, low, high, start, { maxSteps: 200 });
          expect(found.status).toMatch(/^(converged|zero-slope)$/);
          expect(Math.abs(found.x - zero)).toBeLessThanOrEqual(
            rootUlps * Math.max(ulp(zero), Number.EPSILON),
          );
          expect(found.x).toBeGreaterThanOrEqual(found.bracket[0]);
          expect(found.x).toBeLessThanOrEqual(found.bracket[1]);
          if (found.status === 'converged') {
            expect(line(found.bracket[0]).slope).toBeLessThan(0);
            expect(line(found.bracket[1]).slope).toBeGreaterThan(0);
          }
          expect(line(found.x)).toEqual({ slope: found.slope, curvature: found.curvature });
        },
      ),
      { numRuns: 500 },
    );
  });

  test('is found to the neighbouring numbers when only the side is known, by halving', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1e6, max: 1e6, noNaN: true }),
        fc.constantFrom(0, -1, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY),
        fc.constantFrom('bracketed' as const, 'settled' as const),
        (zero, curvature, finish) => {
          const found = newtonInBracket(sides(zero, curvature), -2e6, 2e6, 0, { maxSteps: 1200, finish });
          expect(found.status).toBe('converged');
          const [a, b] = found.bracket;
          expect(a).toBeLessThan(zero);
          expect(b).toBeGreaterThanOrEqual(zero);
          expect(b - a).toBeLessThanOrEqual(Math.max(ulp(zero), Number.MIN_VALUE));
        },
      ),
      { numRuns: 200 },
    );
  });

  test.each([1e-9, 1e-3, 1e3, 1e9])('is found though the curvature is wrong by a factor of %d', (factor) => {
    const line: SlopeFunction = (x) => ({ slope: Math.expm1(x - 1), curvature: factor * Math.exp(x - 1) });
    const found = newtonInBracket(line, -5, 5, -3, { maxSteps: 500 });
    expect(found.status).toMatch(/^(converged|zero-slope)$/);
    // A curvature c times too large claims convergence c ulps early, but the bracket still shows the sign change.
    expect(Math.abs(found.x - 1)).toBeLessThanOrEqual(Math.max(1, factor) * 4 * Number.EPSILON);
    expect(found.bracket[0]).toBeLessThanOrEqual(1);
    expect(found.bracket[1]).toBeGreaterThanOrEqual(1);
  });

  test('is found where Newton alone runs away', () => {
    const arctangent: SlopeFunction = (x) => ({
      slope: Math.atan(x - 0.5),
      curvature: 1 / (1 + (x - 0.5) ** 2),
    });
    const found = newtonInBracket(arctangent, -1e6, 1e6, 4e5, { maxSteps: 100 });
    expect(found.status).toMatch(/^(converged|zero-slope)$/);
    expect(Math.abs(found.x - 0.5)).toBeLessThanOrEqual(ulp(1));
  });

  test('is found between infinite slopes, whose sign counts', () => {
    const wall: SlopeFunction = (x) => {
      const slope = Math.sinh(1000 * (x - 0.25));
      return { slope, curvature: 1000 * Math.cosh(1000 * (x - 0.25)) };
    };
    const found = newtonInBracket(wall, -10, 10, -9, { maxSteps: 100 });
    expect(found.status).toMatch(/^(converged|zero-slope)$/);
    expect(Math.abs(found.x - 0.25)).toBeLessThanOrEqual(ulp(0.25));
  });

  test.each([2 ** -900, 2 ** -60, 2 ** 60, 2 ** 900])('is the same one in units of %d', (unit) => {
    const scaled: SlopeFunction = (x) => {
      const { slope, curvature } = square(x / unit);
      return { slope, curvature: curvature / unit };
    };
    const plain = newtonInBracket(square, 0.5, 2, 1);
    const found = newtonInBracket(scaled, 0.5 * unit, 2 * unit, unit);
    expect([found.x / unit, found.steps, found.status]).toEqual([plain.x, plain.steps, plain.status]);
    expect(found.bracket.map((end) => end / unit)).toEqual([...plain.bracket]);
  });
});

describe('an exact zero', () => {
  const line: SlopeFunction = (x) => ({ slope: x - 3, curvature: 1 });

  test.each([
    ['at the start', 0, 5, 3, 1],
    ['one step away', 0, 5, 1, 2],
    ['at the low end, entered there', 3, 5, 3, 1],
    ['at the high end, entered there', 0, 3, 3, 1],
  ])('%s ends the search with a bracket of one point', (_, low, high, start, steps) => {
    expect(newtonInBracket(line, low, high, start)).toEqual({
      x: 3,
      slope: 0,
      curvature: 1,
      bracket: [3, 3],
      steps,
      status: 'zero-slope',
    });
  });

  test.each([
    ['low', 3, 5, 4],
    ['high', 0, 3, 1],
  ])('at the %s end is met there', (_, low, high, start) => {
    const found = newtonInBracket(line, low, high, start);
    expect([found.x, found.slope, found.status]).toEqual([3, 0, 'zero-slope']);
  });

  test('at the origin is found from either side', () => {
    for (const start of [-1, 1, 1e-300]) {
      const found = newtonInBracket((x) => ({ slope: Math.sinh(x), curvature: Math.cosh(x) }), -2, 2, start);
      expect([Math.abs(found.x), found.status]).toEqual([0, 'zero-slope']);
    }
  });
});

describe('a slope of one sign', () => {
  test.each([
    ['rising above zero', 1, 2, 1.5, 'at-low', 1],
    ['rising above zero, entered at the low end', 1, 2, 1, 'at-low', 1],
    ['rising above zero, entered at the high end', 1, 2, 2, 'at-low', 1],
    ['below zero', -3, -1, -2, 'at-high', -1],
    ['below zero, entered at the low end', -3, -1, -3, 'at-high', -1],
    ['below zero, entered at the high end', -3, -1, -1, 'at-high', -1],
  ])('%s ends at the end it points to', (_, low, high, start, status, end) => {
    const found = newtonInBracket((x) => ({ slope: x, curvature: 1 }), low, high, start);
    expect([found.status, found.x, found.slope]).toEqual([status, end, end]);
    expect(found.steps).toBeLessThanOrEqual(4);
  });

  test('without curvature is followed to the end by halving', () => {
    const found = newtonInBracket(() => ({ slope: 1, curvature: 0 }), -1, 1, 0.5, { maxSteps: 200 });
    expect([found.status, found.x]).toEqual(['at-low', -1]);
  });
});

describe('a search cut short', () => {
  test('by its evaluations returns the smallest slope seen', () => {
    const seen: number[] = [];
    const found = newtonInBracket(
      (x) => {
        seen.push(Math.abs(square(x).slope));
        return square(x);
      },
      0,
      2,
      0.1,
      { maxSteps: 3 },
    );
    expect([found.status, found.steps, seen.length]).toEqual(['max-steps', 3, 3]);
    expect(Math.abs(found.slope)).toBe(Math.min(...seen));
  });

  test.each([
    ['slope', Number.NaN, 1],
    ['curvature', 1, Number.NaN],
  ])('by a %s of NaN keeps the point before it', (_, slope, curvature) => {
    const first = newtonInBracket(() => ({ slope, curvature }), 0, 2, 1);
    expect(first).toEqual({
      x: 1,
      slope: Number.POSITIVE_INFINITY,
      curvature: Number.POSITIVE_INFINITY,
      bracket: [0, 2],
      steps: 1,
      status: 'non-finite',
    });
    const later = newtonInBracket(
      (x) => (x === 1 ? { slope: -1, curvature: 2 } : { slope, curvature }),
      0,
      2,
      1,
    );
    expect([later.x, later.slope, later.curvature, later.steps, later.status]).toEqual([
      1,
      -1,
      2,
      2,
      'non-finite',
    ]);
  });

  test('by a coarse resolution or a slope tolerance stops there', () => {
    const coarse = newtonInBracket(square, 0, 2, 1, { resolution: 1e-3, finish: 'settled' });
    expect(coarse.status).toBe('converged');
    expect(Math.abs(coarse.x - Math.SQRT2)).toBeLessThan(1e-3);
    const even = newtonInBracket(square, 0, 2, 1, { slopeTolerance: 1e-2, finish: 'settled' });
    expect(Math.abs(even.slope)).toBeLessThanOrEqual(1e-2);
    expect(even.steps).toBeLessThan(coarse.steps + 1);
  });
});

describe('a wrong call', () => {
  const message = (call: () => unknown): string => {
    try {
      call();
    } catch (error) {
      expect(error).toBeInstanceOf(CalibrationError);
      return (error as CalibrationError).message;
    }
    return expect.unreachable('nothing was thrown');
  };

  test.each([
    [2, 2],
    [3, 2],
    [Number.NaN, 2],
    [0, Number.POSITIVE_INFINITY],
    [Number.NEGATIVE_INFINITY, 2],
  ])('names the bracket [%d, %d]', (low, high) => {
    expect(message(() => newtonInBracket(square, low, high, 1))).toBe(
      `E_OPTION: a bracket needs finite ends, low below high, got [${low}, ${high}].`,
    );
  });

  test.each([-1, 3, Number.NaN])('names a start of %d outside', (start) => {
    expect(message(() => newtonInBracket(square, 0, 2, start))).toBe(
      `E_OPTION: the start must lie in the bracket [0, 2], got ${start}.`,
    );
  });

  test('names options unknown or out of range', () => {
    const ask = (options: object): string => message(() => newtonInBracket(square, 0, 2, 1, options));
    expect(ask({ maxStep: 3 })).toBe('E_OPTION: unknown option "maxStep"; did you mean "maxSteps"?');
    expect(ask({ maxSteps: 0 })).toBe('E_OPTION: option "maxSteps" must be a whole number 1..10000, got 0.');
    expect(ask({ resolution: -1 })).toMatch(/^E_OPTION: option "resolution" must be a number in 0\.\./);
    expect(ask({ slopeTolerance: Number.NaN })).toMatch(
      /^E_OPTION: option "slopeTolerance" must be a number/,
    );
    expect(ask({ finish: 'soon' })).toBe(
      'E_OPTION: option "finish" must be one of bracketed, settled, got "soon".',
    );
  });
});
