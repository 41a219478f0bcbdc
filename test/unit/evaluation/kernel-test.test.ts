import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../../src/core/random.ts';
import { calibrationTests } from '../../../src/evaluation/index.ts';

const draws = 4999;
/** Five standard deviations of a share of that many draws, at most. */
const drawnShare = 5 * Math.sqrt(0.25 / draws);
/** Sums that differ by less are equal: the oracle adds in one order, and no two sums here are so near otherwise. */
const sameSum = 1e-10;

interface Rows {
  readonly p: readonly (readonly number[])[];
  readonly y: readonly number[];
}

const randomRows = (rows: number, seed: number): Rows => {
  const random = seededRandom(seed);
  const p = Array.from({ length: rows }, () => {
    const parts = [1, 2, 3].map(() => 0.05 + random.uniform());
    const total = parts.reduce((sum, part) => sum + part, 0);
    return parts.map((part) => part / total);
  });
  return { p, y: p.map(() => Math.floor(3 * random.uniform())) };
};

const distance = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, value, k) => sum + Math.abs(value - b[k]!), 0) / 2;

function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return (sorted[Math.floor((sorted.length - 1) / 2)]! + sorted[Math.ceil((sorted.length - 1) / 2)]!) / 2;
}

/** The share of all ways to sign the rows whose sum is at least that of the data. */
function shareOfAllSigns({ p, y }: Rows): number {
  const pairs = p.flatMap((_, i) => p.slice(i + 1).map((__, j) => [i, i + 1 + j] as const));
  const width = medianOf(pairs.map(([i, j]) => distance(p[i]!, p[j]!))) || 1;
  const residual = p.map((row, i) => row.map((value, k) => Number(y[i] === k) - value));
  const kernels = pairs.map(([i, j]) => {
    const product = residual[i]!.reduce((sum, value, k) => sum + value * residual[j]![k]!, 0);
    return Math.exp(-distance(p[i]!, p[j]!) / width) * product;
  });
  const sign = (all: number, i: number): number => ((all >> i) & 1 ? -1 : 1);
  const signed = (all: number): number =>
    pairs.reduce((sum, [i, j], at) => sum + sign(all, i) * sign(all, j) * kernels[at]!, 0);
  const ways = Array.from({ length: 2 ** p.length }, (_, all) => all);
  return ways.filter((all) => signed(all) >= signed(0) - sameSum).length / ways.length;
}

const cases: [string, Rows][] = [
  ...[3, 4, 5, 6].flatMap((rows) =>
    [1, 2, 3, 4].map((seed): [string, Rows] => [
      `${rows} rows of seed ${seed}`,
      randomRows(rows, 10 * rows + seed),
    ]),
  ),
  ['10 equal rows', { p: Array(10).fill([0.7, 0.2, 0.1]), y: [0, 0, 0, 0, 1, 0, 0, 2, 0, 1] }],
];

describe('the kernel test', () => {
  test.each(cases)('counts signs that give the same sum but for rounding: %s', (_, rows) => {
    const found = calibrationTests(rows.p, rows.y, { draws }).find(({ name }) => name === 'kernel');
    expect(Math.abs(found!.pValue! - shareOfAllSigns(rows))).toBeLessThanOrEqual(drawnShare);
  });
});
