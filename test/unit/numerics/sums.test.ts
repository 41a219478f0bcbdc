import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CompensatedSum, meanOf, sumOf } from '../../../src/numerics/compensated-sum.ts';
import { ExactSum, exactSum, exactSumSign } from '../../../src/numerics/exact-sum.ts';

const anyDouble = fc.double({ noNaN: true, noDefaultInfinity: true });

/** A finite double as numerator over 2^1074, by its printed bits: slow and simple. */
function numerator(x: number): bigint {
  const bits = new BigUint64Array(Float64Array.of(x).buffer)[0]!;
  const exponent = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & 0xfffffffffffffn;
  const size = exponent === 0 ? fraction : (fraction | (1n << 52n)) << BigInt(exponent - 1);
  return bits >> 63n === 0n ? size : -size;
}

describe('compensated sums', () => {
  test('keep what a plain sum loses', () => {
    expect(sumOf([1, 1e100, 1, -1e100])).toBe(2);
    expect(sumOf([])).toBe(0);
    expect(sumOf(new Float64Array(1e5).fill(0.1))).toBe(10000);
    expect(meanOf([1, 2, 6])).toBe(3);
  });

  test('can be read between additions', () => {
    const sum = new CompensatedSum();
    sum.add(1e16);
    sum.add(1);
    expect(sum.value).toBe(1e16);
    sum.add(1);
    expect(sum.value).toBe(10000000000000002);
  });

  test('are the correctly rounded sum or its neighbour for terms of like size', () => {
    const terms = fc.array(fc.double({ min: -1e3, max: 1e3, noNaN: true }), { maxLength: 50 });
    fc.assert(
      fc.property(terms, (values) => {
        const size = values.reduce((total, value) => total + Math.abs(value), 0);
        // Neumaier: one rounding of the result and n²·2^−106 of the sizes.
        const bound = 2 ** -53 * Math.abs(exactSum(values)) + 2500 * 2 ** -106 * size;
        expect(Math.abs(sumOf(values) - exactSum(values))).toBeLessThanOrEqual(2 * bound);
      }),
    );
  });
});

describe('exact sums', () => {
  test.each<[number[], number]>([
    [[], 0],
    [[0.1, 0.2, 0.3, -0.6], 2.7755575615628914e-17],
    [[1e308, 1e308, -1e308, 1, -1e308, 5e-324], 1],
    [[1e308, 1e308], Number.POSITIVE_INFINITY],
    [[-1e308, -1e308], Number.NEGATIVE_INFINITY],
    [[5e-324, 5e-324], 1e-323],
    [[1, 2 ** -53], 1],
    [[1, 2 ** -53, 5e-324], 1 + 2 ** -52],
    [[1 + 2 ** -52, 2 ** -53], 1 + 2 ** -51],
    [[Number.MAX_VALUE, 2 ** 969], Number.MAX_VALUE],
    [[Number.MAX_VALUE, 2 ** 970], Number.POSITIVE_INFINITY],
    [[2.2250738585072014e-308, -5e-324], 2.225073858507201e-308],
  ])('of %j round once, to %s', (values, expected) => {
    expect(exactSum(values)).toBe(expected);
  });

  test('have the sign of the rational sum, whatever the order', () => {
    fc.assert(
      fc.property(fc.array(anyDouble, { maxLength: 12 }), (values) => {
        // A last term that almost cancels the others is where rounded sums fail.
        const terms = [...values, -sumOf(values.filter((value) => Math.abs(value) < 1e300))];
        const rational = terms.reduce((total, value) => total + numerator(value), 0n);
        const sign = rational > 0n ? 1 : rational < 0n ? -1 : 0;
        expect(exactSumSign(terms)).toBe(sign);
        expect(exactSumSign(terms.toReversed())).toBe(sign);
        expect(exactSum(terms)).toBe(exactSum(terms.toReversed()));
      }),
    );
  });

  test('of two terms are what one addition gives', () => {
    fc.assert(fc.property(anyDouble, anyDouble, (a, b) => exactSum([a, b]) === a + b));
  });

  test('hold exact products of any two doubles', () => {
    fc.assert(
      fc.property(anyDouble, anyDouble, (a, b) => {
        const sum = new ExactSum();
        sum.addProduct(a, b);
        const product = numerator(a) * numerator(b);
        expect(sum.sign).toBe(product > 0n ? 1 : product < 0n ? -1 : 0);
        expect(sum.value).toBe(product === 0n ? 0 : a * b);
        sum.addProduct(-b, a);
        expect(sum.sign).toBe(0);
      }),
    );
  });

  test('know that a rounded product was not exact', () => {
    const sum = new ExactSum();
    sum.addProduct(0.1, 0.3);
    sum.add(-(0.1 * 0.3));
    // The rounding error of 0.1·0.3, by rational arithmetic on the two doubles.
    const rest = numerator(0.1) * numerator(0.3) - (numerator(0.1 * 0.3) << 1074n);
    expect(sum.sign).toBe(rest > 0n ? 1 : -1);
  });

  test('survive more terms than a limb holds without carrying', () => {
    const sum = new ExactSum();
    for (let i = 0; i < 1_100_000; i += 1) sum.add(0.1);
    sum.addProduct(-1_100_000, 0.1);
    expect(sum.sign).toBe(0);
  });
});
