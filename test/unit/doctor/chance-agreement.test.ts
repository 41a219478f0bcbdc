import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../../src/core/random.ts';
import { storedSet } from '../../../src/core/stored-set.ts';
import { chanceAgreement, trueClassAssociation } from '../../../src/doctor/chance-agreement.ts';
import { setOf } from './simulated-sets.ts';

/** All orders of a list. */
function orders(list: readonly number[]): number[][] {
  if (list.length <= 1) return [[...list]];
  return list.flatMap((first, i) =>
    orders([...list.slice(0, i), ...list.slice(i + 1)]).map((rest) => [first, ...rest]),
  );
}

function moments(values: readonly number[]): { mean: number; deviation: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return { mean, deviation: Math.sqrt(variance) };
}

const count = (list: readonly number[], classes: number): number[] =>
  Array.from({ length: classes }, (_, k) => list.filter((value) => value === k).length);

describe('against every pairing of seven rows', () => {
  const labels = [0, 0, 1, 2, 2, 1, 0];
  const predicted = [0, 1, 1, 2, 0, 0, 0];

  test('the agreement has the exact mean and standard deviation', () => {
    const shares = orders(labels).map((order) => order.filter((y, i) => y === predicted[i]).length / 7);
    const { mean, deviation } = moments(shares);
    const found = chanceAgreement(4, count(labels, 3), count(predicted, 3), 7);
    expect(found.share).toBe(4 / 7);
    expect(found.expected).toBeCloseTo(mean, 13);
    expect(found.deviation).toBeCloseTo(deviation, 13);
  });

  test('the probability of the true class does as well', () => {
    const random = seededRandom(3);
    const rows = labels.map(() => {
      const weights = [random.uniform(), random.uniform(), random.uniform()];
      const total = weights.reduce((sum, weight) => sum + weight, 0);
      return weights.map((weight) => weight / total);
    });
    const sumOf = (order: readonly number[]): number => order.reduce((sum, y, i) => sum + rows[i]![y]!, 0);
    const { mean, deviation } = moments(orders(labels).map(sumOf));
    const found = trueClassAssociation(storedSet(setOf('probabilities', rows, labels)));
    expect(found).toBeCloseTo((sumOf(labels) - mean) / deviation, 10);
  });

  test('nothing is said where every pairing gives the same', () => {
    const same = labels.map(() => [0.25, 0.5, 0.25]);
    expect(trueClassAssociation(storedSet(setOf('probabilities', same, labels)))).toBeUndefined();
    expect(chanceAgreement(3, [3, 2, 2], [7, 0, 0], 7).deviation).toBe(0);
  });
});
