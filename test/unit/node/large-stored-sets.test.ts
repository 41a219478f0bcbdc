import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { temperatureScaling } from '../../../src/calibrators/index.ts';
import { nllCurveOfSet } from '../../../src/calibrators/nll-curve.ts';
import { fitTemperatureOfSet } from '../../../src/calibrators/temperature-of-set.ts';
import { storedNumbers } from '../../../src/core/number-store.ts';
import type { ScoredSet } from '../../../src/core/scored-set.ts';
import type { AnySet, StoredSet } from '../../../src/core/stored-set.ts';
import { evaluateCrossFitted } from '../../../src/evaluation/evaluate-cross-fitted.ts';
import { simulatedSet } from '../evaluation/simulated-set.ts';
import { type SetFiles, setFiles } from './set-files.ts';

let files: SetFiles;
beforeAll(() => {
  files = setFiles();
});
afterAll(() => files.remove());
const inFiles = (set: ScoredSet): StoredSet => files.store(set);

const singles = (set: ScoredSet): ScoredSet => ({
  ...set,
  scores: { ...set.scores, data: Float32Array.from(set.scores.data) },
});
const weighted = (set: ScoredSet): ScoredSet => ({
  ...set,
  weights: Float64Array.from(set.labels, (_, i) => i % 3),
});

const isThorough = process.env['CALIBRANT_FULL'] === '1';
/** Above four million cells, where temperatures of folds are found together; rows are read in parts of a block. */
const wide = simulatedSet(4100, 1000, 3);

describe('a set of many cells in files', () => {
  test.each<[string, ScoredSet]>([
    ...(isThorough ? [['wide', wide] satisfies [string, ScoredSet]] : []),
    ['in single precision', singles(wide)],
    ['with weights', weighted(wide)],
    ['of more rows than are shuffled', simulatedSet(1_100_000, 4, 2)],
  ])('%s is fitted and cross-fitted to the same bits', (_, set) => {
    const found = (any: AnySet): string =>
      JSON.stringify([
        fitTemperatureOfSet(any),
        nllCurveOfSet(any, { temperatures: [0.5, 3] }),
        evaluateCrossFitted(any, temperatureScaling, { resamples: 100, folds: 3 }),
      ]);
    expect(found(inFiles(set))).toBe(found(set));
  });

  test('finds the temperatures of folds that lie apart by passes of their own, to the same bits', () => {
    const parts = [2, 2.3, 2.6].map((temperature) => simulatedSet(3000, 10, temperature, temperature));
    const data = Float64Array.from(parts.flatMap(({ scores }) => [...scores.data]));
    const labels = Int32Array.from(parts.flatMap((part) => [...part.labels]));
    const set = { ...parts[0]!, scores: { data, rows: 9000, columns: 10 }, labels };
    const byPart = storedNumbers(Int32Array.from({ length: 9000 }, (_, row) => Math.floor(row / 3000)));
    const found = temperatureScaling.foldTemperatures!(inFiles(set), byPart, 3);
    expect(found).toHaveLength(3);
    expect(found).toEqual(temperatureScaling.foldTemperatures!(set, byPart, 3));
  });
});
