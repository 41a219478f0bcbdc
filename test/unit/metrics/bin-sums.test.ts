import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../../src/core/random.ts';
import { layoutRule } from '../../../src/metrics/bin-options.ts';
import { BinSums } from '../../../src/metrics/bin-sums.ts';
import { eceOfBins, measureSample } from '../../../src/metrics/index.ts';
import { equalWidthEdges } from '../../../src/numerics/binning.ts';

const rule = layoutRule({ bins: 15 });
const edges = equalWidthEdges(15);

/** Rows of random confidence; weights of a kind. */
function filled(rows: number, weightOf: (i: number) => number): BinSums {
  const random = seededRandom(rows);
  const sums = new BinSums([edges, edges], rule);
  for (let i = 0; i < rows; i += 1) sums.add(i % 2, random.uniform(), random.uniform() < 0.5, weightOf(i));
  return sums;
}

describe('sums of bins', () => {
  test.each([
    ['none', () => 1],
    ['some', (i: number) => 1 + 0.37 * (i % 5)],
    ['late', (i: number) => (i < 20 ? 1 : 0.3)],
    ['zeros', (i: number) => i % 3],
  ] as const)('have the error of their table to the bit: weights %s', (_, weightOf) => {
    for (const rows of [2, 7, 30, 400]) {
      const sums = filled(rows, (i) => (i < 2 ? 1 : weightOf(i)));
      for (const group of [0, 1]) expect(sums.error(group)).toBe(eceOfBins(sums.table(group)));
    }
  });

  test('are the same whether weights come early or late', () => {
    // The first row has weight 1, so that squares are of one scale.
    const early = new BinSums([edges], rule);
    const late = new BinSums([edges], rule);
    const random = seededRandom(5);
    const rows = Array.from(
      { length: 60 },
      (_, i) => [random.uniform(), random.uniform() < 0.6, i < 40 ? 1 : 0.7] as const,
    );
    for (const [p, right, weight] of rows) late.add(0, p, right, weight);
    early.add(0, rows[0]![0], rows[0]![1], 1);
    early.add(0, 0.5, false, 0);
    for (const [p, right, weight] of rows.slice(1)) early.add(0, p, right, weight);
    const withoutZero = early.table(0).bins.map((bin) => ({ ...bin, count: 0 }));
    expect(withoutZero).toEqual(late.table(0).bins.map((bin) => ({ ...bin, count: 0 })));
  });

  test('share the records of empty bins', () => {
    const sums = filled(4, () => 1);
    const [first, second] = [sums.table(0).bins, sums.table(1).bins];
    const both = first.flatMap((bin, b) => (bin.count === 0 && second[b]!.count === 0 ? [b] : []));
    expect(both.length).toBeGreaterThan(10);
    for (const b of both) expect(first[b]).toBe(second[b]);
  });
});

test('the errors of classes are those of their tables', () => {
  const random = seededRandom(2);
  const p = Array.from({ length: 50 }, () => {
    const parts = Array.from({ length: 4 }, () => random.uniform() ** 3 + 0.01);
    const total = parts.reduce((sum, part) => sum + part, 0);
    return parts.map((part) => part / total);
  });
  const labels = p.map(() => random.below(4));
  for (const scheme of ['equal-width', 'equal-mass'] as const) {
    for (const weights of [undefined, labels.map((label) => 0.5 + label)]) {
      const of = (): ReturnType<typeof measureSample> =>
        measureSample(p, labels, weights === undefined ? {} : { weights });
      const own = layoutRule({ scheme });
      expect(of().classErrors(own)).toEqual(of().classTables(own).map(eceOfBins));
    }
  }
});
