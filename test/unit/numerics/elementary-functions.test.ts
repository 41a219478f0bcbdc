import { describe, expect, test } from 'vitest';
import { exp } from '../../../src/numerics/exponential.ts';
import { expTerm } from '../../../src/numerics/exponential-term.ts';
import { log, log1p } from '../../../src/numerics/logarithm.ts';
import reference from '../../reference/elementary-functions.json' with { type: 'json' };

type Row = readonly number[];

/** Distance between neighbouring doubles at the size of x: 2^−1074 below the normal range. */
function lastPlace(x: number): number {
  const bits = new Float64Array([Math.abs(x)]);
  const whole = new BigInt64Array(bits.buffer);
  const here = bits[0]!;
  whole[0]! += 1n;
  return bits[0]! - here;
}

function largestError(f: (x: number) => number, rows: readonly Row[]): number {
  return Math.max(...rows.map(([x, near, rest]) => Math.abs((f(x!) - near!) / lastPlace(near!) - rest!)));
}

const isSubnormal = ([, near]: Row): boolean => Math.abs(near!) < 2.2250738585072014e-308;

describe('exp', () => {
  test('is within 0.52 ulp of the truth where the result is normal', () => {
    expect(
      largestError(
        exp,
        reference.exp.filter((row) => !isSubnormal(row)),
      ),
    ).toBeLessThan(0.52);
  });

  test('underflows gradually, within 1 ulp', () => {
    const rows = reference.exp.filter(isSubnormal);
    expect(rows.length).toBeGreaterThan(50);
    expect(largestError(exp, rows)).toBeLessThan(1);
  });

  test.each([
    [0, 1],
    [-0, 1],
    [Number.NEGATIVE_INFINITY, 0],
    [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
    [Number.NaN, Number.NaN],
    [1, Math.E],
    [5e-324, 1],
    [1e-17, 1],
    [709.782712893384, 1.7976931348622732e308],
    [709.7827128933841, Number.POSITIVE_INFINITY],
    [-745.1332191019411, 5e-324],
    [-745.1332191019412, 0],
    [1.7976931348623157e308, Number.POSITIVE_INFINITY],
    [-1.7976931348623157e308, 0],
  ])('of %s is exactly %s', (x, expected) => {
    expect(exp(x)).toBe(expected);
  });

  test('rises over the seams of its table', () => {
    const steps = Array.from({ length: 2000 }, (_, i) => (i - 1000) * (Math.LN2 / 256));
    const falls = steps.filter((x) => !(exp(x + 1e-12) > exp(x)) || !(exp(x) > exp(x - 1e-12)));
    expect(falls).toEqual([]);
  });
});

describe('expTerm', () => {
  const rows = reference.exp.filter(([x]) => x! <= 0 && x! >= -746);

  test('is within 1.05 ulp of the truth and the rounding of its argument', () => {
    const normal = rows.filter((row) => !isSubnormal(row));
    expect(normal.length).toBeGreaterThan(200);
    // e^x·|x|·2^−53 in places of e^x, of which there are at most 2^53 in e^x.
    const errors = normal.map((row) => largestError(expTerm, [row]) - Math.abs(row[0]!));
    expect(Math.max(...errors)).toBeLessThan(1.05);
  });

  test('is as near as 1.05 ulp where its argument is small', () => {
    const near = rows.filter(([x]) => x! > -(2 ** -8));
    expect(near.length).toBeGreaterThan(20);
    expect(largestError(expTerm, near)).toBeLessThan(1.06);
  });

  test('underflows gradually', () => {
    for (const [x, value] of rows.filter(isSubnormal)) {
      expect(Math.abs(expTerm(x!) / value! - 1)).toBeLessThan(Math.abs(x!) * 2 ** -53 + 5e-324 / value!);
    }
    expect([0, -745.2, -746].map(expTerm)).toEqual([1, 0, 0]);
  });
});

describe('log', () => {
  test('is within 1 ulp of the truth', () => {
    expect(largestError(log, reference.log)).toBeLessThan(1);
  });

  test.each([
    [1, 0],
    [0, Number.NEGATIVE_INFINITY],
    [-0, Number.NEGATIVE_INFINITY],
    [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
    [-1, Number.NaN],
    [Number.NEGATIVE_INFINITY, Number.NaN],
    [Number.NaN, Number.NaN],
    [2, Math.LN2],
  ])('of %s is exactly %s', (x, expected) => {
    expect(log(x)).toBe(expected);
  });
});

describe('log1p', () => {
  test('is within 1 ulp of the truth', () => {
    expect(largestError(log1p, reference.log1p)).toBeLessThan(1);
  });

  test.each([
    [0, 0],
    [-0, -0],
    [-1, Number.NEGATIVE_INFINITY],
    [-1.5, Number.NaN],
    [Number.NaN, Number.NaN],
    [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
    [1e-20, 1e-20],
    [-5e-324, -5e-324],
  ])('of %s is exactly %s', (x, expected) => {
    expect(log1p(x)).toBe(expected);
  });
});
