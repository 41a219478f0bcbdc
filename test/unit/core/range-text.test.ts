import { expect, test } from 'vitest';
import { rangeText } from '../../../src/core/range-text.ts';

test('rangeText joins plain names by dots, and quotes others', () => {
  expect(rangeText('logit_0', 'logit_9')).toBe('logit_0..logit_9');
  expect(rangeText('2', '4')).toBe('2..4');
  expect(rangeText('.pred_a', '.pred_c')).toBe('".pred_a" to ".pred_c"');
  expect(rangeText('p a', 'p\nb')).toBe('"p a" to "p\\u000Ab"');
});
