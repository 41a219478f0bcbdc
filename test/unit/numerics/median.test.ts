import { expect, test } from 'vitest';
import { seededRandom } from '../../../src/core/random.ts';
import { medianOfMany } from '../../../src/numerics/median-of-many.ts';
import { medianOfValues } from '../../../src/numerics/median-of-values.ts';

/** The definition. */
function median(values: Float64Array): number {
  const sorted = Float64Array.from(values).sort();
  const half = values.length / 2;
  return values.length % 2 === 1 ? sorted[half - 0.5]! : (sorted[half - 1]! + sorted[half]!) / 2;
}

test('the median is the middle of the sorted values, with ties, gaps and one value alone', () => {
  const random = seededRandom(4);
  for (let run = 0; run < 400; run += 1) {
    const length = 1 + random.below(run < 200 ? 9 : 300);
    const steps = [2, 5, 1e9][run % 3]!;
    const values = Float64Array.from({ length }, () => Math.floor(steps * random.uniform()) / 7);
    if (run % 5 === 0) values.sort();
    const wanted = median(values);
    const many = medianOfMany((visit) => {
      for (const value of values) visit(value);
    });
    expect([many, medianOfValues(values)]).toEqual([wanted, wanted]);
  }
});
