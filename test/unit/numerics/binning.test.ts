import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { storedNumbers } from '../../../src/core/number-store.ts';
import { type BinClosure, binIndex, equalWidthEdges } from '../../../src/numerics/binning.ts';
import { equalMassEdges as edgesOf } from '../../../src/numerics/equal-mass-edges.ts';

const closures: readonly BinClosure[] = ['right-closed', 'left-closed'];

/** The definition, bin by bin. */
function slowBinIndex(value: number, edges: Float64Array, closure: BinClosure): number {
  const last = edges.length - 2;
  if (value <= 0) return 0;
  if (value >= 1) return last;
  for (let bin = 0; bin <= last; bin += 1) {
    const [low, high] = [edges[bin]!, edges[bin + 1]!];
    if (closure === 'right-closed' ? low < value && value <= high : low <= value && value < high) return bin;
  }
  throw new Error(`${value} is in no bin`);
}

/** Rows of each bin as `numpy.array_split` deals a sorted array out. */
function arraySplitSizes(count: number, bins: number): number[] {
  return Array.from({ length: bins }, (_, b) => Math.floor(count / bins) + (b < count % bins ? 1 : 0));
}

function countsOf(values: readonly number[], edges: Float64Array, closure: BinClosure): number[] {
  const counts = new Array<number>(edges.length - 1).fill(0);
  for (const value of values) counts[binIndex(value, edges, closure)]! += 1;
  return counts;
}

describe('equal-width bins', () => {
  test('have edges that are exactly i/bins', () => {
    expect([...equalWidthEdges(3)]).toEqual([0, 1 / 3, 2 / 3, 1]);
    expect(equalWidthEdges(1)).toEqual(Float64Array.of(0, 1));
    for (const bins of [10, 15, 50, 10_000]) {
      equalWidthEdges(bins).forEach((edge, i) => {
        expect(edge).toBe(i / bins);
      });
    }
  });

  test.each([1, 2, 3, 10, 15, 20, 50, 100, 1000])(
    'with %s bins every edge falls where the closure says',
    (bins) => {
      const edges = equalWidthEdges(bins);
      for (let i = 1; i < bins; i += 1) {
        expect(binIndex(i / bins, edges, 'right-closed')).toBe(i - 1);
        expect(binIndex(i / bins, edges, 'left-closed')).toBe(i);
      }
    },
  );

  test.each(closures)('keep 0, 1 and what rounding carried past them (%s)', (closure) => {
    const edges = equalWidthEdges(15);
    expect([0, -0, -1e-9].map((value) => binIndex(value, edges, closure))).toEqual([0, 0, 0]);
    expect([1, 1.00001].map((value) => binIndex(value, edges, closure))).toEqual([14, 14]);
    expect(binIndex(5e-324, edges, closure)).toBe(0);
    expect(binIndex(1 - 2 ** -53, edges, closure)).toBe(14);
  });

  test('decide by comparison where multiplication would miss', () => {
    // 0.29·100 is 28.999999999999996 in doubles, though 0.29 is the edge 29/100 itself.
    expect(Math.floor(0.29 * 100)).toBe(28);
    expect(binIndex(0.29, equalWidthEdges(100), 'left-closed')).toBe(29);
  });

  test.each(closures)('agree with the definition everywhere (%s)', (closure) => {
    const near = fc.tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: -2, max: 2 }));
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), near, (bins, [i, steps]) => {
        const edges = equalWidthEdges(bins);
        const value = (Math.min(i, bins) / bins) * (1 + steps * 2 ** -53);
        expect(binIndex(value, edges, closure)).toBe(slowBinIndex(value, edges, closure));
      }),
    );
  });
});

const ways = closures.flatMap((closure) => [
  { closure, way: 'by sorting', sorted: Number.POSITIVE_INFINITY },
  { closure, way: 'by digits', sorted: 0 },
]);

describe.each(ways)('equal-mass bins, $closure, $way', ({ closure, sorted }) => {
  const equalMassEdges = (
    values: number[],
    bins: number,
    _: BinClosure,
    weights?: number[],
  ): Float64Array => {
    const sample = {
      values: storedNumbers(Float64Array.from(values)),
      weights: weights === undefined ? undefined : storedNumbers(Float64Array.from(weights)),
    };
    return edgesOf(sample, bins, closure, sorted);
  };

  test('without ties are those of array_split', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 80 }), fc.integer({ min: 1, max: 20 }), (count, bins) => {
        const values = Array.from({ length: count }, (_, i) => ((i * 37) % 83) / 83 + 0.001);
        const expected = arraySplitSizes(count, bins).filter((size) => size > 0);
        expect(countsOf(values, equalMassEdges(values, bins, closure), closure)).toEqual(expected);
      }),
    );
  });

  test('never split a tie, leave none empty, and move a cut to the end of its tie', () => {
    const shares = fc.array(fc.integer({ min: -1, max: 9 }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(shares, fc.integer({ min: 1, max: 12 }), (tenths, bins) => {
        const values = tenths.map((tenth) => tenth / 8);
        const edges = equalMassEdges(values, bins, closure);
        const sorted = values.map((value) => Math.max(value, 0)).toSorted((a, b) => a - b);
        const ends = new Set<number>();
        let cut = 0;
        for (const size of arraySplitSizes(sorted.length, bins).slice(0, -1)) {
          cut += size;
          ends.add(sorted.findLastIndex((value) => value === sorted[cut - 1]) + 1);
        }
        ends.delete(sorted.length);
        const stops = [0, ...[...ends].sort((a, b) => a - b), sorted.length];
        const expected = stops.slice(1).map((stop, i) => stop - stops[i]!);
        expect(countsOf(values, edges, closure)).toEqual(expected);
      }),
    );
  });

  test('have 0 and 1 at the ends and data values between', () => {
    const values = [0.7, 0.1, 0.3, 0.2, 0.5, 0.4, 0.6];
    const inner = closure === 'right-closed' ? [0.3, 0.5] : [0.4, 0.6];
    expect([...equalMassEdges(values, 3, closure)]).toEqual([0, ...inner, 1]);
    expect([...equalMassEdges([0.5], 4, closure)]).toEqual([0, 1]);
  });

  test('tell apart values that rounding carried above 1', () => {
    const values = [1, 1, 1.00001];
    const edges = equalMassEdges(values, 3, closure);
    expect([...edges]).toEqual([0, closure === 'right-closed' ? 1 : 1.00001, 1.00001]);
    expect(countsOf(values, edges, closure)).toEqual([2, 1]);
  });

  test('put zeros that fill a bin into a bin of their own', () => {
    const values = [0, 0, 0, 0.5, 0.6, 0.7];
    expect(countsOf(values, equalMassEdges(values, 2, closure), closure)).toEqual([3, 3]);
  });

  test('with equal weights are the unweighted ones', () => {
    const values = [0.9, 0.1, 0.4, 0.4, 0.7, 0.2, 0.3];
    const plain = equalMassEdges(values, 3, closure);
    expect(
      equalMassEdges(
        values,
        3,
        closure,
        values.map(() => 0.1),
      ),
    ).toEqual(plain);
    const withVoid = equalMassEdges([...values, 0.95], 3, closure, [...values.map(() => 2), 0]);
    expect(withVoid).toEqual(plain);
  });

  test('with unequal weights share the weight out', () => {
    const values = [0.1, 0.2, 0.3, 0.4, 0.5];
    const edges = equalMassEdges(values, 2, closure, [4, 1, 1, 1, 1]);
    expect(countsOf(values, edges, closure)).toEqual([1, 4]);
    const later = equalMassEdges(values.toReversed(), 2, closure, [4, 1, 1, 1, 1]);
    expect(countsOf(values, later, closure)).toEqual([4, 1]);
  });
});
