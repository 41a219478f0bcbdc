import { expect, test } from 'vitest';
import { distinctNotices, notice } from '../../../src/core/notices.ts';

test('a notice has its place in the message and as fields', () => {
  const found = notice('W_TIES', 'two classes tie.', { file: 'val.csv', row: 7, column: 'cat' });
  expect(found).toStrictEqual({
    code: 'W_TIES',
    message: 'W_TIES: val.csv line 7, column "cat": two classes tie.',
    file: 'val.csv',
    row: 7,
    column: 'cat',
  });
  expect(notice('W_TIES', 'two classes tie.')).toStrictEqual({
    code: 'W_TIES',
    message: 'W_TIES: two classes tie.',
  });
});

test('the first of equal notices is kept, in its place', () => {
  const [a, b] = [notice('W_TIES', 'one.'), notice('W_TIES', 'two.')];
  expect(distinctNotices([b, a, notice('W_TIES', 'two.'), a])).toEqual([b, a]);
});
