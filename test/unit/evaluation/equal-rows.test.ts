import { expect, test } from 'vitest';
import { seededRandom } from '../../../src/core/random.ts';
import { calibrationTests, measureIntervals } from '../../../src/evaluation/index.ts';

/** Rows of two distributions, labels in exactly the shares that these say, shuffled. */
function repeatedRows(copies: number, seed: number): { p: number[][]; y: number[] } {
  const random = seededRandom(seed);
  const rows = Array.from({ length: 10 * copies }, (_, i) => {
    const first = i % 10 < 5 ? 0.8 : 0.6;
    return { at: random.uniform(), first, label: i % 5 < 5 * first - 1e-9 ? 0 : 1 };
  }).sort((a, b) => a.at - b.at);
  return { p: rows.map(({ first }) => [first, 1 - first]), y: rows.map(({ label }) => label) };
}

test('the error of a mean over many equal rows is that of rows drawn one by one', () => {
  const { p, y } = repeatedRows(1200, 1);
  const [accuracy] = measureIntervals(p, y, { measures: ['accuracy'], resamples: 2000 });
  const known = Math.sqrt((0.7 * 0.3) / p.length);
  // Known to 1.6 % each by the number of groups and of resamples: six standard deviations.
  expect(Math.abs(accuracy!.standardError! / known - 1)).toBeLessThan(0.14);
});

test('the kernel test reads a fair part of many equal rows', () => {
  const { p, y } = repeatedRows(400, 2);
  const kernel = calibrationTests(p, y, { draws: 99 }).find(({ name }) => name === 'kernel');
  expect(kernel!.rows).toBe(1000);
  // All rows together are as right as they say; a fair part strays by chance alone.
  expect(kernel!.pValue).toBeGreaterThan(0.01);
});

test('equal rows are drawn the same bit by bit in any order', () => {
  const { p, y } = repeatedRows(30, 3);
  const turned = { p: p.toReversed(), y: y.toReversed() };
  const options = { measures: ['accuracy', 'negative-log-likelihood'], resamples: 100 } as const;
  expect(measureIntervals(turned.p, turned.y, options)).toEqual(measureIntervals(p, y, options));
});
