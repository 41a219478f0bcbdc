import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { argmaxRow } from '../../src/numerics/top-label.ts';
import { logSoftmax, logSumExp, softmax } from '../../src/softmax/index.ts';

const numRuns = process.env['CALIBRANT_FULL'] === undefined ? 300 : 20_000;

/** A power of two, by which scaling is exact. */
const powerOfTwo = fc.integer({ min: -200, max: 200 }).map((exponent) => 2 ** exponent);
const temperature = fc.double({ min: 0.01, max: 100, noNaN: true });
const rowOf = (logit: fc.Arbitrary<number>): fc.Arbitrary<number[]> =>
  fc.array(logit, { minLength: 1, maxLength: 12 });
const row = rowOf(fc.double({ min: -500, max: 500, noNaN: true }));
/** Multiples of 1/8, which shift by whole numbers without rounding. */
const eighths = rowOf(fc.integer({ min: -4000, max: 4000 }).map((count) => count / 8));
const anyFinite = fc.double({ noNaN: true, noDefaultInfinity: true });
const wild = rowOf(fc.oneof(anyFinite, fc.constant(Number.NEGATIVE_INFINITY))).filter((z) =>
  z.some((value) => value > Number.NEGATIVE_INFINITY),
);
const wildTemperature = fc.double({ min: 5e-324, max: 1.7976931348623157e308, noNaN: true });

describe('softmax', () => {
  test('does not change when every logit moves by the same amount', () => {
    fc.assert(
      fc.property(eighths, fc.integer({ min: -1_000_000, max: 1_000_000 }), temperature, (z, shift, T) => {
        const moved = z.map((value) => value + shift);
        expect(softmax(moved, { temperature: T })).toEqual(softmax(z, { temperature: T }));
      }),
      { numRuns },
    );
  });

  test('follows its classes when they change places', () => {
    fc.assert(
      fc.property(row, fc.nat(), temperature, (z, turn, T) => {
        const places = z.map((_, k) => (k + turn) % z.length);
        const moved = softmax(
          places.map((place) => z[place]!),
          { temperature: T },
        );
        const p = softmax(z, { temperature: T });
        places.forEach((place, k) => {
          // Only the order of the compensated sum differs.
          expect(Math.abs(moved[k]! - p[place]!)).toBeLessThanOrEqual(2 ** -52 * p[place]!);
        });
      }),
      { numRuns },
    );
  });

  test('at cT of cz is that at T of z, to the bit for powers of two', () => {
    fc.assert(
      fc.property(row, powerOfTwo, temperature, (z, c, T) => {
        // Logits too small to keep their bits under the scale are rounded to 0 first.
        const kept = z.map((value) => (Math.abs(value) < 2 ** -700 ? 0 : value));
        const scaled = kept.map((value) => value * c);
        expect(softmax(scaled, { temperature: T * c })).toEqual(softmax(kept, { temperature: T }));
      }),
      { numRuns },
    );
  });

  test('keeps the order of the logits, the largest first among them', () => {
    fc.assert(
      fc.property(row, temperature, (z, T) => {
        const p = softmax(z, { temperature: T });
        const order = z.map((_, k) => k).sort((a, b) => z[b]! - z[a]!);
        order.slice(1).forEach((k, at) => {
          expect(p[k]!).toBeLessThanOrEqual(p[order[at]!]!);
        });
        expect(p[argmaxRow(z, 0, z.length)]).toBe(Math.max(...p));
      }),
      { numRuns },
    );
  });

  test('is a distribution, whatever the logits and the temperature', () => {
    fc.assert(
      fc.property(wild, wildTemperature, (z, T) => {
        const p = softmax(z, { temperature: T });
        expect(p.every((value) => value >= 0 && value <= 1)).toBe(true);
        expect(Math.abs(p.reduce((sum, value) => sum + value, 0) - 1)).toBeLessThanOrEqual(
          z.length * 2 ** -52,
        );
        z.forEach((value, k) => {
          if (value === Number.NEGATIVE_INFINITY) expect(p[k]).toBe(0);
        });
      }),
      { numRuns },
    );
  });
});

describe('log-softmax and log-sum-exp', () => {
  test('are never NaN nor above 0, whatever the logits and the temperature', () => {
    fc.assert(
      fc.property(wild, wildTemperature, (z, T) => {
        expect(logSoftmax(z, { temperature: T }).every((value) => value <= 0)).toBe(true);
        expect(logSumExp(z, { temperature: T })).not.toBeNaN();
      }),
      { numRuns },
    );
  });

  test('the exponential of one is the softmax', () => {
    fc.assert(
      fc.property(row, temperature, (z, T) => {
        const p = softmax(z, { temperature: T });
        logSoftmax(z, { temperature: T }).forEach((value, k) => {
          // The rounding of a logarithm of size x is x half places of p.
          expect(Math.abs(Math.exp(value) - p[k]!)).toBeLessThanOrEqual(
            (8 + 4 * -value) * 2 ** -53 * p[k]! + 5e-324,
          );
        });
      }),
      { numRuns },
    );
  });

  test('log-sum-exp lies between the largest logit and ln K above it', () => {
    fc.assert(
      fc.property(row, (z) => {
        const excess = logSumExp(z) - Math.max(...z);
        expect(excess).toBeGreaterThanOrEqual(0);
        expect(excess).toBeLessThanOrEqual(Math.log(z.length) + 500 * 2 ** -52);
      }),
      { numRuns },
    );
  });
});
