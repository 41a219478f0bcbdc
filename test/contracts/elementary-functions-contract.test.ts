import { describe, expect, test } from 'vitest';
import {
  doublesOf,
  kernelModule,
  scratchAddress,
  sumsAddress,
} from '../../src/kernels/webassembly-module.ts';
import { exactProduct } from '../../src/numerics/exact-product.ts';
import { exp } from '../../src/numerics/exponential.ts';
import { expTerm } from '../../src/numerics/exponential-term.ts';
import { log1p } from '../../src/numerics/logarithm.ts';
import reference from '../reference/elementary-functions.json' with { type: 'json' };

const full = process.env['CALIBRANT_FULL'] === '1';

type BulkFunction = (x: Float64Array) => Float64Array;
type Functions = Readonly<Record<'exp' | 'expTerm' | 'expTermToSubnormal' | 'log1p', BulkFunction>>;

const module = kernelModule()!;

/**
 * The module's functions, as its passes use them: softmax leaves the exponentials of a row whose maximum is 0 in its work
 * space; a margin of two classes is a term e^x at β = 1, and its loss ln(1 + e^x).
 */
const webassembly: Functions = {
  exp: (x) => {
    const zeros = scratchAddress + 8 * x.length;
    const ones = zeros + 16;
    const pair = ones + 16;
    const results = pair + 16 * x.length;
    const view = doublesOf(module, results + 8 * (2 * x.length + 2));
    view.set(x, scratchAddress / 8);
    view.set([0, 0, 1, 1], zeros / 8);
    module.softmaxRows(scratchAddress, 8, zeros, ones, 1, x.length, pair, results, results + 16 * x.length);
    return x.map((_, i) => view[pair / 8 + 2 * i]!);
  },
  expTerm: (x) => terms(x, 0),
  expTermToSubnormal: (x) => terms(x, 1),
  log1p: (x) => {
    const view = doublesOf(module, scratchAddress + 8 * (x.length + 1));
    view.set(x, scratchAddress / 8);
    module.addLossValues(scratchAddress, 0, x.length, sumsAddress);
    return view.slice(scratchAddress / 8, scratchAddress / 8 + x.length);
  },
};

function terms(x: Float64Array, isDeep: number): Float64Array {
  const results = scratchAddress + 8 * (x.length + 1);
  const view = doublesOf(module, results + 8 * (x.length + 1));
  view.set(x, scratchAddress / 8);
  module.sumMargins(scratchAddress, x.length, 1, isDeep, results, 1);
  return view.slice(results / 8, results / 8 + x.length);
}

/** The kernels take e^x for 0 below it. */
const deepest = -745.2;
const javascript: Functions = {
  exp: (x) => x.map((value) => (value > deepest ? exp(value) : 0)),
  expTerm: (x) => x.map(expTerm),
  expTermToSubnormal: (x) => x.map((value) => (value > deepest ? expTerm(value) : 0)),
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
  const below = reference.exp.filter(([x]) => x! <= 0);

  test('exp is within 0.52 ulp of the truth where the result is normal', () => {
    const rows = below.filter(([, near]) => near! >= normal);
    expect(rows.length).toBeGreaterThan(300);
    expect(largestError(functions.exp, rows)).toBeLessThan(0.52);
  });

  test('exp is within 1 ulp of the truth where the result is subnormal', () => {
    const rows = below.filter(([, near]) => near! < normal);
    expect(rows.length).toBeGreaterThan(50);
    expect(largestError(functions.exp, rows)).toBeLessThan(1);
  });

  test('expTerm is within 1.05 ulp of the truth and the rounding of its argument', () => {
    for (const row of below.filter(([x]) => x! > -708)) {
      // e^x·|x|·2^−53 is at most |x| places.
      const bound = 1.05 + Math.abs(row[0]!);
      expect(largestError(functions.expTerm, [row]), `${row[0]}`).toBeLessThan(bound);
      expect(largestError(functions.expTermToSubnormal, [row]), `${row[0]}`).toBeLessThan(bound);
    }
  });

  test('expTerm is within a place and the rounding of its argument where the result is subnormal', () => {
    for (const [x, near] of below.filter(([, value]) => value! < normal)) {
      const [found] = functions.expTermToSubnormal(Float64Array.of(x!));
      expect(Math.abs(found! - near!)).toBeLessThanOrEqual(5e-324 + Math.abs(x!) * 2 ** -53 * near!);
    }
  });

  test('log1p is within 1 ulp of the truth for sums of exponentials', () => {
    const rows = reference.log1p.filter(([x]) => x! >= 0 && x! <= 2 ** 53);
    expect(rows.length).toBeGreaterThan(100);
    expect(largestError(functions.log1p, rows)).toBeLessThan(1);
  });

  test('e^0 is 1, of −0 too, and below half the smallest double 0', () => {
    const x = Float64Array.of(0, -0, -745.1332191019411, -745.1332191019412, -745.3, -746);
    expect([...functions.exp(x)]).toEqual([1, 1, 5e-324, 0, 0, 0]);
    const found = [...functions.expTermToSubnormal(x)];
    // Between 0 and the smallest double the term may fall to either side.
    expect(found.map((value, i) => (i === 2 || i === 3 ? 0 : value))).toEqual([1, 1, 0, 0, 0, 0]);
    expect([...functions.expTerm(x.subarray(0, 2))]).toEqual([1, 1]);
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
      expect(firstDifference('exp', x)).toBeUndefined();
      expect(firstDifference('expTermToSubnormal', x)).toBeUndefined();
      const shallow = x.filter((value) => value > -708);
      expect(firstDifference('expTerm', shallow)).toBeUndefined();
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
      expect(firstDifference('exp', x)).toBeUndefined();
      expect(firstDifference('expTermToSubnormal', x)).toBeUndefined();
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
      expect(firstDifference('log1p', x)).toBeUndefined();
    }
  });
});

/** The first x at which the two differ in a bit. */
function firstDifference(name: keyof Functions, x: Float64Array): number | undefined {
  const [a, b] = [webassembly[name](x), javascript[name](x)].map(({ buffer }) => Buffer.from(buffer));
  if (a!.equals(b!)) return undefined;
  return x.find((_, i) => !a!.subarray(8 * i, 8 * i + 8).equals(b!.subarray(8 * i, 8 * i + 8)));
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
