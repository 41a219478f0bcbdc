import type { ClusterNames } from '../core/cluster-numbers.ts';
import { checkCounts } from '../core/labels.ts';
import { mappedRead, type StoredNumbers } from '../core/number-store.ts';
import type { ScoreRows } from '../core/score-rows.ts';
import { heldNumbers, type StoredSet } from '../core/stored-set.ts';
import type { TemperatureModel } from '../core/temperature-model.ts';
import { rowDistances } from '../kernels/packed-logits.ts';
import { exponentOf, powerOfTwo } from '../kernels/power-of-two.ts';
import { blockRows, forEachBlock, pieceRows } from '../kernels/row-blocks.ts';
import { logitSurveyor } from '../kernels/survey.ts';
import type { LossScale } from '../kernels/temperature-loss.ts';
import { log } from '../numerics/logarithm.ts';
import { kindOf, numbersOf, squaresOver, weightingOf } from './checked-sample.ts';
import { type FitRows, forEachCounted } from './fit-rows.ts';
import { checkEnough, type FitFacts, fitReady, once, type ReadyFit } from './fit-sample.ts';
import type { FoldRows } from './fold-temperatures.ts';
import { SumOfBlocks, scaleOf, storedLoss } from './stored-loss.ts';
import {
  type TemperatureOfSetOptions,
  type TemperatureSearchOptions,
  temperatureSettings,
} from './temperature-options.ts';
import { approachOnPart } from './temperature-search.ts';
import { zeroTruth } from './zero-truth.ts';

/** `fitTemperature` of a set that is read again in every pass. */
export function fitStored(set: StoredSet, options: TemperatureOfSetOptions = {}): TemperatureModel {
  const settings = temperatureSettings(options);
  return fitReady(storedFit(set, options), settings);
}

/** A set that is read again in every pass, ready to be fitted. */
export function storedFit(
  set: StoredSet,
  { floor, clusters }: Pick<TemperatureOfSetOptions, 'floor' | 'clusters'>,
): ReadyFit {
  const { facts, given, rows } = storedRows(set, floor, clusters);
  checkEnough(facts);
  const packed = scaleOf(rows);
  const near = once(() => approachOnPart(given));
  return { facts, prepared: { packed, rows, near }, source: storedLoss(rows, packed) };
}

/** The rows of a set, looked over as those in memory are. */
export function storedRows(
  set: StoredSet,
  floor: number | undefined,
  clusters?: ClusterNames,
): {
  readonly facts: FitFacts & { readonly largestWeight: number };
  /** With the weights as they are. */
  readonly given: FitRows;
  readonly rows: FitRows;
} {
  const { labels, weights } = set;
  const given = { logits: logitsOf(set, floor), labels, weights };
  const facts = { kind: set.kind, ...weighed(set, clusters) };
  if (set.kind === 'probabilities') refuseZeroTruth(given, set.scores);
  return { facts, given, rows: { ...given, weights: scaled(weights, facts.largestWeight) } };
}

/** Rows as {@link foldTemperatures} takes them, looked over once; the set has no weights. */
export function storedFoldRows(set: StoredSet, { floor }: TemperatureSearchOptions): FoldRows {
  const { labels, storage } = set;
  const { facts, given } = storedRows(set, floor);
  checkEnough(facts);
  const { logits } = given;
  const { rows, columns } = logits;
  const stores = { gaps: storage.floats(rows), depths: storage.floats(rows) };
  const deepest = new Float64Array(Math.ceil(rows / blockRows));
  let most = 0;
  const atOnce = pieceRows(columns);
  const survey = logitSurveyor();
  const room = { gaps: new Float64Array(atOnce), depths: new Float64Array(atOnce) };
  for (let from = 0; from < rows; from += atOnce) {
    const to = Math.min(from + atOnce, rows);
    const matrix = { data: logits.read(from, to), rows: to - from, columns };
    const found = rowDistances(matrix, survey(matrix), labels.read(from, to), {
      gaps: room.gaps.subarray(0, matrix.rows),
      depths: room.depths.subarray(0, matrix.rows),
    });
    stores.gaps.pushAll(found.gaps);
    stores.depths.pushAll(found.depths);
    most = Math.max(most, found.largestGap);
    const block = Math.floor(from / blockRows);
    deepest[block] = found.depths.reduce((least, depth) => Math.min(least, depth), deepest[block]!);
  }
  const gaps = stores.gaps.finish();
  const scale = { totalWeight: rows, ...meanGapOf(gaps, most), deepest };
  return {
    logits,
    gaps,
    depths: stores.depths.finish(),
    near: () => approachOnPart(given),
    loss: storedLoss(given, scale),
  };
}

function meanGapOf(
  gaps: StoredNumbers<Float64Array>,
  largest: number,
): Pick<LossScale, 'meanGap' | 'gapUnit'> {
  const gapUnit = powerOfTwo(exponentOf(largest));
  const sum = new SumOfBlocks();
  forEachBlock(gaps.length, (from, to) => {
    for (const [i, gap] of gaps.read(from, to).entries()) sum.add(gap / gapUnit, from + i);
  });
  return { gapUnit, meanGap: sum.value() / gaps.length };
}

function logitsOf({ kind, scores }: StoredSet, floor: number | undefined): ScoreRows {
  if (kind === 'logits') return scores;
  const clipped = (p: number): number => (floor === undefined ? p : Math.min(Math.max(p, floor), 1));
  return { ...scores, matrix: undefined, read: mappedRead(scores.read, (p) => log(clipped(p))) };
}

function weighed(
  { weights, weightKind, labels: { length: rows } }: StoredSet,
  clusters: ClusterNames | undefined,
): Omit<FitFacts, 'kind'> & { readonly largestWeight: number } {
  const kind = kindOf(weightKind, weights !== undefined);
  if (weights === undefined) {
    const weighting = weightingOf(kind, rows, 0, numbersOf(clusters, rows, undefined));
    return { counted: rows, totalWeight: rows, largestWeight: 1, weighting };
  }
  let [counted, totalWeight, largestWeight] = [0, 0, 0];
  forEachBlock(rows, (from, to) => {
    const own = weights.read(from, to);
    if (kind === 'counts') checkCounts(own, from);
    for (const weight of own) {
      if (weight > 0) counted += 1;
      totalWeight += weight;
      largestWeight = Math.max(largestWeight, weight);
    }
  });
  let squares = 0;
  forEachBlock(rows, (from, to) => {
    squares = squaresOver(weights.read(from, to), totalWeight / counted, squares);
  });
  return {
    counted,
    totalWeight,
    largestWeight,
    weighting: weightingOf(kind, counted, squares, numbersOf(clusters, rows, heldNumbers(weights))),
  };
}

/** As `scaledWeights`. */
function scaled(
  weights: StoredNumbers<Float64Array> | undefined,
  largest: number,
): StoredNumbers<Float64Array> | undefined {
  if (weights === undefined) return undefined;
  const unit = powerOfTwo(exponentOf(largest));
  return { length: weights.length, read: mappedRead(weights.read, (weight) => weight / unit) };
}

function refuseZeroTruth(sample: FitRows, scores: ScoreRows): void {
  forEachCounted(sample, (cells, offset, label, _, row) => {
    if (cells[offset + label]! > Number.NEGATIVE_INFINITY) return;
    throw zeroTruth(row, scores);
  });
}
