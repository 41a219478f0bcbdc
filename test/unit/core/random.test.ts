import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../../src/core/random.ts';

/** xoshiro128** restated with BigInt arithmetic, as an oracle for the integer steps. */
function reference(seed: number, draws: number): number[] {
  const mask = 0xffffffffn;
  let splitState = BigInt(seed) & mask;
  const fill = (): bigint => {
    splitState = (splitState + 0x9e3779b9n) & mask;
    let z = splitState;
    z = ((z ^ (z >> 16n)) * 0x21f0aaadn) & mask;
    z = ((z ^ (z >> 15n)) * 0x735a2d97n) & mask;
    return z ^ (z >> 15n);
  };
  const s = [fill(), fill(), fill(), fill()] as [bigint, bigint, bigint, bigint];
  const rotate = (x: bigint, k: bigint): bigint => ((x << k) | (x >> (32n - k))) & mask;
  return Array.from({ length: draws }, () => {
    const result = (rotate((s[1] * 5n) & mask, 7n) * 9n) & mask;
    const t = (s[1] << 9n) & mask;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = rotate(s[3], 11n);
    return Number(result);
  });
}

describe('seededRandom', () => {
  test.each([0, 1, 42, 4294967295])('seed %d draws the published sequence', (seed) => {
    const random = seededRandom(seed);
    expect(Array.from({ length: 100 }, random.uint32)).toEqual(reference(seed, 100));
  });

  test('uniform numbers stay in [0, 1) with the mean and variance of a uniform law', () => {
    const random = seededRandom(7);
    const draws = Array.from({ length: 100_000 }, random.uniform);
    const mean = draws.reduce((sum, x) => sum + x, 0) / draws.length;
    const variance = draws.reduce((sum, x) => sum + (x - mean) ** 2, 0) / draws.length;
    expect(draws.every((x) => x >= 0 && x < 1)).toBe(true);
    // Five standard errors of the mean and of the variance at n = 1e5.
    expect(Math.abs(mean - 0.5)).toBeLessThan(5 * Math.sqrt(1 / 12 / 1e5));
    expect(Math.abs(variance - 1 / 12)).toBeLessThan(5 * Math.sqrt(1 / 180 / 1e5));
  });

  test('whole numbers below n are all reached evenly', () => {
    const random = seededRandom(3);
    const counts = new Array<number>(6).fill(0);
    for (let i = 0; i < 60_000; i += 1) counts[random.below(6)]! += 1;
    const chiSquared = counts.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0);
    // 99.99 % point of chi-squared with 5 degrees of freedom.
    expect(chiSquared).toBeLessThan(25.7);
  });
});
