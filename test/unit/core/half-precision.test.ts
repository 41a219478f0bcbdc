import { describe, expect, test } from 'vitest';
import { fromBfloat16, fromFloat16 } from '../../../src/core/half-precision.ts';

describe('half precision', () => {
  // The examples of IEEE 754-2019 binary16: bits and the value they stand for by its definition.
  test.each([
    [0x3c00, 1],
    [0x3c01, 1 + 2 ** -10],
    [0xc000, -2],
    [0x7bff, 65504],
    [0x0400, 2 ** -14],
    [0x03ff, 2 ** -14 - 2 ** -24],
    [0x0001, 2 ** -24],
    [0x0000, 0],
    [0x8000, -0],
    [0x7c00, Number.POSITIVE_INFINITY],
    [0xfc00, Number.NEGATIVE_INFINITY],
    [0x7e00, Number.NaN],
    [0x3555, 0.333251953125],
  ])('float16 %i', (bits, value) => {
    expect(fromFloat16([bits])[0]).toBe(value);
  });

  test('bfloat16 is the upper half of a float32', () => {
    const singles = Float32Array.of(1, -2, 0.15625, 3e38, 0, Number.NEGATIVE_INFINITY);
    const halves = Uint16Array.from(new Uint32Array(singles.buffer), (bits) => bits >>> 16);
    const exact = [1, -2, 0.15625, 0, Number.NEGATIVE_INFINITY];
    const values = fromBfloat16(halves);
    expect([values[0], values[1], values[2], values[4], values[5]]).toEqual(exact);
    expect(Math.abs(values[3]! / 3e38 - 1)).toBeLessThan(2 ** -7);
  });

  test('every float16 that is a number has the value of its bits', () => {
    const bits = Uint16Array.from({ length: 0x7c00 }, (_, i) => i);
    const values = fromFloat16(bits);
    // Neighbours are one unit in the last place apart: 2^(e − 25) with exponent e, subnormals as e = 1.
    const isStep = (i: number): boolean =>
      values[i]! - values[i - 1]! === 2 ** (Math.max((i - 1) >> 10, 1) - 25);
    expect([...bits.keys()].slice(1).filter((i) => !isStep(i))).toEqual([]);
  });
});
