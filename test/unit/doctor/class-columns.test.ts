import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../../src/core/random.ts';
import type { ScoredSet } from '../../../src/core/scored-set.ts';
import { diagnose } from '../../../src/doctor/diagnose.ts';
import { plainSoftmax, setOf, simulatedLogits } from './simulated-sets.ts';

const codes = (set: ScoredSet): string[] => diagnose(set).map(({ code }) => code);

describe('classes in another order', () => {
  test('are named where predictions agree better than by chance', () => {
    const { logits } = simulatedLogits(600, 3, 6);
    const random = seededRandom(3);
    // Most rows are of class 0, which is in its place; the two others are swapped.
    const labels = logits.map(() => [0, 0, 0, 1, 2][random.below(5)]!);
    const scores = logits.map((row, i) => row.map((z, k) => 0.2 * z + (k === [0, 2, 1][labels[i]!] ? 4 : 0)));
    const predicted = scores.map((row) => row.indexOf(Math.max(...row)));
    const right = predicted.filter((k, i) => k === labels[i]).length;
    const swapped = predicted.filter((k, i) => [0, 2, 1][k] === labels[i]).length;
    const [notice, ...others] = diagnose(setOf('logits', scores, labels));
    expect(others).toEqual([]);
    expect(notice?.message).toBe(
      `W_CLASS_ORDER: predictions agree with the labels on ${((100 * right) / 600).toFixed(1)}%; with the classes in another order they agree on ${((100 * swapped) / 600).toFixed(1)}%, so the columns may be in the order 0,2,1: correct their names, or the labels, if they are.`,
    );
  });

  test.each([2, 3, 5, 20])('are not suspected of a weak classifier of %i classes, in 100 sets', (classes) => {
    for (let seed = 1; seed <= 100; seed += 1) {
      const { logits, labels } = simulatedLogits(200, classes, 1, seed);
      expect(codes(setOf('logits', logits, labels))).not.toContain('W_CLASS_ORDER');
    }
  });
});

describe('scores sorted within each row', () => {
  const { logits, labels } = simulatedLogits(200, 4, 5);
  const falling = (row: readonly number[]): number[] => [...row].sort((a, b) => b - a);

  test.each([
    ['fall', falling],
    ['rise', (row: readonly number[]) => falling(row).reverse()],
  ])('are named where they %s', (word, sort) => {
    const notices = diagnose(setOf('probabilities', logits.map(plainSoftmax).map(sort), labels));
    expect(notices.map(({ code }) => code)).toEqual(['W_SORTED_ROWS']);
    expect(notices[0]?.message).toBe(
      `W_SORTED_ROWS: the scores of every row ${word} from the first column to the last, as the largest scores of a row do when they are exported by rank; each column must hold the scores of one class.`,
    );
  });

  test('are no matter for a classifier that always predicts the class of most rows', () => {
    const rare = labels.map((_, i) => (i % 10 === 0 ? 1 : i % 25 === 1 ? 2 : 0));
    const scores = logits.map((row) => falling(row.slice(0, 3)));
    expect(codes(setOf('logits', scores, rare))).not.toContain('W_SORTED_ROWS');
    // With many classes no such order is by chance.
    const many = simulatedLogits(200, 6, 5).logits.map(falling);
    expect(codes(setOf('logits', many, rare))).toContain('W_SORTED_ROWS');
  });

  test('are no matter for two classes, few rows, one row out of order, or equal scores', () => {
    const two = logits.map((row) => falling(row.slice(0, 2)));
    expect(
      codes(
        setOf(
          'logits',
          two,
          labels.map((y) => y % 2),
        ),
      ),
    ).not.toContain('W_SORTED_ROWS');
    const few = logits.slice(0, 19).map(falling);
    expect(codes(setOf('logits', few, labels.slice(0, 19)))).not.toContain('W_SORTED_ROWS');
    const but = logits.map((row, i) => (i === 150 ? falling(row).reverse() : falling(row)));
    expect(codes(setOf('logits', but, labels))).not.toContain('W_SORTED_ROWS');
    const equal = logits.map(() => [1, 1, 1, 1]);
    expect(codes(setOf('logits', equal, labels))).not.toContain('W_SORTED_ROWS');
  });
});
