import { describe, expect, test } from 'vitest';
import { weightingNotices } from '../../../src/calibrators/weighting-notices.ts';
import { evaluate } from '../../../src/evaluation/index.ts';
import { drawnSet } from './drawn-set.ts';

const messages = (facts: Parameters<typeof weightingNotices>[0]): string[] =>
  weightingNotices(facts).map(({ message }) => message);

describe('warnings about weights and clusters', () => {
  test('say when few rows are effective', () => {
    expect(messages({ rows: 2000, effectiveRows: 499.4 })).toEqual([
      'W_EFFECTIVE_ROWS: the importance weights leave 499 of 2,000 rows effective; 500 or more are advised, with fewer the intervals can be too narrow.',
    ]);
    expect(messages({ rows: 2000, effectiveRows: 500 })).toEqual([]);
  });

  test('say when there are few clusters', () => {
    expect(messages({ rows: 2000, clusters: 29 })).toEqual([
      'W_FEW_CLUSTERS: 29 clusters; 30 or more are advised, with fewer the variance between them is hardly known.',
    ]);
    expect(messages({ rows: 2000, clusters: 30 })).toEqual([]);
  });

  test('are part of an evaluation, whatever the scale of the weights', () => {
    const set = drawnSet({ rows: 150, classes: 3, temperature: 1, seed: 9 });
    for (const scale of [1, 1e-80, 1e79]) {
      const weights = Float64Array.from(set.labels, (_, i) => scale * (1 + (i % 3)));
      // Means of 2 and of 14/3: 150·4/(14/3).
      expect(evaluate({ ...set, weights }).notices.map(({ message }) => message)).toContain(
        'W_EFFECTIVE_ROWS: the importance weights leave 129 of 150 rows effective; 500 or more are advised, with fewer the intervals can be too narrow.',
      );
    }
  });
});
