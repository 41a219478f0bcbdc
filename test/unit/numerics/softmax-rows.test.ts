import { describe, expect, test } from 'vitest';
import { logSumExpRow } from '../../../src/numerics/log-sum-exp.ts';
import { logSoftmaxRow, softmaxRow } from '../../../src/numerics/softmax-row.ts';
import reference from '../../reference/softmax-rows.json' with { type: 'json' };

interface Case {
  readonly name: string;
  readonly z: Float64Array;
  readonly temperature: number;
  readonly softmax: readonly number[];
  readonly logSoftmax: readonly number[];
  readonly logSumExp: number;
}

const cases: readonly Case[] = reference.cases.map((row) => ({
  name: row.name,
  z: Float64Array.from(row.logits, Number),
  temperature: row.temperature,
  softmax: row.softmax,
  logSoftmax: row.logSoftmax.map(Number),
  logSumExp: Number(row.logSumExp),
}));

/** Half a last place of 1. */
const roundoff = 2 ** -53;

/** Published relative error bound of a softmax cell, 4·(x + 4)·2^−53 with x = (largest − z)/T. */
function cellBound(z: number, largest: number, temperature: number): number {
  const spread = largest - z;
  const x = Number.isFinite(spread) ? spread / temperature : (largest / 2 - z / 2) / (temperature / 2);
  return 4 * (x + 4) * roundoff;
}

function row(f: typeof softmaxRow, z: Float64Array | Float32Array, temperature: number): Float64Array {
  const out = new Float64Array(z.length);
  f(z, 0, z.length, temperature, out, 0);
  return out;
}

describe.each(cases)('$name', ({ z, temperature, softmax, logSoftmax, logSumExp }) => {
  const largest = Math.max(...z);

  test('every softmax cell keeps the published bound', () => {
    row(softmaxRow, z, temperature).forEach((p, j) => {
      const expected = softmax[j]!;
      if (expected >= 1e-300) {
        expect(Math.abs(p - expected)).toBeLessThanOrEqual(cellBound(z[j]!, largest, temperature) * expected);
      } else {
        // Gradual underflow: the bound at 1e-300, in absolute terms.
        expect(Math.abs(p - expected)).toBeLessThanOrEqual(1e-300 * 4 * 750 * roundoff);
      }
    });
  });

  test('the cells sum to 1 within K half places', () => {
    const sum = row(softmaxRow, z, temperature).reduce((total, p) => total + p, 0);
    expect(Math.abs(sum - 1)).toBeLessThanOrEqual(2 * z.length * roundoff);
  });

  test('log-softmax keeps relative accuracy, log-probabilities near 0 included', () => {
    // ln p of the largest cell is −(sum of the others), so it carries the bound of the second largest cell.
    const second = [...z].sort((a, b) => b - a)[1] ?? largest;
    const bound = cellBound(Math.max(second, largest - 745 * temperature), largest, temperature);
    row(logSoftmaxRow, z, temperature).forEach((value, j) => {
      const expected = logSoftmax[j]!;
      if (expected === Number.NEGATIVE_INFINITY) expect(value).toBe(expected);
      else expect(Math.abs(value - expected)).toBeLessThanOrEqual(bound * Math.abs(expected) + 5e-324);
    });
  });

  test('log-sum-exp is right to the roundings of its two terms', () => {
    const value = logSumExpRow(z, 0, z.length, temperature);
    if (!Number.isFinite(logSumExp)) expect(value).toBe(logSumExp);
    else {
      const size = Math.abs(largest / temperature) + Math.log(z.length) + Math.abs(logSumExp);
      expect(Math.abs(value - logSumExp)).toBeLessThanOrEqual(4 * roundoff * size);
    }
  });
});

describe('row loops', () => {
  test('read a row in the middle of a matrix and write where told', () => {
    const data = Float32Array.of(9, 9, 2, 1, 0, 9);
    const out = new Float64Array(5).fill(7);
    softmaxRow(data, 2, 3, 1, out, 1);
    expect([...out]).toEqual([7, ...row(softmaxRow, Float64Array.of(2, 1, 0), 1), 7]);
    logSoftmaxRow(data, 2, 3, 1, out, 1);
    expect([...out]).toEqual([7, ...row(logSoftmaxRow, Float64Array.of(2, 1, 0), 1), 7]);
  });

  test('may write over their input', () => {
    const data = Float64Array.of(2, 1, 0.1);
    const expected = row(softmaxRow, data, 0.5);
    softmaxRow(data, 0, 3, 0.5, data, 0);
    expect(data).toEqual(expected);
  });

  test('give the same bits for float32 cells as for their float64 copy', () => {
    const narrow = Float32Array.from({ length: 100 }, (_, j) => Math.fround(((j * 37) % 101) / 7));
    expect(row(softmaxRow, narrow, 0.7)).toEqual(row(softmaxRow, Float64Array.from(narrow), 0.7));
  });
});
