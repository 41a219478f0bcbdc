import { describe, expect, test } from 'vitest';
import { diagnose } from '../../../src/doctor/diagnose.ts';
import { plainSoftmax, setOf, simulatedLogits } from './simulated-sets.ts';

const { logits, labels } = simulatedLogits(120, 3, 4);
const shares = logits.map(plainSoftmax);
const codes = (rows: readonly (readonly number[])[]): string[] =>
  diagnose(setOf('logits', rows, labels)).map(({ code }) => code);

describe('rows of one sum', () => {
  test('are named as votes or scaled probabilities', () => {
    const perMille = shares.map((row) => row.map((p) => 1000 * p));
    const [notice] = diagnose(setOf('logits', perMille, labels));
    expect(notice?.message).toBe(
      'W_CONSTANT_SUM: all 120 rows are 0 or more and sum to about 1000, as votes and scaled probabilities do; divide them by their sum and pass --input probs.',
    );
  });

  test('are named where they are whole, with the rounding of each', () => {
    const votes = shares.map(([a, b]) => {
      const [x, y] = [Math.round(50 * a!), Math.floor(50 * b!)];
      return [x, y, 50 - x - y];
    });
    expect(codes(votes.map((row) => row.map(Math.abs)))).toContain('W_CONSTANT_SUM');
    const bytes = shares.map((row) => row.map((p) => Math.round(255 * p)));
    expect(new Set(bytes.map((row) => row.reduce((sum, value) => sum + value, 0))).size).toBeGreaterThan(1);
    expect(codes(bytes)).toContain('W_CONSTANT_SUM');
  });

  test('are none for logits, shares, percentages, one other row and few rows', () => {
    const centred = logits.map((row) => row.map((z) => z - (row[0]! + row[1]! + row[2]!) / 3));
    const scaled = shares.map((row) => row.map((p) => 10 * p));
    const but = scaled.map((row, i) => (i === 77 ? row.map((p) => 1.5 * p) : row));
    for (const rows of [logits, centred, shares, shares.map((row) => row.map((p) => 100 * p)), but]) {
      expect(codes(rows)).not.toContain('W_CONSTANT_SUM');
    }
    const few = diagnose(setOf('logits', scaled.slice(0, 9), labels.slice(0, 9)));
    expect(few.map(({ code }) => code)).not.toContain('W_CONSTANT_SUM');
  });
});
