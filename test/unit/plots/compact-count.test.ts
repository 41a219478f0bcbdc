import { expect, test } from 'vitest';
import { compactCount } from '../../../src/plots/compact-count.ts';

test.each([
  [0, '0'],
  [999, '999'],
  [1000, '1k'],
  [1768, '1.8k'],
  [9949, '9.9k'],
  [9950, '10k'],
  [12_345, '12k'],
  [999_499, '999k'],
  [999_500, '1M'],
  [1_234_567, '1.2M'],
  [999_499_999, '999M'],
  [999_500_000, '1G'],
  [2_147_483_647, '2.1G'],
])('%i rows are written %s', (count, text) => {
  expect(compactCount(count)).toBe(text);
});
