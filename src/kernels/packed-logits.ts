import type { Matrix } from '../core/matrix.ts';
import { CompensatedSum } from '../numerics/compensated-sum.ts';
import { exponentOf, powerOfTwo } from './power-of-two.ts';
import { blockRows, sumOverBlocks } from './row-blocks.ts';
import { scaledWeights } from './scaled-weights.ts';
import type { LogitSurvey } from './survey.ts';

/** Logits prepared for many passes over the same rows. */
export interface PackedLogits {
  /** Number of rows, those of weight 0 included. */
  readonly rows: number;
  /** Cells per row: K, or one where there are two classes. */
  readonly columns: number;
  /** Row by row, as they came; for two classes minus the distance between the two logits, one number per row. */
  readonly cells: Float64Array | Float32Array;
  /** Each row's maximum; empty for two classes. */
  readonly largest: Float64Array;
  /** Of each block of rows, the least z − max z, −Infinity where a class is masked. */
  readonly deepest: Float64Array;
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

/** What a search needs to know of packed logits. */
export type PackedScale = Pick<
  PackedLogits,
  'totalWeight' | 'meanGap' | 'gapUnit' | 'usualDistance' | 'deepest'
>;

/**
 * Prepares N×K logits for `temperatureLoss`. Softmax and loss depend on a row only through the distances of its logits
 * from its maximum, so the maximum is found once, by the survey; and the label's part of the loss is linear in 1/T, so it is
 * summed once, here. Float32 cells stay and are widened when read. Nothing is copied but for two classes.
 *
 * @param scores N ≥ 1 rows of K ≥ 2 logits, finite or −Infinity. In every row that counts the label's logit is finite
 * and the finite logits are less than 1.8e308 apart.
 * @param survey The same logits' row extremes.
 * @param weights N weights ≥ 0, not all 0, whose sum is finite. A row of weight 0 does not count.
 */
export function packLogits(
  scores: Matrix,
  survey: LogitSurvey,
  labels: Int32Array,
  weights?: Float64Array,
): PackedLogits {
  const { data, rows, columns } = scores;
  const scaled = weights === undefined ? undefined : scaledWeights(weights);
  const { sumOfGaps, largestGap, deepest, depths, usualDistance } = spreadOf(scores, survey, labels, scaled);
  const totalWeight = scaled === undefined ? rows : sumOverBlocks(scaled, undefined, 1);
  const gapUnit = powerOfTwo(exponentOf(largestGap));
  const isBinary = columns === 2;
  return {
    rows,
    columns: isBinary ? 1 : columns,
    cells: isBinary ? depths : data,
    largest: isBinary ? new Float64Array(0) : survey.largest,
    deepest,
    weights: scaled,
    totalWeight,
    meanGap: sumOfGaps(gapUnit) / totalWeight,
    gapUnit,
    usualDistance,
  };
}

/** How far apart the logits of the rows are. Rows that do not count have no part in it. */
interface Spread {
  /** Σ w·(row maximum − label's logit) / unit, a power of two. */
  readonly sumOfGaps: (unit: number) => number;
  readonly largestGap: number;
  /** Of each block of rows, the least depth. */
  readonly deepest: Float64Array;
  /** Row minimum − row maximum, 0 in rows that do not count; empty but for two classes. */
  readonly depths: Float64Array;
  /**
   * The geometric mean, to a power of two, of the distances between the first and the last logit of the rows; where these are 0 in all rows, the largest
   * distance of any two. It grows with the logits, so that the search does not depend on their scale.
   */
  readonly usualDistance: number;
}

/**
 * {@link Spread.usualDistance} from its sums.
 *
 * @param exponents Sum of the exponents of so many distances.
 * @param depth The greatest distance of any two logits of a row, as a number of 0 or less.
 */
export function usualDistanceOf(exponents: number, distances: number, depth: number): number {
  if (distances > 0) return powerOfTwo(Math.round(exponents / distances));
  return depth < 0 ? powerOfTwo(exponentOf(-depth)) : 1;
}

function spreadOf(
  { data, rows, columns }: Matrix,
  { largest, smallest }: LogitSurvey,
  labels: Int32Array,
  weights: Float64Array | undefined,
): Spread {
  // Sums of single precision neither overflow nor lose digits by a unit, so that they need not wait for it.
  const isSummedAtOnce = data instanceof Float32Array && weights === undefined;
  const gaps = new Float64Array(isSummedAtOnce ? 0 : rows);
  const depths = new Float64Array(columns === 2 ? rows : 0);
  const deepest: number[] = [];
  const total = new CompensatedSum();
  let largestGap = 0;
  let deepestFinite = 0;
  let distances = 0;
  let exponents = 0;
  // Not by forEachBlock: a loop that closes over its numbers keeps each of them on the heap.
  for (let from = 0; from < rows; from += blockRows) {
    const to = Math.min(from + blockRows, rows);
    const sum = new CompensatedSum();
    let least = 0;
    for (let i = from; i < to; i += 1) {
      if (weights !== undefined && weights[i] === 0) continue;
      const offset = i * columns;
      const gap = largest[i]! - data[offset + labels[i]!]!;
      if (gap > largestGap) largestGap = gap;
      if (isSummedAtOnce) sum.add(gap);
      else gaps[i] = gap;
      const depth = smallest[i]! - largest[i]!;
      if (depth < least) least = depth;
      if (depth < deepestFinite && depth > Number.NEGATIVE_INFINITY) deepestFinite = depth;
      if (columns === 2) depths[i] = depth;
      const distance = Math.abs(data[offset]! - data[offset + columns - 1]!);
      // Not where both are masked, which makes it NaN.
      if (distance > 0 && distance < Number.POSITIVE_INFINITY) {
        distances += 1;
        exponents += exponentOf(distance);
      }
    }
    total.add(sum.value);
    deepest.push(least);
  }
  return {
    sumOfGaps: (unit) => (isSummedAtOnce ? total.value / unit : sumOverBlocks(gaps, weights, unit)),
    largestGap,
    deepest: Float64Array.from(deepest),
    depths,
    usualDistance: usualDistanceOf(exponents, distances, deepestFinite),
  };
}

/**
 * Of each row, how far its maximum lies above the label's logit, and its minimum below its maximum (0 or less).
 *
 * @param room Arrays to write to.
 */
export function rowDistances(
  { data, rows, columns }: Matrix,
  { largest, smallest }: LogitSurvey,
  labels: Int32Array,
  { gaps, depths } = { gaps: new Float64Array(rows), depths: new Float64Array(rows) },
): { readonly gaps: Float64Array; readonly largestGap: number; readonly depths: Float64Array } {
  let largestGap = 0;
  for (let i = 0; i < rows; i += 1) {
    const gap = largest[i]! - data[i * columns + labels[i]!]!;
    gaps[i] = gap;
    if (gap > largestGap) largestGap = gap;
    depths[i] = smallest[i]! - largest[i]!;
  }
  return { gaps, largestGap, depths };
}
