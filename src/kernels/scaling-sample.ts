import type { Matrix } from '../core/matrix.ts';
import { blockRows, sumOverBlocks } from './row-blocks.ts';
import { scaledWeights } from './scaled-weights.ts';

/** Labelled logits prepared for many passes of vector or matrix scaling. */
export interface ScalingSample {
  /** Number of rows, those of weight 0 included. */
  readonly rows: number;
  /** K. */
  readonly columns: number;
  /** Row by row, as they came. */
  readonly cells: Float64Array | Float32Array;
  readonly labels: Int32Array;
  /** Row weights over a power of two, at most 2; `undefined` when all count 1. */
  readonly weights: Float64Array | undefined;
  /** Sum of these weights, or the number of rows. */
  readonly totalWeight: number;
}

/**
 * Prepares N×K labelled logits. Nothing but the weights is copied.
 *
 * @param scores N ≥ 1 rows of K ≥ 1 logits. In every row that counts they are finite; for vector scaling those of other
 * classes than the label's may be −Infinity, which masks the class in that row.
 * @param weights N weights ≥ 0, not all 0, whose sum is finite. A row of weight 0 does not count.
 */
export function scalingSample(
  { data, rows, columns }: Matrix,
  labels: Int32Array,
  weights?: Float64Array,
): ScalingSample {
  const scaled = weights === undefined ? undefined : scaledWeights(weights);
  const totalWeight = scaled === undefined ? rows : sumOverBlocks(scaled, undefined, 1);
  return { rows, columns, cells: data, labels, weights: scaled, totalWeight };
}

/** The rows of a sample that a pass reads. */
export type ScalingBlocks = Omit<ScalingSample, 'totalWeight'>;

/** Whole blocks of a sample's rows, from one number to another, sharing their storage. */
export function scalingBlocksOf(
  { rows, columns, cells, labels, weights }: ScalingBlocks,
  from: number,
  to: number,
): ScalingBlocks {
  const [first, end] = [from * blockRows, Math.min(to * blockRows, rows)];
  return {
    rows: end - first,
    columns,
    cells: cells.subarray(first * columns, end * columns),
    labels: labels.subarray(first, end),
    weights: weights?.subarray(first, end),
  };
}
