import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../src/core/random.ts';
import {
  compatPresets,
  type EventOptions,
  type Measure,
  measureByName,
  measureSample,
  measures,
} from '../../src/metrics/index.ts';
import { read } from '../architecture/source-files.ts';

/** Another order of the rows, or weights of 1: the same sums, rounded otherwise. */
const reordered = 1e-12;
/** Weights of another size pass through products and quotients, and roots of differences. */
const rescaled = 1e-9;
/** The ends of a range, reached but for rounding. */
const rangeRounding = 1e-12;

interface Rows {
  readonly p: readonly (readonly number[])[];
  readonly y: readonly number[];
  readonly weights?: readonly number[];
}

/** An overconfident classifier's rows; with `levels`, probabilities in that many steps, so that there are ties. */
function drawn(rows: number, classes: number, seed: number, levels?: number): Rows {
  const random = seededRandom(seed);
  const p: number[][] = [];
  const y: number[] = [];
  for (let i = 0; i < rows; i += 1) {
    const parts = Array.from({ length: classes }, () => {
      const u = random.uniform() ** 3;
      return levels === undefined ? u + 1e-3 : Math.ceil(u * levels);
    });
    const sum = parts.reduce((total, part) => total + part, 0);
    p.push(parts.map((part) => part / sum));
    const drawnAt = random.uniform();
    let reached = 0;
    const softened = parts.map((part) => 0.7 * (part / sum) + 0.3 / classes);
    const label = softened.findIndex((share) => {
      reached += share;
      return drawnAt < reached;
    });
    y.push(Math.max(0, label));
  }
  return { p, y };
}

const compute = (measure: Measure, { p, y, weights }: Rows, options: EventOptions = {}): number | null =>
  measure.compute(measureSample(p, y, weights === undefined ? options : { ...options, weights }));

function expectSame(value: number | null, wanted: number | null, tolerance: number): void {
  if (value === null || wanted === null || !Number.isFinite(wanted)) expect(value).toBe(wanted);
  else expect(Math.abs(value - wanted)).toBeLessThanOrEqual(tolerance * Math.max(1, Math.abs(wanted)));
}

const ordinary: readonly Rows[] = [drawn(90, 3, 1), drawn(80, 2, 2), drawn(85, 4, 3, 4)];
const odd: Record<string, Rows> = {
  'one row': { p: [[0.7, 0.3]], y: [0] },
  'one wrong row': { p: [[0.7, 0.3]], y: [1] },
  'two rows': {
    p: [
      [0.7, 0.3],
      [0.4, 0.6],
    ],
    y: [0, 0],
  },
  'all right': { p: drawn(30, 2, 4).p, y: drawn(30, 2, 4).p.map(([a, b]) => (a! >= b! ? 0 : 1)) },
  'all wrong': { p: drawn(30, 3, 5).p, y: drawn(30, 3, 5).p.map((row) => row.indexOf(Math.min(...row))) },
  'one probability': { p: Array.from({ length: 12 }, () => [0.5, 0.5]), y: drawn(12, 2, 6).y },
  'certain and right': { p: Array.from({ length: 9 }, () => [1, 0, 0]), y: Array(9).fill(0) },
  'certain and wrong': { p: Array.from({ length: 9 }, () => [1, 0, 0]), y: Array(9).fill(2) },
  'certain, at times wrong': {
    p: Array.from({ length: 20 }, (_, i) => (i % 2 === 0 ? [1, 0] : [0, 1])),
    y: Array.from({ length: 20 }, (_, i) => (i % 5 === 0 ? 1 : 0)),
  },
  'all weight on one row': { ...drawn(10, 3, 7), weights: [0, 0, 0, 2, 0, 0, 0, 0, 0, 0] },
  'a class that never occurs': { p: drawn(40, 4, 8).p, y: drawn(40, 4, 8).y.map((label) => label % 3) },
};

describe('the registry of measures', () => {
  test('has unique names in lower-case words, each with a row in docs/measures.md', () => {
    const names = measures.map(({ name }) => name);
    expect(names.length).toBeGreaterThan(50);
    expect(new Set(names).size).toBe(names.length);
    expect(names.filter((name) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name))).toEqual([]);
    const rows = [...read('docs/measures.md').matchAll(/^\| `([a-z0-9-]+)` \|/gm)].map(([, name]) => name);
    expect(rows.filter((name) => names.includes(name as never))).toEqual(names);
  });

  test('stands beside presets of other libraries, each with a row of its own', () => {
    const page = read('docs/measures.md');
    for (const { name, library, bins } of compatPresets) {
      expect(page).toContain(`| \`${name}\` | ${library} | ${bins} |`);
    }
  });

  test('finds measures by name, and nothing else', () => {
    for (const measure of measures) expect(measureByName(measure.name)).toBe(measure);
    expect(measureByName('ece')).toBeUndefined();
  });

  test('has no two measures of the same title', () => {
    expect(new Set(measures.map(({ title }) => title)).size).toBe(measures.length);
  });
});

describe.each(measures)('$name', (measure: Measure) => {
  const { range, order, ideal } = measure;
  const [low, high] = range;

  function expectInRange(value: number | null): void {
    if (value === null) return;
    expect(value).not.toBeNaN();
    const slack = rangeRounding * Math.max(1, Math.abs(value));
    expect(value).toBeGreaterThanOrEqual(low - slack);
    expect(value).toBeLessThanOrEqual(high + slack);
  }

  test('is a number in its range on ordinary rows, however two classes are seen', () => {
    for (const rows of ordinary) {
      const value = compute(measure, rows);
      expect(value).not.toBeNull();
      expectInRange(value);
    }
    expectInRange(compute(measure, ordinary[1]!, { binary: 'positive' }));
  });

  test.each(Object.entries(odd))('is a number in its range, or null, of %s', (_, rows) => {
    expectInRange(compute(measure, rows));
    if (rows.p[0]!.length === 2) expectInRange(compute(measure, rows, { binary: 'positive' }));
  });

  test('does not depend on the order of the rows, if it says so', () => {
    if (order === 'of-rows') return;
    const random = seededRandom(11);
    for (const { p, y } of ordinary) {
      const keys = p.map(() => random.uniform());
      const turn = p.map((_, i) => i).sort((a, b) => keys[a]! - keys[b]!);
      const turned = { p: turn.map((i) => p[i]!), y: turn.map((i) => y[i]!) };
      expectSame(compute(measure, turned), compute(measure, { p, y }), reordered);
    }
  });

  test('is the same with weights of 1, of 3, and beside rows of weight 0', () => {
    for (const rows of ordinary) {
      const plain = compute(measure, rows);
      const { p, y } = rows;
      expectSame(compute(measure, { p, y, weights: p.map(() => 1) }), plain, reordered);
      expectSame(compute(measure, { p, y, weights: p.map(() => 3) }), plain, rescaled);
      const [first, label] = [p[0]!, y[0]!];
      const padded = {
        p: [...p, first, [...first].reverse()],
        y: [...y, label, label],
        weights: [...p.map(() => 1), 0, 0],
      };
      expectSame(compute(measure, padded), plain, reordered);
      const between = {
        p: p.flatMap((row) => [row, first]),
        y: y.flatMap((of) => [of, label]),
        weights: p.flatMap(() => [1, 0]),
      };
      expectSame(compute(measure, between), plain, reordered);
    }
  });

  test('is the same of logits as of their softmax', () => {
    const { p, y } = ordinary[0]!;
    const z = p.map((row) => row.map((share) => Math.log(share) + 2));
    expectSame(measure.compute(measureSample(z, y, { input: 'logits' })), compute(measure, { p, y }), 1e-9);
  });

  test('takes its ideal value where outcomes are as frequent as the probabilities say', () => {
    if (ideal === null) return;
    // Sixteen rows of each distribution in sixteenths, labels in exactly these shares; repeated, for what leaves rows
    // out or sees pairs of neighbours only.
    const distributions = [
      [8, 5, 3],
      [2, 12, 2],
      [1, 4, 11],
      [10, 5, 1],
      [3, 6, 7],
      [0, 2, 14],
      [13, 2, 1],
      [4, 9, 3],
    ];
    const copies = 6;
    const p: number[][] = [];
    const y: number[] = [];
    for (let copy = 0; copy < copies; copy += 1) {
      for (const shares of distributions) {
        for (const [k, share] of shares.entries()) {
          for (let i = 0; i < share; i += 1) {
            p.push(shares.map((part) => part / 16));
            y.push(k);
          }
        }
      }
    }
    const value = compute(measure, { p, y });
    expect(Math.abs((value ?? Number.NaN) - ideal)).toBeLessThanOrEqual(limitTolerance(measure));
  });

  test('gives the same figure twice, and leaves the sample as it was', () => {
    const { p, y } = ordinary[2]!;
    const sample = measureSample(p, y);
    const value = measure.compute(sample);
    for (const other of measures.slice(0, 5)) other.compute(sample);
    expect(measure.compute(sample)).toBe(value);
    expect([...sample.labels]).toEqual([...y]);
  });
});

/** How near to ideal a measure comes on 768 rows that are calibrated to the last count. */
function limitTolerance({ name, notion }: Measure): number {
  if (name === 'squared-kernel-calibration-error-in-blocks') return 0.5;
  // Pairs of different rows only, and rows left out: of order 1/n and 1/n per distribution.
  if (notion === 'canonical') return 0.03;
  // Takes the noise off that these rows do not have: of order B·p(1 − p)/n.
  if (/^(debiased-squared|murphy-reliability-corrected)/.test(name)) return 0.01;
  // Two and three neighbouring confidences fit a cubic through the loess fits only about.
  if (name.startsWith('integrated-')) return 1e-3;
  return 1e-12;
}

test('a sample of no rows is refused', () => {
  expect(() => measureSample([], [])).toThrow('E_TOO_FEW: 0 rows; at least 1 is needed.');
});

test('the positive class is that of two', () => {
  expect(() => measureSample([[0.2, 0.3, 0.5]], [0], { binary: 'positive' })).toThrow(
    'E_OPTION: option "binary" is "positive", which needs 2 classes; there are 3.',
  );
});
