import { describe, expect, test } from 'vitest';
import { storedNumbers } from '../../../src/core/number-store.ts';
import { matrixRows } from '../../../src/core/score-rows.ts';
import { everyNthRow } from '../../../src/kernels/every-nth-row.ts';
import { logRows } from '../../../src/kernels/log-rows.ts';
import { exponentOf, powerOfTwo } from '../../../src/kernels/power-of-two.ts';
import { softmaxRows } from '../../../src/kernels/softmax-rows.ts';

describe('powers of two', () => {
  test('have the exponent they were made with, over the whole range', () => {
    for (let k = -1022; k <= 1023; k += 1) {
      expect(powerOfTwo(k)).toBe(2 ** k);
      expect(exponentOf(2 ** k)).toBe(k);
      expect(exponentOf(-(2 ** k) * 1.75)).toBe(k);
    }
  });

  test('end where the normal doubles do', () => {
    expect([powerOfTwo(-2000), powerOfTwo(2000)]).toEqual([2 ** -1022, 2 ** 1023]);
    expect([exponentOf(0), exponentOf(5e-324)]).toEqual([-1023, -1023]);
  });
});

describe('every n-th row', () => {
  test('keeps row, label and weight together', () => {
    const data = Float32Array.from({ length: 14 }, (_, i) => i);
    const scores = matrixRows({ data, rows: 7, columns: 2 });
    const labels = storedNumbers(Int32Array.of(0, 1, 0, 1, 0, 1, 1));
    const weights = storedNumbers(Float64Array.of(1, 2, 3, 4, 5, 6, 7));
    const kept = everyNthRow(scores, labels, weights, 3);
    expect(kept.scores).toEqual({ data: Float32Array.of(0, 1, 6, 7, 12, 13), rows: 3, columns: 2 });
    expect([...kept.labels]).toEqual([0, 1, 1]);
    expect([...(kept.weights ?? [])]).toEqual([1, 4, 7]);
    expect(everyNthRow(scores, labels, undefined, 10).scores.rows).toBe(1);
  });
});

describe('logarithms of rows', () => {
  test('lead back to the probabilities through softmax, zeros included', () => {
    const data = Float64Array.of(0.5, 0.5, 0, 0.125, 0.25, 0.625);
    const logits = logRows({ data, rows: 2, columns: 3 });
    expect(logits.data[2]).toBe(Number.NEGATIVE_INFINITY);
    const back = softmaxRows(logits, 1);
    // Two roundings in the logarithm, one in the exponential, one in the division.
    for (let at = 0; at < 6; at += 1) expect(Math.abs(back.data[at]! - data[at]!)).toBeLessThan(4 * 2 ** -53);
  });
});
