import { describe, expect, test } from 'vitest';
import { memoryStorage } from '../../../src/core/memory-storage.ts';
import { storedNumbers } from '../../../src/core/number-store.ts';
import { seededRandom } from '../../../src/core/random.ts';
import { heldNumbers } from '../../../src/core/stored-set.ts';
import { drawn } from '../../../src/evaluation/stratified-folds.ts';

/** Folds of rows whose strata are given, drawn row by row. */
function foldsOf(strata: readonly number[], folds: number, seed: number): readonly number[] {
  const counts = new Uint32Array(Math.max(...strata) + 1);
  for (const stratum of strata) counts[stratum]! += 1;
  const found = drawn(
    { stratumOf: storedNumbers(Int32Array.from(strata)), counts },
    folds,
    seededRandom(seed),
    { storage: memoryStorage },
  );
  return [...heldNumbers(found)];
}

describe('folds drawn without a shuffle', () => {
  const strata = Array.from({ length: 1003 }, (_, row) => (row * row) % 7);

  test.each([2, 5, 10])('give each of %i folds its share of every stratum, and of all rows', (folds) => {
    const foldOf = foldsOf(strata, folds, 3);
    const within = (rows: readonly number[]): void => {
      const sizes = Array.from(
        { length: folds },
        (_, fold) => rows.filter((row) => foldOf[row] === fold).length,
      );
      expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(rows.length);
      expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
    };
    within([...strata.keys()]);
    for (const stratum of new Set(strata)) {
      within([...strata.keys()].filter((row) => strata[row] === stratum));
    }
  });

  test('are every arrangement of the rows equally often', () => {
    // One row in a stratum of its own takes fold 0; of the next four, two get fold 1, and one each 0 and 2.
    const times = new Map<string, number>();
    const seeds = 12_000;
    for (let seed = 0; seed < seeds; seed += 1) {
      const key = foldsOf([0, 1, 1, 1, 1], 3, seed).join('');
      times.set(key, (times.get(key) ?? 0) + 1);
    }
    expect([...times.keys()].every((key) => [...key.slice(1)].sort().join('') === '0112')).toBe(true);
    expect(times.size).toBe(12);
    // A count of mean 1000 has a standard deviation of 30; five of them leave a chance of 1e-5.
    for (const count of times.values()) expect(Math.abs(count - seeds / 12)).toBeLessThan(5 * 30.3);
  });

  test('follow the seed', () => {
    expect(foldsOf(strata, 5, 1)).toEqual(foldsOf(strata, 5, 1));
    expect(foldsOf(strata, 5, 1)).not.toEqual(foldsOf(strata, 5, 2));
  });
});
