import { randomStream } from '../core/random.ts';
import { calibratedBlocks } from '../metrics/corp-decomposition.ts';
import type { MeasureSample } from '../metrics/measure-sample.ts';
import { isotonicRegression } from '../numerics/isotonic-regression.ts';
import { argsort, quantileOfSorted } from '../numerics/order-statistics.ts';
import { canonicalOrder } from './canonical-sample.ts';
import { type DrawnOptions, inRounds } from './sample-options.ts';

/** Ends of a band, place by place. */
interface Band {
  readonly low: Float64Array;
  readonly high: Float64Array;
}

/** Both bands of a curve. */
export interface CorpBands {
  readonly consistency: Band;
  readonly confidence: Band;
}

/** Rows in the order of their probabilities. */
interface SortedRows {
  /** Block of equal probabilities that the row is in. */
  readonly blockOf: Uint32Array;
  readonly weights: Float64Array | undefined;
}

/**
 * Bands of the isotonic curve by resampling: rows are drawn with replacement, their outcomes from the probability itself
 * (consistency) or from the curve (confidence), and the curve is fitted again. Probabilities that a resample lacks take
 * the value of the next smaller one it has, or of its smallest.
 *
 * @param at Blocks of equal probabilities at which the bands are wanted.
 */
export function corpBands(
  sample: MeasureSample,
  at: Uint32Array,
  level: number,
  options: DrawnOptions & { readonly resamples: number; readonly seed: number },
): CorpBands {
  const { resamples, seed } = options;
  const blocks = sample.blocks();
  const chances = blocks.values.map((value) => Math.min(value, 1));
  const curve = calibratedBlocks(blocks);
  const { blockOf, weights } = sortedRows(sample, blocks.values);
  const [consistency, confidence] = [0, 1].map(() => Array.from(at, () => new Float64Array(resamples))) as [
    Float64Array[],
    Float64Array[],
  ];
  const drawn = new Float64Array(chances.length);
  const right = new Float64Array(chances.length);
  const calibratedRight = new Float64Array(chances.length);
  inRounds(resamples, options, (round) => {
    const { below, uniform } = randomStream(seed, round);
    for (const sums of [drawn, right, calibratedRight]) sums.fill(0);
    for (let draw = 0; draw < blockOf.length; draw += 1) {
      const row = below(blockOf.length);
      const outcome = uniform();
      const block = blockOf[row]!;
      const weight = weights === undefined ? 1 : weights[row]!;
      drawn[block]! += weight;
      if (outcome < chances[block]!) right[block]! += weight;
      if (outcome < curve[block]!) calibratedRight[block]! += weight;
    }
    keep(consistency, round, valuesAt(at, drawn, right));
    keep(confidence, round, valuesAt(at, drawn, calibratedRight));
  });
  return { consistency: bandOf(consistency, level), confidence: bandOf(confidence, level) };
}

function sortedRows(sample: MeasureSample, values: Float64Array): SortedRows {
  const { confidence, weights } = sample.events();
  const canonical = canonicalOrder([sample]);
  const kept = weights === undefined ? canonical : canonical.filter((row) => weights[row]! > 0);
  const sorted = argsort(Float64Array.from(kept, (row) => confidence[row]!));
  const blockOf = new Uint32Array(kept.length);
  let block = 0;
  for (const [at, place] of sorted.entries()) {
    while (values[block]! < confidence[kept[place]!]!) block += 1;
    blockOf[at] = block;
  }
  return {
    blockOf,
    weights: weights === undefined ? undefined : Float64Array.from(sorted, (place) => weights[kept[place]!]!),
  };
}

/** The isotonic curve of a resample at some blocks. */
function valuesAt(at: Uint32Array, drawn: Float64Array, right: Float64Array): Float64Array {
  const present: number[] = [];
  for (let block = 0; block < drawn.length; block += 1) if (drawn[block]! > 0) present.push(block);
  const { starts, levels } = isotonicRegression(
    present.map((block) => right[block]!),
    present.map((block) => drawn[block]!),
  );
  const found = new Float64Array(at.length);
  let step = 0;
  for (const [place, block] of at.entries()) {
    while (step + 1 < starts.length && present[starts[step + 1]!]! <= block) step += 1;
    found[place] = levels[step]!;
  }
  return found;
}

function keep(into: readonly Float64Array[], round: number, values: Float64Array): void {
  for (const [place, value] of values.entries()) into[place]![round] = value;
}

function bandOf(values: readonly Float64Array[], level: number): Band {
  const sorted = values.map((drawn) => drawn.sort());
  const quantile = (p: number): Float64Array =>
    Float64Array.from(sorted, (drawn) => quantileOfSorted(drawn, p));
  return { low: quantile((1 - level) / 2), high: quantile((1 + level) / 2) };
}
