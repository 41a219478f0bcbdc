import type { Matrix } from '../core/matrix.ts';
import { CompensatedSum } from '../numerics/compensated-sum.ts';
import { argmaxRow } from '../numerics/top-label.ts';
import { exponentOf, powerOfTwo } from './power-of-two.ts';
import { forEachBlock } from './row-blocks.ts';

/** Logits prepared for many passes over the same rows. */
export interface PackedLogits {
  /** Number of rows, those of weight 0 included. */
  readonly rows: number;
  /** Cells per row: K, or one where there are two classes. */
  readonly columns: number;
  /** Row by row, as they came; for two classes minus the distance between the two logits, one number per row. */
  readonly cells: Float64Array | Float32Array;
  /** Place of each row's first maximum; empty for two classes. */
  readonly tops: Int32Array;
  /** Row weights over a power of two, at most 2; `undefined` when all count 1. */
  readonly weights: Float64Array | undefined;
  /** Sum of these weights, or the number of rows. */
  readonly totalWeight: number;
  /** Mean over the rows of (row maximum − label's logit) / `gapUnit`, ≥ 0. */
  readonly meanGap: number;
  /** A power of two of the size of the largest such gap. */
  readonly gapUnit: number;
  /** A power of two near the usual distance between two logits of a row; 1 where no two differ. */
  readonly usualDistance: number;
}

/**
 * Prepares N×K logits for `temperatureLoss`. Softmax and loss depend on a row only through the distances of its logits
 * from its maximum, so the maximum is found once, here; and the label's part of the loss is linear in 1/T, so it is
 * summed once, here. Float32 cells stay and are widened when read. Nothing is copied but for two classes.
 *
 * @param scores N ≥ 1 rows of K ≥ 1 logits, finite or −Infinity. In every row that counts the label's logit is finite
 * and the finite logits are less than 1.8e308 apart.
 * @param weights N weights ≥ 0, not all 0, whose sum is finite. A row of weight 0 does not count.
 */
export function packLogits(scores: Matrix, labels: Int32Array, weights?: Float64Array): PackedLogits {
  const { data, rows, columns } = scores;
  const scaled = weights === undefined ? undefined : scaledWeights(weights);
  const isBinary = columns === 2;
  const tops = new Int32Array(rows);
  const margins = new Float64Array(isBinary ? rows : 0);
  const gaps = new Float64Array(rows);
  let largestGap = 0;
  let distances = 0;
  let exponents = 0;
  for (let i = 0; i < rows; i += 1) {
    if (scaled !== undefined && scaled[i] === 0) continue;
    const offset = i * columns;
    const top = argmaxRow(data, offset, columns);
    const largest = data[offset + top]!;
    tops[i] = top;
    const gap = largest - data[offset + labels[i]!]!;
    gaps[i] = gap;
    if (gap > largestGap) largestGap = gap;
    const distance = largest - data[offset + ((top + 1) % columns)]!;
    if (isBinary) margins[i] = -distance;
    if (distance === 0 || distance === Number.POSITIVE_INFINITY) continue;
    distances += 1;
    exponents += exponentOf(distance);
  }
  const totalWeight = scaled === undefined ? rows : sumOverBlocks(rows, (i) => scaled[i]!);
  const gapUnit = powerOfTwo(exponentOf(largestGap));
  const gapSum = sumOverBlocks(rows, (i) => (scaled === undefined ? 1 : scaled[i]!) * (gaps[i]! / gapUnit));
  return {
    rows,
    columns: isBinary ? 1 : columns,
    cells: isBinary ? margins : data,
    tops: isBinary ? new Int32Array(0) : tops,
    weights: scaled,
    totalWeight,
    meanGap: gapSum / totalWeight,
    gapUnit,
    usualDistance: distances === 0 ? 1 : powerOfTwo(Math.round(exponents / distances)),
  };
}

/** Divided by a power of two, which changes no ratio, so that products with them neither overflow nor underflow. */
function scaledWeights(weights: Float64Array): Float64Array {
  const largest = weights.reduce((most, weight) => Math.max(most, weight), 0);
  const unit = powerOfTwo(exponentOf(largest));
  return weights.map((weight) => weight / unit);
}

function sumOverBlocks(rows: number, term: (row: number) => number): number {
  const total = new CompensatedSum();
  forEachBlock(rows, (from, to) => {
    const block = new CompensatedSum();
    for (let i = from; i < to; i += 1) block.add(term(i));
    total.add(block.value);
  });
  return total.value;
}
