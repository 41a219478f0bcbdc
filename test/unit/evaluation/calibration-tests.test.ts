import { expect, test } from 'vitest';
import { calibrationTests } from '../../../src/evaluation/index.ts';

test('Kolmogorov-Smirnov and Kuiper have one scale, with clusters and without', () => {
  // 100 rows at 0.5, all right: the running sum ends at 0.5, ten times its scale of √(100/4)/100.
  const probabilities = Array(100).fill([0.5, 0.5]);
  const labels = Array(100).fill(0);
  const clusters = Array.from({ length: 100 }, (_, i) => i % 25);
  for (const options of [{ draws: 19 }, { draws: 19, clusters }]) {
    const tests = calibrationTests(probabilities, labels, options);
    for (const wanted of ['kolmogorov-smirnov', 'kuiper'])
      expect(tests.find(({ name }) => name === wanted)!.statistic).toBe(10);
  }
});
