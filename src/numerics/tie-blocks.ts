import { CompensatedSum } from './compensated-sum.ts';
import { argsort } from './order-statistics.ts';

/** Rows gathered by equal value, ascending: what every measure over sorted rows reads, so that ties have no order. */
export interface TieBlocks {
  /** Distinct values, ascending. */
  readonly values: Float64Array;
  /** Rows of each value. */
  readonly counts: Float64Array;
  /** Sum of their weights; equal to `counts` without weights. */
  readonly weights: Float64Array;
  /** Sum of the weights of those whose outcome is 1. */
  readonly hits: Float64Array;
  /** Rows in all, those of weight 0 left out. */
  readonly rows: number;
  readonly totalWeight: number;
}

/**
 * Sorts rows by value and pools those of equal value (0 and −0 are equal). Rows of weight 0 play no part.
 *
 * Without weights every sum is a whole number, so the result has the same bits for any order of the rows.
 *
 * Cost O(n) for long inputs, O(n log n) for short ones.
 *
 * @param values N numbers, not NaN.
 * @param outcomes N outcomes, 0 or 1.
 * @param weights N weights ≥ 0, not all 0.
 */
export function poolTies(
  values: ArrayLike<number>,
  outcomes: ArrayLike<number>,
  weights?: ArrayLike<number>,
): TieBlocks {
  const order = argsort(values);
  const kept = weights === undefined ? order : order.filter((row) => weights[row]! > 0);
  const blocks = emptyBlocks(countDistinct(values, kept));
  const total = new CompensatedSum();
  let block = 0;
  for (let start = 0; start < kept.length; block += 1) {
    const value = values[kept[start]!]!;
    const weight = new CompensatedSum();
    const hits = new CompensatedSum();
    let end = start;
    for (; end < kept.length && values[kept[end]!] === value; end += 1) {
      const row = kept[end]!;
      const w = weights === undefined ? 1 : weights[row]!;
      weight.add(w);
      if (outcomes[row] === 1) hits.add(w);
    }
    blocks.values[block] = value + 0;
    blocks.counts[block] = end - start;
    blocks.weights[block] = weight.value;
    blocks.hits[block] = Math.min(hits.value, weight.value);
    total.add(weight.value);
    start = end;
  }
  return { ...blocks, rows: kept.length, totalWeight: total.value };
}

function countDistinct(values: ArrayLike<number>, order: Uint32Array): number {
  let distinct = Math.min(order.length, 1);
  for (let i = 1; i < order.length; i += 1) if (values[order[i]!] !== values[order[i - 1]!]) distinct += 1;
  return distinct;
}

function emptyBlocks(
  count: number,
): Record<'values' | 'counts' | 'weights' | 'hits', Float64Array<ArrayBuffer>> {
  const column = (): Float64Array<ArrayBuffer> => new Float64Array(count);
  return { values: column(), counts: column(), weights: column(), hits: column() };
}
