import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../../src/core/random.ts';
import { eceOfBins } from '../../../src/metrics/expected-calibration-error.ts';
import { type BinClosure, reliabilityBins } from '../../../src/metrics/reliability-bins.ts';
import { tabulate } from '../../../src/metrics/tabulate.ts';

/** A fraction of whole numbers of any size, enough arithmetic to be an oracle for sums of doubles. */
interface Fraction {
  readonly over: bigint;
  readonly under: bigint;
}

const whole = (value: number): Fraction => ({ over: BigInt(value), under: 1n });

/** The double as the fraction it is. */
function exactly(value: number): Fraction {
  let scaled = value;
  let under = 1n;
  while (!Number.isInteger(scaled)) {
    scaled *= 2;
    under *= 2n;
  }
  return { over: BigInt(scaled), under };
}

const plus = (a: Fraction, b: Fraction): Fraction =>
  a.under === b.under
    ? { over: a.over + b.over, under: a.under }
    : { over: a.over * b.under + b.over * a.under, under: a.under * b.under };
const minus = (a: Fraction, b: Fraction): Fraction => plus(a, { over: -b.over, under: b.under });
const size = (a: Fraction): Fraction => ({ over: a.over < 0n ? -a.over : a.over, under: a.under });

/** |a − b| as a double, to 2^-120. */
function distance(a: Fraction, b: Fraction): number {
  const { over, under } = size(minus(a, b));
  return Number((over << 120n) / under) / 2 ** 120;
}

/** The bin by comparing with the doubles i/n, one after the other; comparisons of doubles are exact. */
function plainBin(confidence: number, bins: number, closure: BinClosure): number {
  for (let b = 0; b < bins - 1; b += 1) {
    const high = (b + 1) / bins;
    if (closure === 'right-closed' ? confidence <= high : confidence < high) return b;
  }
  return bins - 1;
}

function exactEce(
  confidence: readonly number[],
  correct: readonly boolean[],
  bins: number,
  closure: BinClosure,
): Fraction {
  const gaps = Array.from({ length: bins }, () => whole(0));
  for (const [i, c] of confidence.entries()) {
    const b = plainBin(c, bins, closure);
    gaps[b] = minus(plus(gaps[b]!, whole(correct[i] === true ? 1 : 0)), exactly(c));
  }
  const { over, under } = gaps.map(size).reduce(plus);
  return { over, under: under * BigInt(confidence.length) };
}

/** The next double above (or below) a double in (0, 1]. */
function neighbour(value: number, step: 1n | -1n): number {
  const bits = new BigInt64Array(1);
  const float = new Float64Array(bits.buffer);
  float[0] = value;
  bits[0]! += step;
  return float[0];
}

describe.each(['right-closed', 'left-closed'] as const)('%s bins', (closure) => {
  test('0, 1, every edge i/n and both its neighbours fall where the rule says, n = 1..100', () => {
    const mismatches: string[] = [];
    let compared = 0;
    for (let bins = 1; bins <= 100; bins += 1) {
      const last = bins - 1;
      const expected: [number, number][] = [
        [0, 0],
        [Number.MIN_VALUE, 0],
        [neighbour(1, -1n), last],
        [1, last],
      ];
      for (let i = 1; i < bins; i += 1) {
        const edge = i / bins;
        expected.push([neighbour(edge, -1n), i - 1]);
        expected.push([edge, closure === 'right-closed' ? i - 1 : i]);
        expected.push([neighbour(edge, 1n), i]);
      }
      const counts = new Array<number>(bins).fill(0);
      const sums = new Array<number>(bins).fill(0);
      for (const [value, bin] of expected) {
        counts[bin]! += 1;
        sums[bin]! += value;
      }
      const confidence = Float64Array.from(expected, ([value]) => value);
      const rule = { scheme: 'equal-width', closure, requested: bins, level: 0.95 } as const;
      const table = tabulate({ confidence, correct: new Uint8Array(confidence.length) }, rule);
      for (const [b, { count, weight, confidence: mean }] of table.bins.entries()) {
        // A value in the wrong bin would move the count by 1 and the sum by about its own size.
        if (count !== counts[b] || Math.abs(weight * (mean ?? 0) - sums[b]!) > 1e-14) {
          mismatches.push(`bin ${b} of ${bins}`);
        }
      }
      compared += expected.length;
    }
    expect(compared).toBe(100 * 4 + 3 * 4950);
    expect(mismatches).toEqual([]);
  });

  test.each([1, 2, 10, 15, 20, 97])(
    'ECE over %i bins is within 1e-15 per bin of the exact fraction',
    (bins) => {
      const random = seededRandom(bins);
      const onEdge = (): number => (Math.floor(bins / 2) + random.below(Math.ceil(bins / 2) + 1)) / bins;
      const confidence = Array.from({ length: 400 }, (_, i) => {
        const c = i % 4 === 0 ? onEdge() : 0.5 + 0.5 * random.uniform();
        return Math.min(Math.max(c, 0.5), 1);
      });
      const correct = confidence.map((c) => random.uniform() < 0.9 * c);
      const rows = confidence.map((c) => [c, 1 - c]);
      const labels = correct.map((right) => (right ? 0 : 1));
      const table = reliabilityBins(rows, labels, { bins, edges: closure });
      const exact = exactEce(confidence, correct, bins, closure);
      expect(distance(exactly(eceOfBins(table)), exact)).toBeLessThanOrEqual(1e-15 * bins);
    },
  );
});

test('counts add up to the rows however the values lie', () => {
  const random = seededRandom(3);
  const rows = Array.from({ length: 1000 }, () => random.below(1001) / 1000);
  const labels = rows.map(() => random.below(2));
  for (const scheme of ['equal-width', 'equal-mass'] as const) {
    for (const edges of ['right-closed', 'left-closed'] as const) {
      for (const bins of [1, 7, 100, 1000, 10_000]) {
        const table = reliabilityBins(rows, labels, { bins, scheme, edges });
        expect(table.bins.reduce((sum, { count }) => sum + count, 0)).toBe(1000);
        expect(table.count).toBe(1000);
      }
    }
  }
});

test('probabilities that rounding carried above 1 stay in the last bin', () => {
  const { bins } = reliabilityBins(
    [
      [1.00001, 0],
      [1, 0],
    ],
    [0, 0],
    { bins: 10 },
  );
  expect(bins.at(-1)?.count).toBe(2);
});

test('equal-mass bins never split a tie and are fewer when they must be', () => {
  const rows = [...Array(8).fill([0.75, 0.25]), [0.9, 0.1], [0.5, 0.5]];
  const { bins, rule } = reliabilityBins(rows, Array(10).fill(0), { bins: 5, scheme: 'equal-mass' });
  expect(rule.requested).toBe(5);
  expect(bins.map(({ count }) => count)).toEqual([9, 1]);
});
