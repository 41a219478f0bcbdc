import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { temperatureScaling } from '../../../src/calibrators/index.ts';
import { nllCurveOfSet } from '../../../src/calibrators/nll-curve.ts';
import { fitTemperatureOfSet } from '../../../src/calibrators/temperature-of-set.ts';
import {
  type NumberArray,
  type NumberStore,
  type StoredNumbers,
  storedNumbers,
} from '../../../src/core/number-store.ts';
import type { ScoredSet } from '../../../src/core/scored-set.ts';
import type { AnySet, StoredSet } from '../../../src/core/stored-set.ts';
import { evaluateCrossFitted } from '../../../src/evaluation/evaluate-cross-fitted.ts';
import { type SpillStorage, spillStorage } from '../../../src/node/spill-storage.ts';
import { simulatedSet } from '../evaluation/simulated-set.ts';

let folder: string;
let storage: SpillStorage | undefined;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'calibrant-large-'));
});
afterEach(() => storage?.release());
afterAll(() => rmSync(folder, { recursive: true }));

/** The numbers in a file. */
function inFile<Values extends NumberArray>(
  store: NumberStore<Values>,
  values: Values,
): StoredNumbers<Values> {
  store.pushAll(values);
  return store.finish();
}

/** The set with all of its numbers in files. */
function inFiles({ scores, labels, weights, ...rest }: ScoredSet): StoredSet {
  const own = spillStorage(0, folder);
  storage = own;
  const { data, rows, columns } = scores;
  const { read } = data instanceof Float64Array ? inFile(own.floats(), data) : inFile(own.singles(), data);
  return {
    ...rest,
    storage: own,
    scores: { rows, columns, matrix: undefined, read: (from, to) => read(from * columns, to * columns) },
    labels: inFile(own.wholes(), labels),
    ...(weights === undefined ? {} : { weights: inFile(own.floats(), weights) }),
  };
}

const singles = (set: ScoredSet): ScoredSet => ({
  ...set,
  scores: { ...set.scores, data: Float32Array.from(set.scores.data) },
});
const weighted = (set: ScoredSet): ScoredSet => ({
  ...set,
  weights: Float64Array.from(set.labels, (_, i) => i % 3),
});

/** Above four million cells, where temperatures of folds are found together; rows are read in parts of a block. */
const wide = simulatedSet(4100, 1000, 3);

describe('a set of many cells in files', () => {
  test.each([
    ['wide', wide],
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
