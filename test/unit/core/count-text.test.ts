import { expect, test } from 'vitest';
import { countText } from '../../../src/core/count-text.ts';

test.each([
  [0, '0'],
  [999, '999'],
  [1000, '1,000'],
  [1_234_567, '1,234,567'],
])('a count of %d is %s', (count, text) => expect(countText(count)).toBe(text));
