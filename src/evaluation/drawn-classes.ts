import type { RandomSource } from '../core/random.ts';
import type { TableRule } from '../metrics/bin-options.ts';
import type { ReliabilityBins } from '../metrics/bin-table.ts';
import type { MeasureSample } from '../metrics/measure-sample.ts';
import { judgePredictions } from '../metrics/row-scores.ts';
import { binIndex } from '../numerics/binning.ts';
import { randomSigns } from './random-signs.ts';
import type { ResamplingUnits } from './resampling-units.ts';
import { edgesOf } from './row-bins.ts';
import { tableWithRight } from './table-with-right.ts';
import { UnitSums } from './unit-sums.ts';

/**
 * Draws the tables of all classes together, labels drawn from the probabilities.
 *
 * Labels are drawn once. Over random groups of rows the differences between what was drawn and what was promised are
 * independent and have mean 0; each draw gives every group's difference a sign of its own (the wild bootstrap). For many
 * rows that has the covariances of the sums of all classes and bins, known to 1/√(2·groups) of each spread; in a bin of
 * so few rows that a single one decides, it has their size on average over the bins. O(N·K) once, then
 * O(groups·bins·K) per draw.
 *
 * Source: Wu 1986, "Jackknife, bootstrap and other resampling methods in regression analysis"; Liu 1988, "Bootstrap
 * procedures under some non-i.i.d. models".
 */
export function drawnClassTables(
  sample: MeasureSample,
  units: ResamplingUnits,
  rule: TableRule,
  { uniform }: RandomSource,
): (random: RandomSource) => readonly ReliabilityBins[] {
  return signedClassTables(sample, units, rule, (_, p) => drawnFrom(p, uniform()), true);
}

/**
 * Draws the tables of all classes together: what came of the labels less what was promised, summed by unit, each unit
 * with a sign of its own.
 *
 * @param labelOf The label of a row, given its probabilities.
 */
export function signedClassTables(
  sample: MeasureSample,
  units: ResamplingUnits,
  rule: TableRule,
  labelOf: (row: number, p: Float64Array) => number,
  isBounded: boolean,
): (random: RandomSource) => readonly ReliabilityBins[] {
  const models = sample.classTables(rule);
  const edges = models.map(edgesOf);
  const offsets = new Uint32Array(models.length + 1);
  for (const [k, { bins }] of models.entries()) offsets[k + 1] = offsets[k]! + bins.length;
  sample.source.room?.take(8 * units.count * offsets.at(-1)!);
  const away = new UnitSums(units, offsets.at(-1)!);
  judgePredictions(sample.source, sample.labels, {
    visit: (i, p) => {
      const w = sample.weights === undefined ? 1 : sample.weights[i]!;
      const label = labelOf(i, p);
      if (w === 0) return;
      for (let k = 0; k < p.length; k += 1) {
        const cell = offsets[k]! + binIndex(p[k]!, edges[k]!, rule.closure);
        away.add(i, cell, w * ((k === label ? 1 : 0) - p[k]!));
      }
    },
  });
  const promised = models.flatMap(({ bins }) =>
    bins.map(({ confidence, weight }) => (confidence ?? 0) * weight),
  );
  const right = new Float64Array(promised.length);
  return (random) => {
    const drawn = away.total(randomSigns(units.count, random));
    for (let cell = 0; cell < right.length; cell += 1) right[cell] = promised[cell]! + drawn[cell]!;
    return models.map((model, k) => tableWithRight(model, right, offsets[k], isBounded));
  };
}

/** The class at a uniform number; rows may miss a sum of 1 by rounding. */
function drawnFrom(p: Float64Array, uniform: number): number {
  let total = 0;
  for (let k = 0; k < p.length; k += 1) total += p[k]!;
  let left = uniform * total;
  let k = 0;
  while (k < p.length - 1) {
    left -= p[k]!;
    if (left < 0) break;
    k += 1;
  }
  return k;
}
