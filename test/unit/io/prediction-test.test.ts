import { describe, expect, test } from 'vitest';
import { predictionTest } from '../../../src/io/prediction-test.ts';

function isPrediction(rows: readonly (readonly [readonly number[], string])[]): boolean {
  const test = predictionTest();
  for (const [scores, text] of rows) test.add(scores, text);
  return test.isPrediction();
}

const scores = Array.from({ length: 12 }, (_, i) => [0, 1, 2].map((k) => Math.sin(3 * i + 5 * k)));
const winner = (row: readonly number[]): number => row.indexOf(Math.max(...row));

describe('predictionTest', () => {
  test('finds a column that names the largest score in every row', () => {
    expect(isPrediction(scores.map((row) => [row, ['fox', 'cat', 'dog'][winner(row)]!]))).toBe(true);
  });

  test('does not take a column that differs in one row, or names two classes alike', () => {
    const other = scores.map((row, i) => [row, String(i === 7 ? 9 : winner(row))] as const);
    expect(isPrediction(other)).toBe(false);
    expect(isPrediction(scores.map((row) => [row, winner(row) === 0 ? 'a' : 'b']))).toBe(false);
    expect(isPrediction(scores.map((row) => [row, 'a']))).toBe(false);
  });

  test('reads one score as a logit or a probability of class 1', () => {
    const one = scores.map(([score]) => score!);
    expect(isPrediction(one.map((z) => [[z], z > 0 ? 'yes' : 'no']))).toBe(true);
    expect(isPrediction(one.map((z) => [[(1 + z) / 2], z > 0 ? '1' : '0']))).toBe(true);
    expect(isPrediction(one.map((z) => [[z], z > 0.8 ? 'yes' : 'no']))).toBe(false);
  });

  test('asks for some rows', () => {
    expect(isPrediction(scores.slice(0, 7).map((row) => [row, String(winner(row))]))).toBe(false);
  });
});
