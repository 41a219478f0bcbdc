import { seededRandom } from '../../src/core/random.ts';
import { findingsOfSample } from '../../src/evaluation/measure-findings.ts';
import { measuresNamed } from '../../src/evaluation/sample-options.ts';
import { measureSample } from '../../src/metrics/measure-sample.ts';
import type { MeasureName } from '../../src/metrics/registry.ts';
import { drawnSet, rounded, type Simulation, shareOf } from './simulation.ts';

const sets = 2000;
const resamples = 200;
const draws = 99;
const populationRows = 500_000;
const bins = 15;

/** Whether the population interval holds the error of endlessly many rows. */
export const simulation: Simulation = {
  question:
    'How often does the population interval hold the error of endlessly many rows in the same bins? Good: at least 95 of 100.',
  settings: { sets, resamples, draws, populationRows, bins, level: 0.95, seed: 1 },
  run: () => [
    coverage({ classes: 2, rows: 300, temperature: 1 }),
    coverage({ classes: 2, rows: 300, temperature: 1.5 }),
    coverage({ classes: 3, rows: 1000, temperature: 1 }),
    coverage({ classes: 3, rows: 1000, temperature: 1.2 }),
    coverage({ classes: 10, rows: 1000, temperature: 1 }),
    coverage({ classes: 10, rows: 1000, temperature: 2 }),
  ],
};

interface Situation {
  readonly classes: number;
  readonly rows: number;
  /** Labels follow softmax(z/T); above 1 the scores are overconfident. */
  readonly temperature: number;
}

function coverage(situation: Situation): object {
  const random = seededRandom(1);
  const truths = trueErrors(situation);
  const names = Object.keys(truths) as MeasureName[];
  const chosen = measuresNamed(names);
  const held = names.map(() => 0);
  for (let seed = 1; seed <= sets; seed += 1) {
    const { scores, labels } = drawnSet(situation, random);
    const sample = measureSample(scores, labels, { input: 'logits' });
    const options = { resamples, draws, level: 0.95, method: 'centred', seed, thorough: false } as const;
    for (const [at, { population }] of findingsOfSample(sample, chosen, options).entries()) {
      const truth = truths[names[at]!]!;
      if (population !== null && population[0] <= truth && truth <= population[1]) held[at]! += 1;
    }
  }
  const records = names.map((name, at) => [
    name,
    { trueError: rounded(truths[name]!), held: shareOf(held[at]!, sets) },
  ]);
  return { ...situation, ...Object.fromEntries(records) };
}

/** Errors of very many rows, each with its true probabilities in place of a drawn label. */
function trueErrors(situation: Situation): Partial<Record<MeasureName, number>> {
  const { classes, temperature } = situation;
  const { scores } = drawnSet({ ...situation, rows: populationRows }, seededRandom(2));
  const gaps = new Float64Array((classes + 1) * bins);
  const counts = new Float64Array(bins);
  const binOf = (p: number): number => Math.min(Math.max(Math.ceil(p * bins) - 1, 0), bins - 1);
  for (let i = 0; i < populationRows; i += 1) {
    const z = Array.from({ length: classes }, (_, k) => scores.data[i * classes + k]!);
    const [claimed, actual] = [softmax(z, 1), softmax(z, temperature)];
    const top = claimed.indexOf(Math.max(...claimed));
    counts[binOf(claimed[top]!)]! += 1;
    gaps[binOf(claimed[top]!)]! += claimed[top]! - actual[top]!;
    for (let k = 0; k < classes; k += 1)
      gaps[(k + 1) * bins + binOf(claimed[k]!)]! += claimed[k]! - actual[k]!;
  }
  const sum = (values: Float64Array): number => values.reduce((total, gap) => total + Math.abs(gap), 0);
  return {
    'expected-calibration-error': sum(gaps.subarray(0, bins)) / populationRows,
    'classwise-calibration-error': sum(gaps.subarray(bins)) / classes / populationRows,
    'maximum-calibration-error': counts.reduce(
      (most, count, b) => Math.max(most, count === 0 ? 0 : Math.abs(gaps[b]!) / count),
      0,
    ),
  };
}

function softmax(z: readonly number[], temperature: number): number[] {
  const terms = z.map((value) => Math.exp(value / temperature));
  const total = terms.reduce((sum, term) => sum + term, 0);
  return terms.map((term) => term / total);
}
