import { expect, test } from 'vitest';
import { diagnose } from '../../../src/doctor/diagnose.ts';
import { setOf, simulatedLogits } from './simulated-sets.ts';

const { logits, labels } = simulatedLogits(120, 2, 2);
const margins = logits.map(([a, b]) => b! - a!);
const codes = (rows: readonly (readonly number[])[], truth: readonly number[]): string[] =>
  diagnose(setOf('logits', rows, truth)).map(({ code }) => code);

test('labels that a threshold of the score makes are named', () => {
  const made = margins.map((margin) => Number(margin > 0.8));
  const [notice] = diagnose(setOf('logits', logits, made));
  const ones = made.filter((label) => label === 1).length;
  expect(notice?.message).toBe(
    `W_THRESHOLD_LABELS: the scores of the ${120 - ones} rows of class 0 and of the ${ones} rows of class 1 do not overlap, although some rows are wrong; the labels may be predictions made from these scores, so check that they are the true ones.`,
  );
});

test('true labels, few rows, a class of few rows and rows that are all right are not', () => {
  const made = (threshold: number): number[] => margins.map((margin) => Number(margin > threshold));
  expect(codes(logits, labels)).not.toContain('W_THRESHOLD_LABELS');
  expect(codes(logits.slice(0, 49), made(0.8).slice(0, 49))).not.toContain('W_THRESHOLD_LABELS');
  const [fourth] = margins.toSorted((a, b) => b - a).slice(4);
  expect(codes(logits, made(fourth!))).not.toContain('W_THRESHOLD_LABELS');
  expect(codes(logits, made(0))).toEqual(['W_ALL_RIGHT']);
  const mostly = made(0.8).map((label, i) => (i === 5 ? 1 - label : label));
  expect(codes(logits, mostly)).not.toContain('W_THRESHOLD_LABELS');
});
