import { CompensatedSum } from '../numerics/compensated-sum.ts';
import { kernels } from './kernels.ts';
import { type Kernels, type LossParts, lossPlaces } from './kernels-contract.ts';
import type { PackedLogits } from './packed-logits.ts';
import { blockRows, forEachBlock } from './row-blocks.ts';

/**
 * Mean NLL at one β = 1/T with its derivatives, as a pass over the rows writes it. The derivatives are free of the
 * logits' unit: β^k d^k NLL/dβ^k, that is with respect to the relative change of β.
 */
export interface TemperatureLoss {
  /** Mean NLL, nats per row. */
  readonly value: number;
  /** β dNLL/dβ = mean of βΣ_k p_k z_k − β z_y. */
  readonly slope: number;
  /** β² d²NLL/dβ² = mean of the variance of βz under p, ≥ 0. */
  readonly curvature: number;
  /** β³ d³NLL/dβ³ = mean of the third central moment of βz under p. */
  readonly third: number;
  /** β⁴ d⁴NLL/dβ⁴ = mean of the fourth cumulant of βz under p. */
  readonly fourth: number;
  /** β⁵ d⁵NLL/dβ⁵, that of the fifth cumulant. */
  readonly fifth: number;
  /** β⁶ d⁶NLL/dβ⁶, that of the sixth. */
  readonly sixth: number;
  /** β·mean(max_k z_k − z_y): the part of the slope that grows with β; the other part is `slope − gap` ≤ 0. */
  readonly gap: number;
}

/**
 * Mean NLL at β with six derivatives in one pass.
 *
 * With x_k = β(z_k − max z) ≤ 0, S = Σ e^{x_k} over the classes other than the maximum, and moments taken about the
 * maximum, a row adds log1p(S) to the loss, E[x] to the slope and E[x²] − E[x]² to the curvature; the label's part is
 * β·meanGap. The subtraction in the curvature is safe: Var x ≥ p_max·E[x²] by the Cauchy–Schwarz inequality on the terms
 * other than the maximum (where x = 0), and p_max ≥ 1/K, so it loses at most log₂ K bits, and none to speak of in a
 * confident row. Sums run in row order within blocks of 4,096 rows and fold in block order, each carrying its rounding
 * errors along, so that kernels and threads cannot change a bit.
 *
 * @param beta 0 ≤ β < 1.8e308. At 0 the derivatives are 0, being relative.
 */
export function temperatureLoss(
  packed: PackedLogits,
  beta: number,
  backend: Kernels = kernels(),
): TemperatureLoss {
  return lossOfBlocks(packed, beta, blockSums(packed, beta, 'derivatives', backend));
}

/** The value of {@link temperatureLoss} alone, to the same bit, in less time. */
export function temperatureLossValue(
  packed: PackedLogits,
  beta: number,
  backend: Kernels = kernels(),
): number {
  return lossValueOfBlocks(packed, beta, blockSums(packed, beta, 'value', backend));
}

/** The first three derivatives of {@link temperatureLoss}. */
export type Slopes = Pick<TemperatureLoss, 'slope' | 'curvature' | 'third'>;

/** {@link Slopes} to some six digits, in a third of the time. */
export function roughSlopes(packed: PackedLogits, beta: number, backend: Kernels = kernels()): Slopes {
  return slopesOfBlocks(packed, beta, blockSums(packed, beta, 'slopes', backend));
}

/** The rough slopes from the sums of all blocks. */
export function slopesOfBlocks(scale: LossScale, beta: number, blocks: Float64Array): Slopes {
  const mean = (place: number): number => {
    let sum = 0;
    for (let at = place; at < blocks.length; at += lossPlaces.count) sum += blocks[at]!;
    return sum / scale.totalWeight;
  };
  return { slope: mean(0) + meanGap(scale, beta), curvature: mean(1), third: mean(2) };
}

/** What the fold of the blocks' sums needs to know of the rows. */
export type LossScale = Pick<PackedLogits, 'totalWeight' | 'meanGap' | 'gapUnit'>;

/** The loss from the sums of all blocks, in their order. */
export function lossOfBlocks(scale: LossScale, beta: number, blocks: Float64Array): TemperatureLoss {
  const { value, slope, curvature, third, fourth, fifth, sixth } = lossPlaces;
  const mean = (place: number): number => foldBlocks(blocks, place) / scale.totalWeight;
  const gap = meanGap(scale, beta);
  return {
    value: mean(value) + gap,
    slope: mean(slope) + gap,
    curvature: mean(curvature),
    third: mean(third),
    fourth: mean(fourth),
    fifth: mean(fifth),
    sixth: mean(sixth),
    gap,
  };
}

/** The value alone from the sums of all blocks. */
export function lossValueOfBlocks(scale: LossScale, beta: number, blocks: Float64Array): number {
  return lossValueOfSum(scale, beta, foldBlocks(blocks, lossPlaces.value));
}

/** The value from the fold of {@link blockValue} over the blocks in their order. */
export function lossValueOfSum(scale: LossScale, beta: number, sum: number): number {
  return sum / scale.totalWeight + meanGap(scale, beta);
}

/** The sum of the values in a block, with what rounding lost of it. */
export function blockValue(sums: Float64Array): number {
  return sums[lossPlaces.value]! + sums[lossPlaces.value + 2]!;
}

/** What a pass works out. */
export type PassKind = LossParts | 'slopes';

/** The rows of packed logits that a pass reads. */
export type LossBlocks = Pick<PackedLogits, 'rows' | 'cells' | 'columns' | 'largest' | 'deepest' | 'weights'>;

/**
 * Rows of whole blocks, or of a part of one, sharing their storage.
 *
 * @param from A multiple of 4,096, or of 8 inside one block.
 */
export function partOf(packed: LossBlocks, from: number, to: number): LossBlocks {
  const { cells, columns, largest, deepest, weights } = packed;
  return {
    rows: to - from,
    columns,
    cells: cells.subarray(from * columns, to * columns),
    largest: largest.subarray(from, to),
    deepest: deepest.subarray(Math.floor(from / blockRows), Math.ceil(to / blockRows)),
    weights: weights?.subarray(from, to),
  };
}

/** The sums of all blocks, one after the other. */
export function blockSums(
  rows: LossBlocks,
  beta: number,
  wanted: PassKind,
  backend: Kernels = kernels(),
): Float64Array<ArrayBuffer> {
  const blocks = new Float64Array(rows.deepest.length * lossPlaces.count);
  addBlockSums(rows, beta, wanted, blocks, backend);
  return blocks;
}

/** Adds the rows to the running sums of their blocks, so that a block may come in parts, see {@link addToBlock}. */
export function addBlockSums(
  part: LossBlocks,
  beta: number,
  wanted: PassKind,
  blocks: Float64Array,
  backend: Kernels = kernels(),
): void {
  forEachBlock(part.rows, (from, to, block) => {
    const sums = blocks.subarray(block * lossPlaces.count, (block + 1) * lossPlaces.count);
    addRange(part, from, to, part.deepest[block]!, beta, wanted, sums, backend);
  });
}

/**
 * Adds the sums over some rows of a block to those over the rows of it that came before.
 *
 * @param part Those rows, of which there are a multiple of four unless they are the last of the block.
 */
export function addToBlock(
  part: LossBlocks,
  beta: number,
  wanted: PassKind,
  sums: Float64Array,
  backend: Kernels = kernels(),
): void {
  addRange(part, 0, part.rows, part.deepest[0]!, beta, wanted, sums, backend);
}

function addRange(
  { cells, columns, largest, weights }: LossBlocks,
  from: number,
  to: number,
  depth: number,
  beta: number,
  wanted: PassKind,
  sums: Float64Array,
  backend: Kernels,
): void {
  const range = { cells, columns, from, to, largest, weights, isDeep: !(beta * depth > shallow) };
  if (wanted === 'slopes') backend.addRoughSlopes(range, beta, sums.subarray(0, 3));
  else backend.addLossRows(range, beta, sums, wanted);
}

/** Above it e^x is a normal double. */
const shallow = -708;

/** The sum over the blocks of what stands in one place; the first places have their lost parts two places on. */
function foldBlocks(blocks: Float64Array, place: number): number {
  const sum = new CompensatedSum();
  for (let at = place; at < blocks.length; at += lossPlaces.count) {
    sum.add(place < lossPlaces.third ? blocks[at]! + blocks[at + 2]! : blocks[at]!);
  }
  return sum.value;
}

function meanGap({ gapUnit, meanGap }: LossScale, beta: number): number {
  return beta * gapUnit * meanGap;
}
