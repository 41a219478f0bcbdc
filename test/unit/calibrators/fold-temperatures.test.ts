import { describe, expect, test } from 'vitest';
import { temperatureScaling } from '../../../src/calibrators/index.ts';
import { storedNumbers } from '../../../src/core/number-store.ts';
import { seededRandom } from '../../../src/core/random.ts';
import type { ScoredSet } from '../../../src/core/scored-set.ts';
import { crossFit } from '../../../src/evaluation/cross-fit.ts';
import { evaluateCrossFitted } from '../../../src/evaluation/evaluate-cross-fitted.ts';
import { rowsOf } from '../../../src/evaluation/rows-of.ts';
import { softmax } from '../../../src/softmax/softmax.ts';
import { simulatedSet } from '../evaluation/simulated-set.ts';

/** Rows are summed in other blocks and from another start, so the last digits may differ. */
const lastDigits = 1e-14;

/** T of the rows outside each fold, each fitted on a copy of its rows. */
function fitted(set: ScoredSet, foldOf: Int32Array, folds: number): readonly number[] {
  return Array.from({ length: folds }, (_, fold) => {
    const others = Int32Array.from(foldOf.keys()).filter((row) => foldOf[row] !== fold);
    return temperatureScaling.fit(rowsOf(set, others)).temperature!;
  });
}

function expectAsFitted(set: ScoredSet, foldOf: Int32Array, folds: number): void {
  const found = temperatureScaling.foldTemperatures!(set, storedNumbers(foldOf), folds)!;
  const wanted = fitted(set, foldOf, folds);
  expect(found).toHaveLength(folds);
  for (const [fold, temperature] of found.entries())
    expect(Math.abs(temperature / wanted[fold]! - 1)).toBeLessThan(lastDigits);
}

const dealt = (rows: number, folds: number): Int32Array => {
  const random = seededRandom(rows);
  return Int32Array.from({ length: rows }, () => random.below(folds));
};

describe('the temperatures outside folds', () => {
  test.each([
    [5000, 20, 5],
    [30_001, 3, 2],
    [2500, 70, 10],
    [40_000, 2, 5],
  ])('of %i rows and %i classes in %i folds are those of a fit each', (rows, classes, folds) => {
    const set = simulatedSet(rows, classes, 2.5);
    const { data } = set.scores;
    expectAsFitted(set, dealt(rows, folds), folds);
    const singles = { ...set, scores: { ...set.scores, data: Float32Array.from(data) } };
    expectAsFitted(singles, dealt(rows, folds), folds);
  });

  test('are found for probabilities, and where a class is masked', () => {
    const set = simulatedSet(6000, 12, 0.7);
    expectAsFitted({ ...set, kind: 'probabilities', scores: softmax(set.scores) }, dealt(6000, 3), 3);
    const { data } = set.scores;
    for (let i = 0; i < 6000; i += 3) {
      const k = (set.labels[i]! + 1) % 12;
      data[i * 12 + k] = Number.NEGATIVE_INFINITY;
    }
    expectAsFitted(set, dealt(6000, 3), 3);
  });

  test('may lie apart, so that folds get passes of their own, but not worlds apart', () => {
    const mixed = (temperatures: readonly number[]): ScoredSet => {
      const parts = temperatures.map((temperature, seed) => simulatedSet(3000, 10, temperature, seed));
      const data = Float64Array.from(parts.flatMap(({ scores }) => [...scores.data]));
      const labels = Int32Array.from(parts.flatMap((part) => [...part.labels]));
      return { ...parts[0]!, scores: { data, rows: 9000, columns: 10 }, labels };
    };
    const byPart = Int32Array.from({ length: 9000 }, (_, row) => Math.floor(row / 3000));
    expectAsFitted(mixed([2, 2.3, 2.6]), byPart, 3);
    expect(temperatureScaling.foldTemperatures!(mixed([1, 3, 9]), storedNumbers(byPart), 3)).toBeUndefined();
  });

  test('are left to fits for weighted, small and separable sets, and where they are out of bounds', () => {
    const quick = temperatureScaling.foldTemperatures!;
    const set = simulatedSet(5000, 20, 2.5);
    const foldOf = storedNumbers(dealt(5000, 5));
    expect(quick({ ...set, weights: new Float64Array(5000).fill(1) }, foldOf, 5)).toBeUndefined();
    expect(quick(simulatedSet(200, 20, 2.5), storedNumbers(dealt(200, 5)), 5)).toBeUndefined();
    expect(quick(set, foldOf, 5, { bounds: [0.1, 1] })).toBeUndefined();
    expect(quick(set, foldOf, 5, { bounds: [1, 5] })).toEqual(quick(set, foldOf, 5));
    const right = set.labels.map((_, i) => {
      const row = set.scores.data.subarray(20 * i, 20 * i + 20);
      return row.indexOf(Math.max(...row));
    });
    expect(quick({ ...set, labels: right }, foldOf, 5)).toBeUndefined();
  });

  test('stop on request', () => {
    const fit = () =>
      temperatureScaling.foldTemperatures!(simulatedSet(5000, 20, 2.5), storedNumbers(dealt(5000, 5)), 5, {
        signal: AbortSignal.abort(),
      });
    expect(fit).toThrow(/^E_ABORTED: /);
  });

  test('judge a large set as its cross-fit does', () => {
    const large = simulatedSet(20_000, 210, 4);
    const { foldTemperatures, notices } = evaluateCrossFitted(large, temperatureScaling, { resamples: 100 });
    const { models } = crossFit(large, temperatureScaling);
    expect(foldTemperatures).toHaveLength(5);
    expect(notices.filter(({ code }) => code === 'W_CROSS_FIT')).toEqual([]);
    for (const [fold, { temperature }] of models.entries())
      expect(Math.abs(foldTemperatures![fold]! / temperature! - 1)).toBeLessThan(lastDigits);
  });
});
