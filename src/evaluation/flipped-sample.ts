import { clusterNumbers } from '../core/cluster-numbers.ts';
import { randomStream } from '../core/random.ts';
import type { TableRule } from '../metrics/bin-options.ts';
import type { ReliabilityBins } from '../metrics/bin-table.ts';
import { sharedValues } from '../metrics/computed-once.ts';
import { eceOfTable } from '../metrics/ece-of-table.ts';
import type { MeasureSample } from '../metrics/measure-sample.ts';
import type { KnownMeasure, MeasureName } from '../metrics/registry.ts';
import type { TieBlocks } from '../numerics/tie-blocks.ts';
import { signedClassTables } from './drawn-classes.ts';
import { randomSigns } from './random-signs.ts';
import type { Redrawer } from './redrawn-sample.ts';
import { unitsOfClusters } from './resampling-units.ts';
import { rowBins } from './row-bins.ts';
import { tableWithRight } from './table-with-right.ts';

/** Measures that outcomes enter through sums of outcome less probability alone. */
const ofResiduals: readonly MeasureName[] = [
  'corp-miscalibration',
  'expected-calibration-error',
  'equal-mass-calibration-error',
  'maximum-calibration-error',
  'root-mean-square-calibration-error',
  'average-calibration-error',
  'calibration-gap',
  'overconfidence',
  'underconfidence',
  'classwise-calibration-error',
  'classwise-equal-mass-calibration-error',
  'adaptive-calibration-error',
  'smooth-calibration-error',
  'smooth-calibration-error-logit',
  'kolmogorov-smirnov-calibration-error',
  'kuiper-calibration-error',
  'maximum-mean-calibration-error',
];

/** Whether {@link flippedSamples} can say what a measure would be under calibration. */
export function isOfResiduals({ name }: KnownMeasure): boolean {
  return ofResiduals.includes(name);
}

/** Groups of clusters with a sign of their own: the spread is then known to 1/√(2·groups), 1.6 %. */
const mostGroups = 2000;

/**
 * Samples as calibrated rows that depend on one another within clusters might show them: the residuals, outcome less
 * probability, keep their size and change sign cluster by cluster (the wild cluster bootstrap). Their sums keep the
 * covariances that clusters give them and have mean 0, whatever the dependence within clusters. Made for measures with
 * {@link isOfResiduals}; outcomes are no longer 0 or 1.
 *
 * @param base In canonical order.
 * @param clusters The cluster of each of its rows.
 *
 * Source: Wu 1986, "Jackknife, bootstrap and other resampling methods in regression analysis"; Cameron, Gelbach and
 * Miller 2008, "Bootstrap-based improvements for inference with clustered errors".
 */
export function flippedSamples(base: MeasureSample, clusters: ArrayLike<unknown>, seed: number): Redrawer {
  const { numberOf } = clusterNumbers(clusters, base.source.rows, base.weights);
  const groupOf = numberOf.map((cluster) => cluster % mostGroups);
  const units = unitsOfClusters(Array.from(groupOf), groupOf.length);
  const { confidence, correct } = base.events();
  const residuals = Float64Array.from(confidence, (c, i) => weightOf(base, i) * (correct[i]! - c));
  const sums = (places: ArrayLike<number>, promised: Float64Array) => (signs: Int32Array) => {
    const right = promised.slice();
    for (let i = 0; i < residuals.length; i += 1) right[places[i]!]! += signs[groupOf[i]!]! * residuals[i]!;
    return right;
  };
  const made = sharedValues();
  const tableOf = (rule: TableRule) => {
    const model = base.table(rule);
    const promised = Float64Array.from(model.bins, (bin) => (bin.confidence ?? 0) * bin.weight);
    const rightOf = sums(rowBins(confidence, model), promised);
    return (signs: Int32Array): ReliabilityBins => tableWithRight(model, rightOf(signs), 0, false);
  };
  const pooled = () => {
    const blocks = base.blocks();
    const rightOf = sums(
      placesIn(blocks.values, confidence),
      blocks.values.map((value, b) => value * blocks.weights[b]!),
    );
    return (signs: Int32Array): TieBlocks => ({ ...blocks, hits: rightOf(signs) });
  };
  const classesOf = (rule: TableRule) => signedClassTables(base, units, rule, (i) => base.labels[i]!, false);
  const keyOf = (rule: TableRule): string => JSON.stringify(rule);
  return (round) => {
    const signs = randomSigns(units.count, randomStream(seed, round));
    // The same signs for every table of the round.
    const classTables = (rule: TableRule) =>
      made(`classes ${keyOf(rule)}`, () => classesOf(rule))(randomStream(seed, round));
    return {
      ...base,
      table: (rule) => made(`table ${keyOf(rule)}`, () => tableOf(rule))(signs),
      classTables,
      classErrors: (rule) => classTables(rule).map(eceOfTable),
      blocks: () => made('blocks', pooled)(signs),
      shared: sharedValues(),
    };
  };
}

function weightOf({ weights }: MeasureSample, row: number): number {
  return weights === undefined ? 1 : weights[row]!;
}

/** Index of each value among ascending ones; that of a value that is not among them does not matter. */
function placesIn(ascending: Float64Array, values: Float64Array): Uint32Array {
  return Uint32Array.from(values, (value) => {
    let [low, high] = [0, ascending.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (ascending[middle]! < value) low = middle + 1;
      else high = middle;
    }
    return low;
  });
}
