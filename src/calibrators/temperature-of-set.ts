import { CalibrationError } from '../core/errors.ts';
import type { StoredNumbers } from '../core/number-store.ts';
import type { ScoreRows } from '../core/score-rows.ts';
import type { AnySet, StoredSet } from '../core/stored-set.ts';
import type { TemperatureModel } from '../core/temperature-model.ts';
import type { PackedScale } from '../kernels/packed-logits.ts';
import { exponentOf, powerOfTwo } from '../kernels/power-of-two.ts';
import { blockRows, forEachBlock } from '../kernels/row-blocks.ts';
import { surveyLogits } from '../kernels/survey.ts';
import {
  blockSums,
  type LossBlocks,
  lossOfBlocks,
  lossValueOfBlocks,
  type PassKind,
  slopesOfBlocks,
} from '../kernels/temperature-loss.ts';
import { CompensatedSum } from '../numerics/compensated-sum.ts';
import { log } from '../numerics/logarithm.ts';
import { type FitRows, forEachCounted } from './fit-rows.ts';
import { checkEnough, fitSample, once } from './fit-sample.ts';
import type { LossSource } from './loss-passes.ts';
import { fitTemperature } from './temperature.ts';
import { type TemperatureSearchOptions, temperatureSettings } from './temperature-options.ts';
import { approachOnPart } from './temperature-search.ts';

/**
 * {@link fitTemperature} of a scored set, with its kind and weights. One that is stored is read again in every pass, block by
 * block, so that no more than a block of 4,096 rows is in memory; the result has the same bits.
 *
 * @param set Scores with labels, as a loader or a literal makes them.
 * @throws CalibrationError as {@link fitTemperature}.
 *
 * Cost: as {@link fitTemperature}, and reading the rows some eight times where they are stored.
 *
 * @example
 * ```ts
 * import { fitTemperature, fitTemperatureOfSet, parseCsv } from 'calibrant';
 *
 * const set = parseCsv('cat,dog,label\n3,0,cat\n0,2,dog\n1,0,dog\n');
 * assert.deepEqual(fitTemperatureOfSet(set), fitTemperature(set.scores, set.labels));
 * ```
 */
export function fitTemperatureOfSet(set: AnySet, options: TemperatureSearchOptions = {}): TemperatureModel {
  if ('storage' in set) return fitStored(set, options);
  const { scores, labels, weights, kind } = set;
  return fitTemperature(scores, labels, {
    ...options,
    ...(weights === undefined ? {} : { weights }),
    input: kind,
  });
}

function fitStored(set: StoredSet, options: TemperatureSearchOptions): TemperatureModel {
  const settings = temperatureSettings(options);
  const { labels, weights } = set;
  const logits = logitsOf(set, options.floor);
  const facts = { kind: set.kind, ...weighed(weights, logits.rows) };
  if (!(facts.totalWeight < Number.POSITIVE_INFINITY)) {
    throw new CalibrationError('E_WEIGHT', { what: 'the weights sum to more than 1.8e308' });
  }
  if (set.kind === 'probabilities') refuseZeroTruth({ logits, labels, weights });
  checkEnough(facts);
  const rows = { logits, labels, weights: scaled(weights, facts.largestWeight) };
  const packed = scaleOf(rows);
  const near = once(() => approachOnPart({ logits, labels, weights }));
  return fitSample(facts, { packed, rows, near }, settings, storedLoss(rows, packed));
}

function logitsOf({ kind, scores }: StoredSet, floor: number | undefined): ScoreRows {
  if (kind === 'logits') return scores;
  const clipped = (p: number): number => (floor === undefined ? p : Math.min(Math.max(p, floor), 1));
  return {
    ...scores,
    matrix: undefined,
    read: (from, to) => Float64Array.from(scores.read(from, to), (p) => log(clipped(p))),
  };
}

function weighed(
  weights: StoredNumbers<Float64Array> | undefined,
  rows: number,
): Readonly<Record<'counted' | 'totalWeight' | 'largestWeight', number>> {
  if (weights === undefined) return { counted: rows, totalWeight: rows, largestWeight: 1 };
  let [counted, totalWeight, largestWeight] = [0, 0, 0];
  forEachBlock(rows, (from, to) => {
    for (const weight of weights.read(from, to)) {
      if (weight > 0) counted += 1;
      totalWeight += weight;
      largestWeight = Math.max(largestWeight, weight);
    }
  });
  return { counted, totalWeight, largestWeight };
}

/** As `scaledWeights`. */
function scaled(
  weights: StoredNumbers<Float64Array> | undefined,
  largest: number,
): StoredNumbers<Float64Array> | undefined {
  if (weights === undefined) return undefined;
  const unit = powerOfTwo(exponentOf(largest));
  return {
    length: weights.length,
    read: (from, to) => weights.read(from, to).map((weight) => weight / unit),
  };
}

function refuseZeroTruth(sample: FitRows): void {
  forEachCounted(sample, (cells, offset, label, _, row) => {
    if (cells[offset + label]! > Number.NEGATIVE_INFINITY) return;
    throw new CalibrationError('E_PROB_ZERO_TRUE', {
      index: row,
      what: 'the true class has probability 0, so NLL is infinite',
      value: 0,
      hint: 'Pass --floor 1e-12 to clip (changes the result).',
    });
  });
}

/** As `packLogits`, in two passes. */
function scaleOf(rows: FitRows): PackedScale {
  const { logits, weights } = rows;
  const { columns } = logits;
  const deepest = new Float64Array(Math.ceil(logits.rows / blockRows));
  let [largestGap, distances, exponents] = [0, 0, 0];
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
    usualDistance: distances === 0 ? 1 : powerOfTwo(Math.round(exponents / distances)),
    deepest,
  };
}

/** A sum taken within blocks and folded in their order. */
class SumOfBlocks {
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

  value(): number {
    this.total.add(this.block.value);
    return this.total.value;
  }
}

function storedLoss({ logits, weights }: FitRows, packed: PackedScale): LossSource {
  const { rows, columns } = logits;
  const sumsAt = (beta: number, wanted: PassKind): Float64Array => {
    const sums: Float64Array[] = [];
    forEachBlock(rows, (from, to, block) => {
      const matrix = { data: logits.read(from, to), rows: to - from, columns };
      const { largest, smallest } = surveyLogits(matrix);
      const shares = weights?.read(from, to);
      const own = { rows: to - from, weights: shares, deepest: packed.deepest.subarray(block, block + 1) };
      const blocks: LossBlocks =
        columns === 2
          ? { ...own, columns: 1, cells: margins(largest, smallest, shares), largest: new Float64Array(0) }
          : { ...own, columns, cells: matrix.data, largest };
      sums.push(blockSums(blocks, beta, wanted));
    });
    const joined = new Float64Array(sums.reduce((length, { length: own }) => length + own, 0));
    let at = 0;
    for (const own of sums) {
      joined.set(own, at);
      at += own.length;
    }
    return joined;
  };
  return {
    rows,
    derivatives: (beta) => lossOfBlocks(packed, beta, sumsAt(beta, 'derivatives')),
    value: (beta) => lossValueOfBlocks(packed, beta, sumsAt(beta, 'value')),
    slopes: (beta) => slopesOfBlocks(packed, beta, sumsAt(beta, 'slopes')),
  };
}

/** Minus the distance between two logits; 0 in rows that do not count. */
function margins(
  largest: Float64Array,
  smallest: Float64Array,
  weights: Float64Array | undefined,
): Float64Array {
  return largest.map((high, i) => (weights !== undefined && weights[i] === 0 ? 0 : smallest[i]! - high));
}
