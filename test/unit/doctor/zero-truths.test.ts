import { expect, test } from 'vitest';
import { diagnose } from '../../../src/doctor/index.ts';

const set = {
  kind: 'probabilities',
  scores: { data: Float64Array.of(0.97, 0.03, 1, 0, 0.2, 0.8), rows: 3, columns: 2 },
  labels: Int32Array.of(0, 1, 1),
  classNames: ['cat', 'dog'],
  namedClasses: true,
} as const;

test('true classes of probability 0 are named with the floor that the digits suggest', () => {
  const found = diagnose(set, { lines: [2, 3, 4] }).filter(({ code }) => code === 'W_PROB_ZERO_TRUE');
  expect(found.map(({ message }) => message)).toEqual([
    'W_PROB_ZERO_TRUE: the true class has probability 0 in 1 of 3 rows (line 3), so the NLL is infinite; --floor 0.005, half the smallest step or positive value of the data, raises zeros to it, and the temperature depends on it.',
  ]);
});

test('logits of 0 are no such probabilities', () => {
  const codes = diagnose({ ...set, kind: 'logits' }).map(({ code }) => code);
  expect(codes).not.toContain('W_PROB_ZERO_TRUE');
});
