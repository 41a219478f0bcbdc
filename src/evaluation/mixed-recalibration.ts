import { temperatureScaling } from '../calibrators/temperature.ts';
import type { ScoredSet } from '../core/scored-set.ts';
import { temperedRows } from '../metrics/probability-rows.ts';
import { isotonicRegression } from '../numerics/isotonic-regression.ts';
import { poolTies } from '../numerics/tie-blocks.ts';

/** Fills `into` with what a row is recalibrated to. */
export type Recalibration = (row: number, into: Float64Array) => void;

/**
 * Temperature scaling mixed with the uniform distribution: (1 − 1/(n + 1))·softmax(z/T) + (1/(n + 1))/K, n being the rows
 * that T was fitted on, so that no loss is infinite.
 *
 * @param temperature T.
 * @param fitted n.
 */
export function mixedTemperature(set: ScoredSet, temperature: number, fitted: number): Recalibration {
  const { read } = temperedRows(set, temperature);
  return (row, into) => {
    read(row, into);
    mix(into, fitted);
  };
}

/** The temperature of some rows, those of weight 0 left out; `undefined` where they admit none. */
export function temperatureOfRows(set: ScoredSet): number | undefined {
  return temperatureScaling.fit(set).temperature ?? undefined;
}

/** Events: one probability and one outcome per row. */
export interface Events {
  readonly confidence: Float64Array;
  readonly correct: Uint8Array;
}

/**
 * Isotonic regression of the outcomes on the probabilities, linear between the ends of its steps and constant beyond
 * them, mixed with the uniform distribution as {@link mixedTemperature} is. Gives the chances of no and of yes.
 *
 * @param weights Of each row in the fit; 0 leaves it out. Not all 0.
 */
export function mixedIsotonic({ confidence, correct }: Events, weights: Float64Array): Recalibration {
  const { values, hits, weights: sums, rows } = poolTies(confidence, correct, weights);
  const { starts, levels } = isotonicRegression(hits, sums);
  const at = new Float64Array(2 * levels.length);
  const level = new Float64Array(2 * levels.length);
  for (const [step, start] of starts.entries()) {
    const end = step + 1 < starts.length ? starts[step + 1]! - 1 : values.length - 1;
    at[2 * step] = values[start]!;
    at[2 * step + 1] = values[end]!;
    level.fill(levels[step]!, 2 * step, 2 * step + 2);
  }
  return (row, into) => {
    const chance = interpolated(at, level, confidence[row]!);
    into[0] = 1 - chance;
    into[1] = chance;
    mix(into, rows);
  };
}

function mix(p: Float64Array, fitted: number): void {
  const share = 1 / (fitted + 1);
  for (let k = 0; k < p.length; k += 1) p[k] = (1 - share) * p[k]! + share / p.length;
}

/** The broken line through ascending points, its ends extended; points of one place have one level. */
function interpolated(at: Float64Array, level: Float64Array, x: number): number {
  if (x <= at[0]!) return level[0]!;
  let [low, high] = [0, at.length - 1];
  if (x >= at[high]!) return level[high]!;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (at[middle]! <= x) low = middle;
    else high = middle;
  }
  return level[low]! + ((level[high]! - level[low]!) * (x - at[low]!)) / (at[high]! - at[low]!);
}
