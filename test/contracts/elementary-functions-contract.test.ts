import { describe, expect, test } from 'vitest';
import {
  doublesOf,
  kernelModule,
  scratchAddress,
  sumsAddress,
} from '../../src/kernels/webassembly-module.ts';
import { exactProduct } from '../../src/numerics/exact-product.ts';
import { exp } from '../../src/numerics/exponential.ts';
import { log1p } from '../../src/numerics/logarithm.ts';
import reference from '../reference/elementary-functions.json' with { type: 'json' };

const full = process.env['CALIBRANT_FULL'] === '1';

type Functions = Readonly<Record<'exp' | 'expToSubnormal' | 'log1p', (x: Float64Array) => Float64Array>>;

const module = kernelModule()!;

/** The module's functions, as its passes use them: a margin of two classes is e^x at β = 1, and its loss ln(1 + e^x). */
const webassembly: Functions = {
  exp: (x) => exponentials(x, 0),
  expToSubnormal: (x) => exponentials(x, 1),
  log1p: (x) => {
    const view = doublesOf(module, scratchAddress + 8 * (x.length + 1));
    view.set(x, scratchAddress / 8);
    module.addLossValues(scratchAddress, 0, x.length, sumsAddress);
    return view.slice(scratchAddress / 8, scratchAddress / 8 + x.length);
  },
};

function exponentials(x: Float64Array, isDeep: number): Float64Array {
  const results = scratchAddress + 8 * (x.length + 1);
  const view = doublesOf(module, results + 8 * (x.length + 1));
  view.set(x, scratchAddress / 8);
  module.sumMargins(scratchAddress, x.length, 1, isDeep, results, 1);
  return view.slice(results / 8, results / 8 + x.length);
}

const javascript: Functions = {
  exp: (x) => x.map(exp),
  expToSubnormal: (x) => x.map(exp),
  log1p: (x) => x.map(log1p),
};

const backends = [
  { name: 'JavaScript', functions: javascript },
  { name: 'WebAssembly', functions: webassembly },
];

/** Distance between neighbouring doubles at the size of x: 2^−1074 below the normal range. */
function lastPlace(x: number): number {
  const bits = new Float64Array([Math.abs(x)]);
  new BigInt64Array(bits.buffer)[0]! += 1n;
  return bits[0]! - Math.abs(x);
}

/** The largest error in units of the last place, over rows of x, the nearest double, and what it lacks of the truth. */
function largestError(f: (x: Float64Array) => Float64Array, rows: readonly (readonly number[])[]): number {
  const found = f(Float64Array.from(rows, ([x]) => x!));
  return Math.max(
    ...rows.map(([, near, rest], i) => Math.abs((found[i]! - near!) / lastPlace(near!) - rest!)),
  );
}

/** The smallest normal double. */
const normal = 2 ** -1022;

describe.each(backends)('in $name', ({ functions }) => {
  test('exp is within 0.52 ulp of the truth where the result is normal', () => {
    const rows = reference.exp.filter(([x]) => x! > -708 && x! < 709);
    expect(rows.length).toBeGreaterThan(400);
    expect(largestError(functions.exp, rows)).toBeLessThan(0.52);
    expect(largestError(functions.expToSubnormal, rows)).toBeLessThan(0.52);
  });

  test('exp is within 1 ulp of the truth where the result is subnormal', () => {
    const rows = reference.exp.filter(([, near]) => near! < normal);
    expect(rows.length).toBeGreaterThan(50);
    expect(largestError(functions.expToSubnormal, rows)).toBeLessThan(1);
  });

  test('log1p is within 1 ulp of the truth for sums of exponentials', () => {
    const rows = reference.log1p.filter(([x]) => x! >= 0 && x! <= 2 ** 53);
    expect(rows.length).toBeGreaterThan(100);
    expect(largestError(functions.log1p, rows)).toBeLessThan(1);
  });

  test('exp of 0 is 1, of −0 too, and below half the smallest double 0', () => {
    const x = Float64Array.of(0, -0, -745.1332191019411, -745.1332191019412, Number.NEGATIVE_INFINITY);
    expect([...functions.expToSubnormal(x)]).toEqual([1, 1, 5e-324, 0, 0]);
    expect([...functions.exp(x.subarray(0, 2))]).toEqual([1, 1]);
    expect([...functions.log1p(Float64Array.of(0, 1e-20, 5e-324))]).toEqual([0, 1e-20, 5e-324]);
  });

  test('exp keeps 0.52 ulp against sums of twice the precision', () => {
    for (const x of samples(full ? 400_000 : 4000, -708, 0)) {
      const found = functions.exp(x);
      const worst = x.findIndex((value, i) => !(errorOf(value, found[i]!) < 0.52));
      expect(x[worst]).toBeUndefined();
    }
  });
});

describe('WebAssembly and JavaScript', () => {
  const stretches: readonly (readonly [number, number])[] = [
    [-745.3, -744],
    [-708.5, -708],
    [-708, -700],
    [-1, 0],
    [-1e-7, 0],
    [-5e-324 * 4000, 0],
    [-746, 0],
  ];
  test.each(stretches)('give the same exponentials from %d to %d', (low, high) => {
    for (const x of samples(full ? 4_000_000 : 40_000, low, high)) {
      expect(firstDifference(webassembly.expToSubnormal, javascript.expToSubnormal, x)).toBeUndefined();
      const shallow = x.filter((value) => value > -708);
      expect(firstDifference(webassembly.exp, javascript.exp, shallow)).toBeUndefined();
    }
  });

  test('give the same exponential of every float32 that has one, or of every 4,096th', () => {
    const step = full ? 1 : 4096;
    // From −0 to −746 the bits rise by ones.
    const [first, last] = [0x80000000, 0xc43a8000];
    const chunk = 65_536;
    for (let from = first; from <= last; from += step * chunk) {
      const count = Math.min(chunk, Math.floor((last - from) / step) + 1);
      const bits = Uint32Array.from({ length: count }, (_, i) => from + i * step);
      const x = Float64Array.from(new Float32Array(bits.buffer));
      expect(firstDifference(webassembly.expToSubnormal, javascript.expToSubnormal, x)).toBeUndefined();
    }
  }, 1_800_000);

  test.each([
    [0, 1e-300],
    [0, 1e-15],
    [0, 0.5],
    [0.4, 0.42],
    [0.999999, 1.000001],
    [1, 1000],
    [1e5, 2 ** 53],
  ])('give the same ln(1 + x) from %d to %d', (low, high) => {
    for (const x of samples(full ? 4_000_000 : 40_000, low, high)) {
      expect(firstDifference(webassembly.log1p, javascript.log1p, x)).toBeUndefined();
    }
  });
});

/** The first x at which two functions differ in a bit. */
function firstDifference(f: Functions['exp'], g: Functions['exp'], x: Float64Array): number | undefined {
  const [a, b] = [new BigUint64Array(f(x).buffer), new BigUint64Array(g(x).buffer)];
  const at = a.findIndex((bits, i) => bits !== b[i]);
  return at < 0 ? undefined : x[at];
}

/** Evenly spread numbers, none a round one, in pieces. */
function* samples(count: number, low: number, high: number): Generator<Float64Array> {
  const piece = 40_000;
  for (let from = 0; from < count; from += piece) {
    const length = Math.min(piece, count - from);
    yield Float64Array.from({ length }, (_, i) => low + (high - low) * ((from + i + 0.5 / Math.E) / count));
  }
}

/** ln 2 as a sum of two doubles. */
const ln2 = [Math.LN2, 2.3190468138462996e-17] as const;

/**
 * The error of a normal result in units of its last place, by Taylor's series in sums of two doubles: with
 * x = k·ln 2 + 1024·r, e^x = 2^k·(e^r)^1024. Its own error is some 2^−90.
 */
function errorOf(x: number, found: number): number {
  const k = Math.round(x / Math.LN2);
  const [high, low] = exactProduct(k, ln2[0]);
  const rest = sum([x - high, 0], [-low - k * ln2[1], 0]);
  const r = [rest[0] / 1024, rest[1] / 1024] as const;
  // e^r − 1, which squaring keeps as exact as it is small.
  let growth: readonly [number, number] = [0, 0];
  for (let n = 9; n >= 1; n -= 1) growth = over(product(r, sum([1, 0], growth)), n);
  for (let doubling = 0; doubling < 10; doubling += 1) {
    growth = sum([2 * growth[0], 2 * growth[1]], product(growth, growth));
  }
  const scaled = found * 2 ** -k;
  const [near, lost] = sum([1 - scaled, 0], growth);
  return Math.abs(near + lost) / lastPlace(scaled);
}

type Pair = readonly [number, number];

function sum(a: Pair, b: Pair): Pair {
  const total = a[0] + b[0];
  const share = total - a[0];
  const lost = a[0] - (total - share) + (b[0] - share) + (a[1] + b[1]);
  const near = total + lost;
  return [near, lost - (near - total)];
}

function product(a: Pair, b: Pair): Pair {
  const [high, low] = exactProduct(a[0], b[0]);
  const rest = low + (a[0] * b[1] + a[1] * b[0]);
  const near = high + rest;
  return [near, rest - (near - high)];
}

function over(a: Pair, n: number): Pair {
  const near = a[0] / n;
  const [high, low] = exactProduct(near, n);
  return [near, (a[0] - high - low + a[1]) / n];
}
