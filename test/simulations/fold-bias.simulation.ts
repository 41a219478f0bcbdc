import { fitTemperatureOfSet, temperatureScaling } from '../../src/calibrators/index.ts';
import { type RandomSource, seededRandom } from '../../src/core/random.ts';
import type { ScoredSet } from '../../src/core/scored-set.ts';
import { heldNumbers } from '../../src/core/stored-set.ts';
import { stratifiedFolds } from '../../src/evaluation/stratified-folds.ts';
import { drawnSet, type Simulation } from './simulation.ts';

const folds = 5;
const spread = 2;

/** Expected NLL per row by temperature is taken over this many rows, whose own class probabilities are known. */
const populationRows = 20_000;

/** Whether folds balanced by label estimate the change of the NLL as random folds do. */
export const simulation: Simulation = {
  question:
    'How far is the mean cross-fitted change of the NLL from the mean true change by the temperature of all rows, in thousandths of a nat? Good: within 0.5 of random folds.',
  settings: { sets: 4000, folds, logits: `normal, standard deviation ${spread}`, populationRows, seed: 1 },
  run: () => [
    bias({ classes: 2, rows: 200, temperature: 1, sets: 4000 }),
    bias({ classes: 2, rows: 200, temperature: 1.5, sets: 4000 }),
    bias({ classes: 4, rows: 200, temperature: 1.5, sets: 4000 }),
  ],
};

interface Situation {
  readonly classes: number;
  readonly rows: number;
  readonly temperature: number;
  readonly sets: number;
}

/** Both ways of making folds see the same sets, so that their difference has little noise. */
function bias({ classes, rows, temperature, sets }: Situation): object {
  const random = seededRandom(1);
  const truth = expectedChange(drawnSet({ rows: populationRows, classes, spread }, random), temperature);
  const found = { label: [] as number[], random: [] as number[], difference: [] as number[] };
  for (let at = 0; at < sets; at += 1) {
    const set = drawnSet({ rows, classes, temperature, spread }, random);
    const model = fitTemperatureOfSet(set);
    if (model.temperature === null) continue;
    const byLabel = crossFitted(set, heldNumbers(stratifiedFolds(set, folds, random)));
    const atRandom = crossFitted(set, randomFolds(rows, random));
    if (byLabel === undefined || atRandom === undefined) continue;
    const wanted = truth(model.temperature);
    found.label.push(byLabel - wanted);
    found.random.push(atRandom - wanted);
    found.difference.push(byLabel - atRandom);
  }
  return {
    classes,
    rows,
    temperature,
    sets: found.label.length,
    byLabel: meanOf(found.label),
    atRandom: meanOf(found.random),
    difference: meanOf(found.difference),
  };
}

/** Mean change of the NLL of rows predicted by the temperature of the other folds. */
function crossFitted(set: ScoredSet, foldOf: Int32Array): number | undefined {
  const temperatures: number[] = [];
  for (let fold = 0; fold < folds; fold += 1) {
    const weights = Float64Array.from(foldOf, (own) => (own === fold ? 0 : 1));
    const { temperature } = temperatureScaling.fit({ ...set, weights, weightKind: 'counts' });
    if (temperature === null) return undefined;
    temperatures.push(temperature);
  }
  const { data, rows, columns } = set.scores;
  let sum = 0;
  for (let i = 0; i < rows; i += 1) {
    const row = data.subarray(i * columns, (i + 1) * columns);
    const own = (t: number): number => logSum(row, t) - row[set.labels[i]!]! / t;
    sum += own(temperatures[foldOf[i]!]!) - own(1);
  }
  return sum / rows;
}

function randomFolds(rows: number, random: RandomSource): Int32Array {
  // Folds balanced by the label of rows that all have the same.
  const scores = { data: new Float64Array(2 * rows), rows, columns: 2 };
  const labels = new Int32Array(rows);
  const set = { kind: 'logits', scores, labels, classNames: ['0', '1'], namedClasses: false } as const;
  return heldNumbers(stratifiedFolds(set, folds, random));
}

/** The change of the expected NLL from T = 1 to another T, where labels follow softmax(z/temperature). */
function expectedChange({ scores }: ScoredSet, temperature: number): (t: number) => number {
  const { data, rows, columns } = scores;
  const known = new Map<number, number>();
  // On a grid in ln T, between whose points the change is a straight line to some 1e-6.
  const step = 0.01;
  const at = (point: number): number => {
    const kept = known.get(point);
    if (kept !== undefined) return kept;
    const t = Math.exp(point * step);
    let sum = 0;
    for (let i = 0; i < rows; i += 1) {
      const row = data.subarray(i * columns, (i + 1) * columns);
      const total = logSum(row, temperature);
      let truth = 0;
      for (const z of row) truth += z * Math.exp(z / temperature - total);
      sum += logSum(row, t) - truth / t - (logSum(row, 1) - truth);
    }
    known.set(point, sum / rows);
    return sum / rows;
  };
  return (t) => {
    const place = Math.log(t) / step;
    const low = Math.floor(place);
    return at(low) + (place - low) * (at(low + 1) - at(low));
  };
}

/** ln Σ exp(z/T). */
function logSum(row: ArrayLike<number>, temperature: number): number {
  let largest = Number.NEGATIVE_INFINITY;
  for (let k = 0; k < row.length; k += 1) largest = Math.max(largest, row[k]!);
  let sum = 0;
  for (let k = 0; k < row.length; k += 1) sum += Math.exp((row[k]! - largest) / temperature);
  return largest / temperature + Math.log(sum);
}

/** Mean with its standard error, in thousandths of a nat. */
function meanOf(values: readonly number[]): { readonly mean: number; readonly standardError: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
  const thousandths = (value: number): number => Number((1000 * value).toFixed(3));
  return { mean: thousandths(mean), standardError: thousandths(Math.sqrt(variance / values.length)) };
}
