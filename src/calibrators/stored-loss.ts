import type { Matrix } from '../core/matrix.ts';
import { lossPlaces } from '../kernels/kernels-contract.ts';
import { type PackedLogits, type PackedScale, usualDistanceOf } from '../kernels/packed-logits.ts';
import { exponentOf, powerOfTwo } from '../kernels/power-of-two.ts';
import { blockRows, pieceRows } from '../kernels/row-blocks.ts';
import { type LogitSurvey, logitSurveyor } from '../kernels/survey.ts';
import {
  addToBlock,
  blockValue,
  type LossBlocks,
  type LossScale,
  lossOfBlocks,
  lossValueOfBlocks,
  lossValueOfSum,
  type PassKind,
  slopesOfBlocks,
} from '../kernels/temperature-loss.ts';
import { CompensatedSum } from '../numerics/compensated-sum.ts';
import { type FitRows, forEachCounted } from './fit-rows.ts';
import type { LossSource } from './loss-passes.ts';

/** As `packLogits`, in two passes. */
export function scaleOf(rows: FitRows): PackedScale {
  const { logits, weights } = rows;
  const { columns } = logits;
  const deepest = new Float64Array(Math.ceil(logits.rows / blockRows));
  let [largestGap, distances, exponents, deepestFinite] = [0, 0, 0, 0];
  const gapOf = (cells: ArrayLike<number>, offset: number, label: number): [number, number] => {
    let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (let at = offset; at < offset + columns; at += 1) {
      if (cells[at]! < low) low = cells[at]!;
      if (cells[at]! > high) high = cells[at]!;
    }
    return [high - cells[offset + label]!, low - high];
  };
  forEachCounted(rows, (cells, offset, label, _, row) => {
    const [gap, depth] = gapOf(cells, offset, label);
    if (gap > largestGap) largestGap = gap;
    const block = Math.floor(row / blockRows);
    if (depth < deepest[block]!) deepest[block] = depth;
    if (depth < deepestFinite && depth > Number.NEGATIVE_INFINITY) deepestFinite = depth;
    const distance = Math.abs(cells[offset]! - cells[offset + columns - 1]!);
    if (distance > 0 && distance < Number.POSITIVE_INFINITY) {
      distances += 1;
      exponents += exponentOf(distance);
    }
  });
  const gapUnit = powerOfTwo(exponentOf(largestGap));
  const gaps = new SumOfBlocks();
  const total = new SumOfBlocks();
  forEachCounted(rows, (cells, offset, label, weight, row) => {
    gaps.add(weight * (gapOf(cells, offset, label)[0] / gapUnit), row);
    total.add(weight, row);
  });
  const totalWeight = weights === undefined ? logits.rows : total.value();
  return {
    totalWeight,
    meanGap: gaps.value() / totalWeight,
    gapUnit,
    usualDistance: usualDistanceOf(exponents, distances, deepestFinite),
    deepest,
  };
}

/** A sum taken within blocks and folded in their order. */
export class SumOfBlocks {
  private readonly total = new CompensatedSum();
  private block = new CompensatedSum();
  private number = 0;

  add(value: number, row: number): void {
    const number = Math.floor(row / blockRows);
    if (number !== this.number) {
      this.total.add(this.block.value);
      this.block = new CompensatedSum();
      this.number = number;
    }
    this.block.add(value);
  }

  /** The sum of what was added; nothing may be added afterwards. */
  value(): number {
    this.total.add(this.block.value);
    return this.total.value;
  }
}

/** Passes that read the rows again, some at a time. */
export function storedLoss(
  rows: Pick<FitRows, 'logits' | 'weights'>,
  scale: LossScale & Pick<PackedLogits, 'deepest'>,
): LossSource {
  const sumsAt = (beta: number, wanted: PassKind): Float64Array => {
    const { count } = lossPlaces;
    const sums = new Float64Array(count * scale.deepest.length);
    forEachPart(rows, scale.deepest, (part, block) =>
      addToBlock(part, beta, wanted, sums.subarray(block * count, (block + 1) * count)),
    );
    return sums;
  };
  return {
    rows: rows.logits.rows,
    derivatives: (beta) => lossOfBlocks(scale, beta, sumsAt(beta, 'derivatives')),
    value: (beta) => lossValueOfBlocks(scale, beta, sumsAt(beta, 'value')),
    slopes: (beta) => slopesOfBlocks(scale, beta, sumsAt(beta, 'slopes')),
  };
}

/** The values of the loss at several β in one reading of the rows. */
export function storedLossValues(
  rows: Pick<FitRows, 'logits' | 'weights'>,
  scale: LossScale & Pick<PackedLogits, 'deepest'>,
  betas: readonly number[],
): readonly number[] {
  const totals = betas.map(() => new CompensatedSum());
  const sums = betas.map(() => new Float64Array(lossPlaces.count));
  let current = 0;
  const fold = (): void => {
    for (const [at, own] of sums.entries()) {
      totals[at]!.add(blockValue(own));
      own.fill(0);
    }
  };
  forEachPart(rows, scale.deepest, (part, block) => {
    if (block !== current) fold();
    current = block;
    for (const [at, beta] of betas.entries()) addToBlock(part, beta, 'value', sums[at]!);
  });
  fold();
  return betas.map((beta, at) => lossValueOfSum(scale, beta, totals[at]!.value));
}

/** Reads the rows once, whole blocks or parts of them, as passes take them. */
function forEachPart(
  { logits, weights }: Pick<FitRows, 'logits' | 'weights'>,
  deepest: Float64Array,
  use: (part: LossBlocks, block: number) => void,
): void {
  const { rows, columns } = logits;
  const atOnce = pieceRows(columns);
  const survey = logitSurveyor();
  for (let from = 0; from < rows; from += atOnce) {
    const to = Math.min(from + atOnce, rows);
    const block = Math.floor(from / blockRows);
    const matrix = { data: logits.read(from, to), rows: to - from, columns };
    const shares = weights?.read(from, to);
    use(lossBlock(matrix, survey(matrix), shares, deepest.subarray(block, block + 1)), block);
  }
}

/**
 * Rows of one block as a pass takes them.
 *
 * @param survey Of these rows; with two classes its maxima are written over.
 */
export function lossBlock(
  matrix: Matrix,
  { largest, smallest }: LogitSurvey,
  weights: Float64Array | undefined,
  deepest: Float64Array,
): LossBlocks {
  const { data, rows, columns } = matrix;
  const own = { rows, weights, deepest };
  return columns === 2
    ? { ...own, columns: 1, cells: toMargins(largest, smallest, weights), largest: noNumbers }
    : { ...own, columns, cells: data, largest };
}

/** Minus the distance between two logits; 0 in rows that do not count. */
function toMargins(
  largest: Float64Array,
  smallest: Float64Array,
  weights: Float64Array | undefined,
): Float64Array {
  for (let i = 0; i < largest.length; i += 1) {
    largest[i] = weights !== undefined && weights[i] === 0 ? 0 : smallest[i]! - largest[i]!;
  }
  return largest;
}

const noNumbers = new Float64Array(0);
