import type { Sample } from '../metrics/checked-sample.ts';
import { argsort } from '../numerics/order-statistics.ts';
import { gatheredRows } from './gathered-rows.ts';

/**
 * The rows of a sample in an order of their own that does not depend on the order they came in: by a hash of their
 * scores, label and weight. What is drawn for them is then the same bit by bit however the rows are shuffled. As good as
 * random, so neighbouring rows make random groups.
 */
export function canonicalSample(sample: Sample): Sample & { readonly order: Uint32Array } {
  const { source, labels, weights } = sample;
  const order = argsort(rowKeys(sample));
  return {
    order,
    source: gatheredRows(source, order),
    labels: Int32Array.from(order, (row) => labels[row]!),
    weights: weights === undefined ? undefined : Float64Array.from(order, (row) => weights[row]!),
  };
}

/** A number in 0..2^53 for each row; different rows share one by a chance of 1e-16. */
function rowKeys({ source, labels, weights }: Sample): Float64Array {
  const { rows, temperatures } = source;
  const keys = new Float64Array(rows);
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
  for (let i = 0; i < rows; i += 1) {
    [high, low] = [0x243f6a88, 0x13198a2e];
    const scores = source.scores(i, i + 1);
    for (let k = 0; k < scores.length; k += 1) mix(scores[k]!);
    mix(labels[i]!);
    if (weights !== undefined) mix(weights[i]!);
    if (temperatures !== undefined && typeof temperatures !== 'number') mix(temperatures[i]!);
    keys[i] = (high >>> 0) * 2 ** 21 + (scramble(low, 0x27d4eb2f) >>> 11);
  }
  return keys;
}

function scramble(bits: number, factor: number): number {
  const mixed = Math.imul(bits ^ (bits >>> 15), factor);
  return mixed ^ (mixed >>> 13);
}
