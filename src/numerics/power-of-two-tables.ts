import { type DoublePair, exactProduct } from './exact-product.ts';

/**
 * 2^(j/n) for j = 0..n − 1 as unevaluated sums of two doubles, `[high, low]` side by side, good to 2^−104. Made of
 * square roots and double-double products, so every engine makes the same bits and the code carries no table.
 *
 * @param n A power of two.
 */
export function rootsOfTwo(n: number): Float64Array {
  const table = new Float64Array(2 * n);
  table[0] = 1;
  let root: DoublePair = [2, 0];
  for (let step = n / 2; step >= 1; step /= 2) {
    root = squareRoot(root);
    for (let j = 0; j < n; j += 2 * step) {
      const [high, low] = product([table[2 * j]!, table[2 * j + 1]!], root);
      table[2 * (j + step)] = high;
      table[2 * (j + step) + 1] = low;
    }
  }
  return table;
}

/** 2^(j/256) for j = 0..255, rounded. */
export function termRoots(): Float64Array {
  return rootsOfTwo(256).filter((_, place) => place % 2 === 0);
}

const powers = makePowers();

/** 2^k for k = −1022..1023, the normal doubles among them, at index k + 1022. One table for all. */
export function powersOfTwo(): Float64Array {
  return powers;
}

function makePowers(): Float64Array {
  const table = new Float64Array(2046);
  table[1022] = 1;
  for (let k = 1; k <= 1023; k += 1) table[1022 + k] = table[1021 + k]! * 2;
  for (let k = 1; k <= 1022; k += 1) table[1022 - k] = table[1023 - k]! / 2;
  return table;
}

function squareRoot([high, low]: DoublePair): DoublePair {
  const near = Math.sqrt(high);
  const [square, rest] = exactProduct(near, near);
  return normalised(near, (high - square - rest + low) / (2 * near));
}

function product(a: DoublePair, b: DoublePair): DoublePair {
  const [high, low] = exactProduct(a[0], b[0]);
  return normalised(high, low + (a[0] * b[1] + a[1] * b[0]));
}

function normalised(high: number, low: number): DoublePair {
  const sum = high + low;
  return [sum, low - (sum - high)];
}
