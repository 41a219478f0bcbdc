import { Matrix } from 'ml-matrix';
import { describe, expect, test } from 'vitest';
import { type RandomSource, seededRandom } from '../../../src/core/random.ts';
import {
  type CurvatureHistory,
  createHistory,
  forget,
  quasiNewtonDirection,
  remember,
} from '../../../src/optimize/curvature-history.ts';

/** Two ways to the same product of up to ten 6×6 updates, each of which may lose a digit. */
const tolerance = 1e-10;

const n = 6;

interface Pair {
  readonly s: readonly number[];
  readonly y: readonly number[];
}

const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, v, i) => sum + v * b[i]!, 0);
const vector = (random: RandomSource): number[] => Array.from({ length: n }, () => random.uniform() - 0.5);

/** Pairs of a random convex quadratic, so that s·y > 0. */
function convexPairs(random: RandomSource, count: number): Pair[] {
  const root = Array.from({ length: n }, () => vector(random));
  return Array.from({ length: count }, () => {
    const s = vector(random);
    const rotated = root.map((row) => dot(row, s));
    const y = s.map(
      (v, j) =>
        v +
        dot(
          rotated,
          root.map((row) => row[j]!),
        ),
    );
    return { s, y };
  });
}

/** H = (I − ρ s yᵀ) H (I − ρ y sᵀ) + ρ s sᵀ from γD, γ of the newest pair, with full matrices. */
function denseDirection(
  pairs: readonly Pair[],
  diagonal: readonly number[],
  gradient: readonly number[],
): number[] {
  const newest = pairs.at(-1)!;
  const gamma =
    dot(newest.s, newest.y) /
    dot(
      newest.y,
      newest.y.map((v, i) => v * diagonal[i]!),
    );
  let h = Matrix.diag(diagonal.map((v) => gamma * v));
  for (const { s, y } of pairs) {
    const [column, change] = [Matrix.columnVector([...s]), Matrix.columnVector([...y])];
    const rho = 1 / dot(s, y);
    const left = Matrix.eye(n).sub(column.mmul(change.transpose()).mul(rho));
    h = left.mmul(h).mmul(left.transpose()).add(column.mmul(column.transpose()).mul(rho));
  }
  return h
    .mmul(Matrix.columnVector([...gradient]))
    .to1DArray()
    .map((v) => -v);
}

function store(history: CurvatureHistory, { s, y }: Pair, unit = 1, height = 1): void {
  const zero = new Float64Array(n);
  const scaled = (v: readonly number[], by: number): Float64Array =>
    Float64Array.from(v, (entry) => entry * by);
  remember(history, zero, scaled(s, unit), zero, scaled(y, height));
}

function direction(history: CurvatureHistory, gradient: readonly number[]): number[] {
  const out = new Float64Array(n);
  quasiNewtonDirection(history, Float64Array.from(gradient), out);
  return [...out];
}

function expectClose(found: readonly number[], wanted: readonly number[]): void {
  const size = Math.max(...wanted.map(Math.abs));
  for (const [i, entry] of wanted.entries()) {
    expect(Math.abs(found[i]! - entry)).toBeLessThanOrEqual(tolerance * size);
  }
}

describe('the two-loop direction', () => {
  test.each([1, 3, 5, 9])('is that of the full BFGS matrix after %i pairs, of which 5 are kept', (count) => {
    const random = seededRandom(count);
    const pairs = convexPairs(random, count);
    const gradient = vector(random);
    const diagonals = [new Array<number>(n).fill(1), vector(random).map((v) => 1 + v)];
    for (const diagonal of diagonals) {
      const history = createHistory(5, n, 1, Float64Array.from(diagonal));
      for (const pair of pairs) store(history, pair);
      expect(history.count).toBe(Math.min(count, 5));
      expectClose(direction(history, gradient), denseDirection(pairs.slice(-5), diagonal, gradient));
    }
  });

  test('is scaled steepest descent without pairs, and again once they are forgotten', () => {
    const gradient = vector(seededRandom(1));
    const history = createHistory(3, n, 0.25);
    expectClose(
      direction(history, gradient),
      gradient.map((v) => -0.25 * v),
    );
    const [pair] = convexPairs(seededRandom(2), 1);
    store(history, pair!);
    forget(history);
    const gamma = dot(pair!.s, pair!.y) / dot(pair!.y, pair!.y);
    expectClose(
      direction(history, gradient),
      gradient.map((v) => -gamma * v),
    );
  });

  test.each([
    [2 ** -500, 2 ** -500],
    [2 ** 500, 2 ** 500],
    [2 ** -900, 2 ** 100],
    [2 ** 10, 2 ** -1000],
  ])('is the same one in steps of %d and gradients of %d', (unit, height) => {
    const random = seededRandom(4);
    const [pairs, gradient] = [convexPairs(random, 4), vector(random)];
    const [plain, scaled] = [createHistory(5, n, 1), createHistory(5, n, 1)];
    for (const pair of pairs) {
      store(plain, pair);
      store(scaled, pair, unit, height);
    }
    const found = direction(
      scaled,
      gradient.map((v) => v * height),
    );
    expect(found.map((v) => v / unit)).toEqual(direction(plain, gradient));
  });
});

describe('a pair that is left out', () => {
  const pairs = convexPairs(seededRandom(6), 4);
  const s = pairs[0]!.s;
  const opposite = s.map((v) => -v);
  const level = s.map((_, i) => (i === 0 ? -s[1]! : i === 1 ? s[0]! : 0));

  test.each([
    ['of negative curvature', s, opposite],
    ['of no curvature', s, level],
    ['without a step', s.map(() => 0), s],
    ['without a change', s, s.map(() => 0)],
    ['with an overflow', s, s.map(() => Number.POSITIVE_INFINITY)],
    ['with NaN', s, s.map(() => Number.NaN)],
  ])('%s changes nothing, not even when the memory is full', (_, step, change) => {
    const gradient = vector(seededRandom(7));
    for (const memory of [1, 3, 4, 9]) {
      const history = createHistory(memory, n, 1);
      for (const pair of pairs) store(history, pair);
      const before = direction(history, gradient);
      const { count, scaling } = history;
      store(history, { s: step, y: change });
      expect([history.count, history.scaling]).toEqual([count, scaling]);
      expect(direction(history, gradient)).toEqual(before);
    }
  });
});
