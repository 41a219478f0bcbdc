import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../../src/core/random.ts';
import { equalCalibrationTest } from '../../../src/evaluation/index.ts';

/** Sums of some hundred numbers and two eigendecompositions. */
const rounding = 1e-9;

/** Rows at 0.8 of which so many in each group are right. */
function rowsOf(right: readonly number[], size: number) {
  const groups = right.flatMap((_, g) => Array<string>(size).fill(`g${g}`));
  const labels = right.flatMap((count) => Array.from({ length: size }, (_, i) => Number(i >= count)));
  return { rows: groups.map(() => [0.8, 0.2]), labels, groups };
}

describe('the test of equal calibration', () => {
  test('of two groups is the squared difference of their gaps over its variance', () => {
    const { rows, labels, groups } = rowsOf([50, 70], 100);
    // Both observed variances, 0.25 and 0.21, are above 0.8·0.2.
    const wanted = (0.7 - 0.5) ** 2 / (0.25 / 100 + 0.21 / 100);
    const { statistic, degreesOfFreedom, groups: compared } = equalCalibrationTest(rows, labels, groups)!;
    expect(Math.abs(statistic - wanted)).toBeLessThan(rounding);
    expect([degreesOfFreedom, compared]).toEqual([1, 2]);
  });

  test('a gap that all groups share is no difference', () => {
    const { rows, labels, groups } = rowsOf([40, 40, 40, 40], 100);
    const { statistic, degreesOfFreedom, pValue } = equalCalibrationTest(rows, labels, groups)!;
    expect(statistic).toBeLessThan(rounding);
    expect(degreesOfFreedom).toBe(3);
    expect(pValue).toBeGreaterThan(0.999);
  });

  test('small groups take no part, and one group is none', () => {
    const { rows, labels, groups } = rowsOf([50, 70], 100);
    const named = groups.map((name, i) => (i < 10 ? 'few' : name));
    expect(equalCalibrationTest(rows, labels, named)!.groups).toBe(2);
    expect(
      equalCalibrationTest(
        rows,
        labels,
        labels.map(() => 1),
      ),
    ).toBeNull();
    expect(equalCalibrationTest(rows, labels, groups, { leastRows: 101 })).toBeNull();
  });

  test('rows that repeat within clusters count once, and few clusters are none', () => {
    const { rows, labels, groups } = rowsOf([50, 70], 100);
    const times = [0, 1, 2, 3];
    const repeated = [
      times.flatMap(() => rows),
      times.flatMap(() => labels),
      times.flatMap(() => groups),
    ] as const;
    const clusters = times.flatMap(() => rows.map((_, i) => i));
    const alone = equalCalibrationTest(rows, labels, groups)!.statistic;
    const together = equalCalibrationTest(...repeated, { clusters })!.statistic;
    expect(equalCalibrationTest(...repeated)!.statistic / alone).toBeCloseTo(4, 6);
    // About the gap of all rows the squares are larger than about that of each group.
    expect(together / alone).toBeGreaterThan(0.9);
    expect(together / alone).toBeLessThan(1.01);
    expect(equalCalibrationTest(rows, labels, groups, { clusters: labels.map((_, i) => i % 19) })).toBeNull();
  });

  test('rejects 3 to 7 of 100 sets of equal gaps, whatever the probabilities of the groups', () => {
    const { uniform } = seededRandom(4);
    const sets = 1000;
    let rejected = 0;
    for (let set = 0; set < sets; set += 1) {
      const groups = Array.from({ length: 300 }, (_, i) => (i < 150 ? 0 : i < 220 ? 1 : 2));
      const rows = groups.map((g) => {
        const p = 0.6 + 0.1 * g + 0.19 * uniform();
        return [p, 1 - p];
      });
      // Overconfident by 0.1 everywhere.
      const labels = rows.map(([p]) => Number(uniform() >= p! - 0.1));
      if (equalCalibrationTest(rows, labels, groups)!.pValue <= 0.05) rejected += 1;
    }
    expect(rejected / sets).toBeGreaterThan(0.03);
    expect(rejected / sets).toBeLessThan(0.07);
  });
});
