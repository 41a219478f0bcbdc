import type { Sample } from '../metrics/checked-sample.ts';
import { argsort } from '../numerics/order-statistics.ts';
import { gatheredRows } from './gathered-rows.ts';

/**
 * An order of the rows that does not depend on the order they came in: by a hash of their scores and label, and of which
 * copy it is where rows are equal, the lightest first; the scale of the weights has no part in it. What is drawn for them is then the same bit by bit however the rows are shuffled.
 * As good as random, so neighbouring rows make random groups, and the first rows a random subset. It does not depend on the
 * order of the samples either, so that a comparison the other way round draws the same rows.
 *
 * @param samples One or more samples of the same rows.
 */
export function canonicalOrder(samples: readonly Sample[]): Uint32Array {
  const keys = rowKeys(samples.length < 2 ? samples : inCanonicalTurn(samples));
  const order = argsort(keys);
  return spreadCopies(keys, order, samples[0]!.weights) ? argsort(keys) : order;
}

/** Rows of a sample by number, in any order, left out or repeated; nothing but the numbers of the rows is copied. */
export function inOrder({ source, labels, weights }: Sample, order: Uint32Array): Sample {
  return {
    source: gatheredRows(source, order),
    labels: gathered(labels, order, new Int32Array(order.length)),
    weights: weights === undefined ? undefined : gathered(weights, order, new Float64Array(order.length)),
  };
}

/** The values of those rows, in `into`. */
export function gathered<Store extends Int32Array | Float64Array | Uint8Array>(
  values: ArrayLike<number>,
  order: Uint32Array,
  into: Store,
): Store {
  for (let i = 0; i < order.length; i += 1) into[i] = values[order[i]!]!;
  return into;
}

/** The samples in an order of their contents, whatever order their rows are in. */
function inCanonicalTurn(samples: readonly Sample[]): readonly Sample[] {
  const digests = samples.map((sample) => {
    let digest = 0;
    // Exact sums, which come out the same in any order.
    for (const key of rowKeys([sample])) digest = (digest + (key % 2 ** 52)) % 2 ** 52;
    return digest;
  });
  return [...samples.keys()].sort((a, b) => digests[a]! - digests[b]!).map((at) => samples[at]!);
}

/** A number in 0..2^53 for each row; different rows share one by a chance of 1e-16. */
function rowKeys(samples: readonly Sample[]): Float64Array {
  const keys = new Float64Array(samples[0]!.source.rows);
  const value = new Float64Array(1);
  const halves = new Uint32Array(value.buffer);
  let [high, low] = [0, 0];
  const mix = (x: number): void => {
    // Adding 0 makes the two zeros one.
    value[0] = x + 0;
    high = scramble(high ^ halves[0]!, 0x85ebca6b);
    low = scramble(low ^ halves[1]! ^ high, 0xc2b2ae35);
    high ^= low;
  };
  for (let i = 0; i < keys.length; i += 1) {
    [high, low] = [0x243f6a88, 0x13198a2e];
    for (const { source, labels } of samples) {
      const { temperatures } = source;
      const scores = source.scores(i, i + 1);
      for (let k = 0; k < scores.length; k += 1) mix(scores[k]!);
      mix(labels[i]!);
      if (typeof temperatures === 'object') mix(temperatures.read(i, i + 1)[0]!);
    }
    keys[i] = (high >>> 0) * 2 ** 21 + (scramble(low, 0x27d4eb2f) >>> 11);
  }
  return keys;
}

/** Gives every further copy of a row a key of its own, lest copies stand side by side; tells whether there are any. */
function spreadCopies(keys: Float64Array, order: Uint32Array, weights: Float64Array | undefined): boolean {
  let any = false;
  for (let start = 0; start < order.length; ) {
    const key = keys[order[start]!]!;
    let end = start + 1;
    while (end < order.length && keys[order[end]!] === key) end += 1;
    const copies = order.subarray(start, end);
    if (weights !== undefined && copies.length > 1) copies.sort((a, b) => weights[a]! - weights[b]!);
    for (let copy = 1; copy < copies.length; copy += 1) {
      keys[copies[copy]!] = keyOfCopy(key, copy);
      any = true;
    }
    start = end;
  }
  return any;
}

function keyOfCopy(key: number, copy: number): number {
  let high = Math.floor(key / 2 ** 21);
  let low = (key % 2 ** 21) ^ copy;
  for (let round = 0; round < 3; round += 1) {
    high = scramble(high ^ low, 0x85ebca6b);
    low = scramble(low ^ high, 0xc2b2ae35);
  }
  return (high >>> 0) * 2 ** 21 + (scramble(low, 0x27d4eb2f) >>> 11);
}

function scramble(bits: number, factor: number): number {
  const mixed = Math.imul(bits ^ (bits >>> 15), factor);
  return mixed ^ (mixed >>> 13);
}
