import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../../src/core/random.ts';
import { compareMeasures, measureIntervals } from '../../../src/evaluation/index.ts';
import { resampler } from '../../../src/evaluation/resampled-sample.ts';
import { mostSingleRows, unitsOfClusters, unitsOfRows } from '../../../src/evaluation/resampling-units.ts';
import { edgesOf } from '../../../src/evaluation/row-bins.ts';
import { layoutRule, type TableRule } from '../../../src/metrics/bin-options.ts';
import { BinSums } from '../../../src/metrics/bin-sums.ts';
import type { ReliabilityBins } from '../../../src/metrics/bin-table.ts';
import { measureByName, measureSample, measures } from '../../../src/metrics/index.ts';
import type { MeasureSample } from '../../../src/metrics/measure-sample.ts';
import type { JudgedConfidences } from '../../../src/metrics/tabulate.ts';

const methods = ['centred', 'percentile', 'basic', 'bca'] as const;
const full = process.env['CALIBRANT_FULL'] === '1';
/** The same rows added up in another order. */
const regrouped = 1e-10;
/** Standard deviations that a simulated figure may be off by: a chance of 6e-5 each. */
const spread = 4;

interface Rows {
  readonly p: number[][];
  readonly y: number[];
}

/** Rows that are right a little less often than they say. */
function drawn(rows: number, classes: number, seed: number): Rows {
  const random = seededRandom(seed);
  const p = Array.from({ length: rows }, () => {
    const parts = Array.from({ length: classes }, () => random.uniform() ** 2 + 0.01);
    const sum = parts.reduce((total, part) => total + part, 0);
    return parts.map((part) => part / sum);
  });
  const y = p.map((row) => {
    let left = random.uniform();
    const k = row.findIndex((value) => {
      left -= 0.8 * value + 0.2 / classes;
      return left < 0;
    });
    return k < 0 ? classes - 1 : k;
  });
  return { p, y };
}

function times(units: number, seed: number): Uint32Array {
  const random = seededRandom(seed);
  const counts = new Uint32Array(units);
  for (let draw = 0; draw < units; draw += 1) counts[random.below(units)]! += 1;
  return counts;
}

/** All values that came up, then all that came up again, and so on. */
function repeated<Value>(values: readonly Value[], counts: ArrayLike<number>): Value[] {
  const most = Math.max(...Array.from(counts));
  return Array.from({ length: most }, (_, copy) => values.filter((_, i) => counts[i]! > copy)).flat();
}

function expectSame(value: number | null, wanted: number | null): void {
  if (value === null || wanted === null || !Number.isFinite(wanted)) expect(value).toBe(wanted);
  else expect(Math.abs(value - wanted)).toBeLessThanOrEqual(regrouped * Math.max(1, Math.abs(wanted)));
}

/** The table of events with given edges. */
function tabulatedAt(
  edges: Float64Array,
  { confidence, correct, weights }: JudgedConfidences,
  rule: TableRule,
): ReliabilityBins {
  const sums = new BinSums([edges], rule);
  for (const [i, value] of confidence.entries()) sums.add(0, value, correct[i] === 1, weights?.[i] ?? 1);
  return sums.table(0);
}

/** A sample that has these tables, whatever bins it is asked for. */
function withTables(
  sample: MeasureSample,
  tables: { readonly table: ReliabilityBins; readonly classTables: readonly ReliabilityBins[] },
): MeasureSample {
  return { ...sample, table: () => tables.table, classTables: () => tables.classTables };
}

describe('a resample', () => {
  const { p, y } = drawn(60, 3, 1);
  const weights = y.map((_, i) => 1 + (i % 4) / 4);
  const counts = times(60, 2);

  test.each(measures.map((measure) => [measure.name, measure] as const))(
    'gives the %s of its rows written out',
    (_, measure) => {
      for (const options of [{}, { weights }]) {
        const make = resampler(measureSample(p, y, options), unitsOfRows(60, 1));
        const written = measureSample(repeated(p, counts), repeated(y, counts), {
          ...options,
          ...('weights' in options ? { weights: repeated(weights, counts) } : {}),
        });
        expectSame(measure.compute(make(counts)), measure.compute(written));
      }
    },
  );

  test('of groups of rows gives means and tables of its rows written out', () => {
    const rows = mostSingleRows + 1;
    const many = drawn(rows, 3, 3);
    const heavy = many.y.map((_, i) => (i % 5) / 4);
    for (const weighing of [undefined, heavy]) {
      const sample = measureSample(many.p, many.y, weighing === undefined ? {} : { weights: weighing });
      const units = unitsOfRows(rows, 1);
      expect(units.kind).toBe('groups');
      const drawnTimes = times(units.count, 4);
      const perRow = new Uint32Array(rows);
      for (let u = 0; u < units.count; u += 1) {
        for (let i = units.starts[u]!; i < units.starts[u + 1]!; i += 1) perRow[i] = drawnTimes[u]!;
      }
      const written = measureSample(
        repeated(many.p, perRow),
        repeated(many.y, perRow),
        weighing === undefined ? {} : { weights: repeated(weighing, perRow) },
      );
      const resampled = resampler(sample, units)(drawnTimes);
      for (const name of [
        'accuracy',
        'negative-log-likelihood',
        'brier-score',
        'expected-calibration-error',
        'maximum-calibration-error',
        'classwise-calibration-error',
        'confidence-auroc',
        'murphy-reliability-corrected',
        'debiased-absolute-calibration-error',
        'debiased-squared-calibration-error',
        'debiased-classwise-calibration-error',
      ] as const) {
        const { compute } = measures.find((measure) => measure.name === name)!;
        const layout = { scheme: 'equal-width', bins: 9 } as const;
        expectSame(compute(resampled, layout), compute(written, layout));
      }
      // Bins of equal mass stay where they are in the whole sample.
      const rule = layoutRule({ scheme: 'equal-mass' });
      const kept = withTables(written, {
        table: tabulatedAt(edgesOf(sample.table(rule)), written.events(), rule),
        classTables: sample.classTables(rule).map((table, k) => {
          const confidence = Float64Array.from({ length: written.source.rows }, (_, i) => {
            const row = new Float64Array(3);
            written.source.read(i, row);
            return row[k]!;
          });
          const correct = Uint8Array.from(written.labels, (label) => (label === k ? 1 : 0));
          const events = { confidence, correct, weights: written.weights };
          return tabulatedAt(edgesOf(table), events, rule);
        }),
      });
      for (const name of [
        'debiased-calibration-error',
        'debiased-classwise-calibration-error',
        'adaptive-calibration-error',
      ] as const) {
        const { compute } = measures.find((measure) => measure.name === name)!;
        expectSame(compute(resampled), compute(kept));
      }
    }
  });
});

describe('intervals', () => {
  const { p, y } = drawn(400, 3, 5);

  test('have the same bits for any order of the rows, and for rows given as clusters of one', () => {
    const chosen = {
      measures: ['negative-log-likelihood', 'classwise-calibration-error'],
      resamples: 100,
    } as const;
    const plain = measureIntervals(p, y, { ...chosen, method: 'bca' });
    const order = times(400, 6).map((_, i) => (i * 171) % 400);
    const shuffled = measureIntervals(
      [...order].map((i) => p[i]!),
      [...order].map((i) => y[i]!),
      { ...chosen, method: 'bca' },
    );
    const single = measureIntervals(p, y, { ...chosen, method: 'bca', clusters: y.map((_, i) => i) });
    const ends = (found: typeof plain) =>
      found.map(({ interval, standardError }) => [interval, standardError]);
    expect(ends(shuffled)).toEqual(ends(plain));
    expect(ends(single)).toEqual(ends(plain));
  });

  test('have the standard error of a mean, for rows and for groups', () => {
    for (const rows of [1000, mostSingleRows + 1000]) {
      const { p: many, y: labels } = drawn(rows, 3, 7);
      const [accuracy] = measureIntervals(many, labels, { measures: ['accuracy'], resamples: 2000 });
      const share = accuracy!.value!;
      const wanted = Math.sqrt((share * (1 - share)) / rows);
      // A standard deviation of n values is itself known to 1/√(2n): here of 2,000 resamples, and of the units.
      const known = Math.sqrt(1 / 4000 + 1 / (2 * Math.min(rows, 2000)));
      expect(Math.abs(accuracy!.standardError! / wanted - 1)).toBeLessThanOrEqual(spread * known);
    }
  });

  test('of clusters are wider by the root of their size where rows repeat', () => {
    const twice = {
      p: p.flatMap((row) => [row, row, row, row]),
      y: y.flatMap((label) => [label, label, label, label]),
    };
    const options = { measures: ['accuracy'], resamples: 2000 } as const;
    const clusters = twice.y.map((_, i) => `patient ${Math.floor(i / 4)}`);
    const [alone] = measureIntervals(twice.p, twice.y, options);
    const [together] = measureIntervals(twice.p, twice.y, { ...options, clusters });
    const ratio = together!.standardError! / alone!.standardError!;
    expect(Math.abs(ratio / 2 - 1)).toBeLessThanOrEqual(spread * Math.sqrt(2 / 4000 + 1 / 800));
  });

  test('of more than 5,000 clusters of unequal size have the standard error of a ratio of sums', () => {
    const random = seededRandom(12);
    // Clusters of 1 to 6 rows, the larger ones right more often; rows of a cluster are all right or all wrong.
    const many = Array.from({ length: mostSingleRows + 1000 }, (_, c) => {
      const size = 1 + random.below(6);
      return { c, size, isRight: random.uniform() < 0.4 + 0.08 * size };
    });
    const rows = many.flatMap((cluster) => Array.from({ length: cluster.size }, () => cluster));
    const [accuracy] = measureIntervals(
      rows.map(({ c }) => [0.6 + 0.3 * ((c * Math.SQRT2) % 1), 0.4 - 0.3 * ((c * Math.SQRT2) % 1)]),
      rows.map(({ isRight }) => (isRight ? 0 : 1)),
      { measures: ['accuracy'], resamples: 2000, clusters: rows.map(({ c }) => c) },
    );
    const share = accuracy!.value!;
    const squares = many.reduce((sum, { size, isRight }) => sum + (size * (Number(isRight) - share)) ** 2, 0);
    const wanted = Math.sqrt(squares) / rows.length;
    const known = Math.sqrt(1 / 4000 + 1 / 4000);
    expect(Math.abs(accuracy!.standardError! / wanted - 1)).toBeLessThanOrEqual(spread * known);
  });

  test('of an accuracy of 0 or 1 are exact, for as many rows or clusters of equal weight', () => {
    const sure = Array.from({ length: 12 }, () => [0.75, 0.25]);
    const [right, wrong] = [sure.map(() => 0), sure.map(() => 1)];
    const options = { measures: ['accuracy'], resamples: 100 } as const;
    const intervalOf = (labels: readonly number[], more: object = {}): readonly number[] =>
      measureIntervals(sure, labels, { ...options, ...more })[0]!.interval!;
    // (1 − x)^n, or x^n, is a half of 1 − level at the end.
    const low = (n: number, level = 0.95): number => ((1 - level) / 2) ** (1 / n);
    const close = 12;
    expect(intervalOf(right)[0]).toBeCloseTo(low(12), close);
    expect(intervalOf(right)[1]).toBe(1);
    expect(intervalOf(wrong)).toEqual([0, expect.closeTo(1 - low(12), close)]);
    expect(intervalOf(right, { level: 0.9 })[0]).toBeCloseTo(low(12, 0.9), close);
    expect(intervalOf(right, { method: 'bca' })[0]).toBeCloseTo(low(12), close);
    const clusters = right.map((_, i) => i % 4);
    expect(intervalOf(right, { clusters })[0]).toBeCloseTo(low(4), close);
    // Weights 3 and 1: (6·3 + 6)² / (6·9 + 6) rows.
    const weights = right.map((_, i) => (i % 2 === 0 ? 3 : 1));
    expect(intervalOf(right, { weights })[0]).toBeCloseTo(low(576 / 60), close);
    expect(intervalOf(right, { weights: weights.map((w) => 1e70 * w) })[0]).toBeCloseTo(low(576 / 60), close);
  });

  test('cover what they should', () => {
    // Right with chance 0.7 whatever is said: the accuracy is known, and so is the ECE of the one bin.
    const runs = full ? 1000 : 40;
    const random = seededRandom(8);
    const covered = new Map<string, number>();
    for (let run = 0; run < runs; run += 1) {
      const rows = Array.from({ length: 300 }, () => [0.9, 0.1]);
      const labels = rows.map(() => (random.uniform() < 0.7 ? 0 : 1));
      for (const method of methods) {
        const found = measureIntervals(rows, labels, {
          measures: ['accuracy', 'expected-calibration-error', 'brier-score'],
          resamples: full ? 1000 : 120,
          seed: run,
          method,
        });
        for (const [at, truth] of [0.7, 0.2, 2 * (0.7 * 0.01 + 0.3 * 0.81)].entries()) {
          const [low, high] = found[at]!.interval!;
          const key = `${method} ${found[at]!.name}`;
          covered.set(key, (covered.get(key) ?? 0) + (low <= truth && truth <= high ? 1 : 0));
        }
      }
    }
    expect(covered.size).toBe(12);
    // 95 % is promised; the share found is off by √(0.95·0.05/runs) on average, by 1 % for a count of 300 in whole
    // steps, and by 1 % for so few resamples.
    const room = spread * Math.sqrt((0.95 * 0.05) / runs) + (full ? 0.02 : 0.03);
    for (const count of covered.values()) expect(Math.abs(count / runs - 0.95)).toBeLessThanOrEqual(room);
  }, 600_000);

  test('that are centred are percentiles less the bias, inside the range of the measure', () => {
    const options = { measures: ['classwise-calibration-error', 'accuracy'], resamples: 200 } as const;
    const centred = measureIntervals(p, y, options);
    for (const [at, { interval, bias }] of measureIntervals(p, y, {
      ...options,
      method: 'percentile',
    }).entries()) {
      for (const end of [0, 1] as const) {
        expect(centred[at]!.interval![end]).toBeCloseTo(interval![end] - bias!, 14);
      }
    }
    // With k wrong rows a resample has |1 − k|/100, which is 2/e of a hundredth on average.
    const sure = Array.from({ length: 100 }, () => [0.99, 0.01]);
    const labels = sure.map((_, i) => (i === 0 ? 1 : 0));
    const [error] = measureIntervals(sure, labels, { measures: ['expected-calibration-error'] });
    expect(error!.value).toBeCloseTo(0, 14);
    expect(error!.bias).toBeGreaterThan(0.005);
    expect(error!.interval![0]).toBe(0);
  });

  test('are ordered and inside the range of their measure, of every measure and method', () => {
    const random = seededRandom(77);
    const options = { measures: measures.map(({ name }) => name), resamples: 100 } as const;
    for (const rows of full ? [1, 3, 9] : [1, 9]) {
      const sets = {
        plain: Array.from({ length: rows }, () => 0.02 + 0.96 * random.uniform()),
        tied: Array.from({ length: rows }, () => [0.25, 0.5, 0.75][random.below(3)]!),
        sure: Array.from({ length: rows }, () => random.below(2)),
      };
      for (const [kind, p] of Object.entries(sets)) {
        const labels = p.map((c) => (random.uniform() < 0.8 * c + 0.1 ? 1 : 0));
        const weighted = kind === 'tied' ? { weights: p.map(() => 0.5 + random.below(3)) } : {};
        for (const method of full ? methods : (['centred', 'bca'] as const)) {
          const probabilities = p.map((c) => [1 - c, c]);
          for (const found of measureIntervals(probabilities, labels, { ...options, ...weighted, method })) {
            if (found.interval === null) continue;
            const [low, high] = found.interval;
            const [lowest, highest] = measureByName(found.name)!.range;
            const told = `${found.name} ${method} ${kind} ${rows}`;
            expect(low, told).toBeLessThanOrEqual(high);
            // A value that rounding carries past the end of its range has an interval about it.
            expect(low, told).toBeGreaterThanOrEqual(lowest - 1e-12);
            expect(high, told).toBeLessThanOrEqual(highest + 1e-12);
            if (method !== 'centred') continue;
            expect(low, told).toBeLessThanOrEqual(found.value!);
            expect(high, told).toBeGreaterThanOrEqual(found.value!);
          }
        }
      }
    }
  });

  test('are missing where the value is infinite or does not exist', () => {
    const found = measureIntervals(
      [
        [1, 0],
        [1, 0],
        [0.5, 0.5],
      ],
      [1, 0, 0],
      {
        measures: ['negative-log-likelihood', 'confidence-auroc'],
        resamples: 100,
      },
    );
    expect(found[0]).toMatchObject({ value: Number.POSITIVE_INFINITY, interval: null, standardError: null });
  });

  test('of measures of neighbouring rows take no row for the neighbour of its own copy', () => {
    const { p: few, y: labels } = drawn(2000, 3, 10);
    const name = 'squared-kernel-calibration-error-in-blocks';
    const [blocks] = measureIntervals(few, labels, { measures: [name], resamples: 200 });
    // Resamples pair other rows than the data do, so their mean is off by as much as one such figure is.
    expect(Math.abs(blocks!.bias!)).toBeLessThanOrEqual(spread * blocks!.standardError!);
    expect(blocks!.interval![1]).toBeLessThan(0.1);
  });

  test('refuse clusters that do not fit the rows', () => {
    expect(() => measureIntervals(p, y, { clusters: ['a'] })).toThrow(
      /"clusters" has 1 entries for 400 rows/,
    );
    expect(() => measureIntervals(p, y, { clusters: y.map(() => 1) })).toThrow(/names one cluster/);
    const large = Array.from({ length: mostSingleRows + 5 }, (_, i) => i % (mostSingleRows + 2));
    const groups = unitsOfClusters(large, large.length);
    expect(groups.count).toBe(2000);
    expect([...groups.members].sort((a, b) => a - b)).toEqual([...large.keys()]);
    expect(unitsOfClusters(['b', 'a', 'b'], 3)).toMatchObject({ count: 2, members: Uint32Array.of(0, 2, 1) });
  });
});

describe('comparisons', () => {
  const { p: softened, y } = drawn(500, 3, 9);
  /** Much too sure. */
  const p = softened.map((row) => {
    const sum = row.reduce((total, value) => total + value ** 3, 0);
    return row.map((value) => value ** 3 / sum);
  });

  test('pair the rows', () => {
    const name = 'negative-log-likelihood';
    const found = compareMeasures(p, { same: p, softer: softened }, y, { measures: [name], resamples: 2000 });
    expect(found[0]).toMatchObject({
      candidate: 'same',
      difference: 0,
      interval: [0, 0],
      pValue: 1,
      adjusted: 1,
    });
    const differences = p.map((row, i) => Math.log(row[y[i]!]!) - Math.log(softened[i]![y[i]!]!));
    const mean = differences.reduce((sum, value) => sum + value, 0) / 500;
    const variance = differences.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 500;
    expect(Math.abs(found[1]!.difference! - mean)).toBeLessThanOrEqual(regrouped);
    expect(Math.abs(found[1]!.standardError! / Math.sqrt(variance / 500) - 1)).toBeLessThanOrEqual(
      spread * Math.sqrt(1 / 4000 + 1 / 1000),
    );
    expect(found[1]!.interval![1]).toBeLessThan(0);
    expect(found[1]!.pValue).toBe(2 / 2001);
    expect(found[1]!.adjusted).toBe(4 / 2001);
  });

  test('are the same the other way round, but for the sign, for rows and for groups', () => {
    const options = { measures: ['expected-calibration-error', 'brier-score'], resamples: 100 } as const;
    const times = Math.ceil((mostSingleRows + 1) / 500);
    for (const copies of [1, times]) {
      const many = <Value>(values: readonly Value[]): Value[] =>
        Array.from({ length: copies }, () => values).flat();
      const [sure, soft, labels] = [many(p), many(softened), many(y)];
      const there = compareMeasures(sure, { other: soft }, labels, options);
      const back = compareMeasures(soft, { other: sure }, labels, options);
      for (const [at, { difference, interval, standardError, pValue }] of there.entries()) {
        const mirrored = back[at]!;
        expect(mirrored.difference).toBe(-difference!);
        for (const end of [0, 1] as const) expectSame(mirrored.interval![end], -interval![1 - end]!);
        expectSame(mirrored.standardError, standardError);
        expect(mirrored.pValue).toBe(pValue);
      }
    }
  });

  test('need a candidate', () => {
    expect(() => compareMeasures(p, {}, y)).toThrow(/no candidate/);
  });
});
