import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../../src/core/random.ts';
import { holmAdjusted, measureGroups, measureIntervals } from '../../../src/evaluation/index.ts';
import { measureByName, measureSample } from '../../../src/metrics/index.ts';

/** The same rows added up in another order. */
const regrouped = 1e-12;
/** Standard deviations that a simulated share may be off by: a chance of 6e-5. */
const spread = 4;

const measures = ['expected-calibration-error', 'brier-score', 'classwise-calibration-error'] as const;

/** Rows that say what they know; the group decides nothing but the name. */
function drawn(rows: number, seed: number) {
  const random = seededRandom(seed);
  const p = Array.from({ length: rows }, () => {
    const top = 0.4 + 0.55 * random.uniform();
    return [top, 0.6 * (1 - top), 0.4 * (1 - top)];
  });
  const y = p.map(([a, b]) => {
    const u = random.uniform();
    return u < a! ? 0 : u < a! + b! ? 1 : 2;
  });
  const groups = p.map(() => ['north', 'south', 'east'][Math.floor(3 * random.uniform() ** 2)]!);
  return { p, y, groups };
}

describe('groups of rows', () => {
  const { p, y, groups } = drawn(240, 1);
  const options = { measures, resamples: 100, draws: 19, seed: 3 };
  const found = measureGroups(p, y, groups, options);
  const rowsOf = (name: string): number[] => groups.flatMap((own, i) => (own === name ? [i] : []));

  test('come largest first, with their rows', () => {
    expect(found.map(({ name, rows }) => [name, rows])).toEqual(
      ['north', 'south', 'east'].map((name) => [name, rowsOf(name).length]),
    );
    expect(found.map(({ rows }) => rows)).toEqual(found.map(({ rows }) => rows).toSorted((a, b) => b - a));
  });

  test('have the intervals of their rows alone', () => {
    const weights = y.map((_, i) => 1 + (i % 3));
    for (const weighing of [undefined, weights]) {
      const all = measureGroups(p, y, groups, { ...options, ...(weighing && { weights: weighing }) });
      for (const { name, measures: own } of all) {
        const rows = rowsOf(name);
        const alone = measureIntervals(
          rows.map((i) => p[i]!),
          rows.map((i) => y[i]!),
          {
            measures,
            resamples: 100,
            seed: 3,
            ...(weighing && { weights: rows.map((i) => weighing[i]!) }),
          },
        );
        expect(
          own.map(
            ({ rest: _, expected: __, expectedRange: ___, pValue: ____, adjusted: _____, ...interval }) =>
              interval,
          ),
        ).toEqual(alone);
      }
    }
  });

  test('are set beside the measure of all other rows', () => {
    for (const { name, measures: own } of found) {
      const rows = groups.flatMap((group, i) => (group === name ? [] : [i]));
      const rest = measureSample(
        rows.map((i) => p[i]!),
        rows.map((i) => y[i]!),
      );
      for (const measure of own) {
        const wanted = measureByName(measure.name)!.compute(rest)!;
        expect(Math.abs(measure.rest! - wanted)).toBeLessThan(regrouped);
      }
    }
  });

  test('do not depend on the order of the rows, nor on what they are called', () => {
    const turned = Array.from(p.keys()).reverse();
    const again = measureGroups(
      turned.map((i) => p[i]!),
      turned.map((i) => y[i]!),
      turned.map((i) => groups[i]!),
      options,
    );
    for (const [g, { measures: own }] of again.entries()) {
      for (const [m, { pValue, expected }] of own.entries()) {
        expect(pValue).toBe(found[g]!.measures[m]!.pValue);
        expect(Math.abs(expected! - found[g]!.measures[m]!.expected!)).toBeLessThan(regrouped);
      }
    }
  });

  test('are corrected over the groups, for each measure', () => {
    for (const m of measures.keys()) {
      const own = found.map((group) => group.measures[m]!);
      expect(own.map(({ adjusted }) => adjusted)).toEqual(holmAdjusted(own.map(({ pValue }) => pValue)));
    }
  });

  test('of few rows have values and nothing else', () => {
    const names = y.map((_, i) => (i < 10 ? 'few' : 'many'));
    const [, few] = measureGroups(p, y, names, options);
    expect(few).toMatchObject({ name: 'few', rows: 10, isSmall: true });
    const wanted = measureByName('brier-score')!.compute(measureSample(p.slice(0, 10), y.slice(0, 10)))!;
    expect(few!.measures[1]!.value).toBeCloseTo(wanted, 12);
    for (const { interval, pValue, expected } of few!.measures)
      expect([interval, pValue, expected]).toEqual([null, null, null]);
  });

  test('of clusters have intervals and no test, and one group alone has no rest', () => {
    const clusters = y.map((_, i) => i % 20);
    for (const { measures: own } of measureGroups(p, y, groups, { ...options, clusters })) {
      for (const { interval, pValue, adjusted } of own) {
        expect(interval).not.toBeNull();
        expect([pValue, adjusted]).toEqual([null, null]);
      }
    }
    const [one] = measureGroups(
      p,
      y,
      y.map(() => 7),
      options,
    );
    expect(one).toMatchObject({ name: '7', measures: [{ rest: null, pValue: null }, {}, {}] });
  });

  test('must be as many as the rows, and no more than a thousand', () => {
    expect(() => measureGroups(p, y, ['a'])).toThrow('E_OPTION: 1 group names for 240 rows.');
    const many = Array.from({ length: 1001 }, (_, i) => i);
    const labels = many.map(() => 0);
    expect(() =>
      measureGroups(
        many.map(() => [0.5, 0.5]),
        labels,
        many,
      ),
    ).toThrow('E_OPTION: there are more than 1000 groups');
  });
});

describe('the test of a group against random subsets', () => {
  test('is passed as often as it should be where groups are alike, for a small and a large one', () => {
    const rejected = [0, 0];
    const rounds = 150;
    for (let round = 0; round < rounds; round += 1) {
      const { p, y } = drawn(150, 100 + round);
      const names = y.map((_, i) => (i < 35 ? 'small' : 'large'));
      const found = measureGroups(p, y, names, {
        measures: ['expected-calibration-error'],
        resamples: 100,
        draws: 39,
      });
      for (const [g, { measures: own }] of found.entries()) if (own[0]!.pValue! <= 0.1) rejected[g]! += 1;
    }
    // The ECE of 35 rows is about twice that of 115, and still it is rejected no more often than 1 time in 10.
    const limit = 0.1 * rounds + spread * Math.sqrt(0.09 * rounds);
    for (const count of rejected) expect(count).toBeLessThan(limit);
  });

  test('finds a group that is off', () => {
    const { p, y, groups } = drawn(400, 7);
    const off = y.map((label, i) => (groups[i] === 'south' && i % 2 === 0 ? (label + 1) % 3 : label));
    const found = measureGroups(p, off, groups, { measures: ['brier-score'], resamples: 100, draws: 99 });
    const south = found.find(({ name }) => name === 'south')!.measures[0]!;
    expect(south.value).toBeGreaterThan(south.expectedRange![1]);
    expect(south.adjusted).toBeLessThan(0.001);
  });
});
