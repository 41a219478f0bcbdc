import { temperatureTest } from '../../src/calibrators/index.ts';
import { seededRandom } from '../../src/core/random.ts';
import type { ScoredSet } from '../../src/core/scored-set.ts';
import { evaluate } from '../../src/evaluation/index.ts';
import { disagreements } from '../unit/evaluation/verdict-agreement.ts';
import { drawnSet, type Simulation, shareOf } from './simulation.ts';

const sets = 2000;
const resamples = 100;
const populationRows = 200_000;

/** What verdicts say of simulated sets, and how often the interval of the debiased ECE holds the true change. */
export const simulation: Simulation = {
  question:
    'How often does a verdict contradict its figures (good: never), find miscalibration beside the likelihood-ratio test (good: as often), and hold the true change of the ECE in its interval (good: 90% or more of intervals at 95%)?',
  settings: { sets, resamples, populationRows, level: 0.95, seed: 1 },
  run: () => [
    told({ classes: 2, rows: 200, truth: 1, applied: 1.1 }),
    told({ classes: 2, rows: 200, truth: 1.5, applied: 1.5 }),
    told({ classes: 10, rows: 500, truth: 1.5, applied: 1.4 }),
    told({ classes: 2, rows: 60, truth: 1, applied: 1.1, copies: 5 }),
  ],
};

interface Situation {
  readonly classes: number;
  readonly rows: number;
  /** Temperature by which labels are drawn; above 1 the scores are overconfident. */
  readonly truth: number;
  /** Temperature of the calibrator. */
  readonly applied: number;
  /** Rows of a cluster, all alike. */
  readonly copies?: number;
}

function told({ classes, rows, truth, applied, copies = 1 }: Situation): object {
  const random = seededRandom(1);
  const model = { type: 'temperature', input: 'logits', classes, temperature: applied } as const;
  const population = drawnSet({ rows: populationRows, classes, temperature: truth }, random);
  const trueChange = evaluate(population, { model, resamples }).changes!.ece.difference!;
  const clusters = Array.from({ length: rows * copies }, (_, i) => Math.floor(i / copies));
  const found = { contradicted: 0, byVerdict: 0, byTest: 0, held: 0 };
  for (let seed = 1; seed <= sets; seed += 1) {
    const set = repeated(drawnSet({ rows, classes, temperature: truth }, random), copies);
    const clustered = copies === 1 ? {} : { clusters };
    const evaluation = evaluate(set, { model, resamples, seed, ...clustered });
    const [low, high] = evaluation.changes!.eceDebiased.interval!;
    if (disagreements(evaluation).length > 0) found.contradicted += 1;
    if (evaluation.verdict.direction !== 'balanced') found.byVerdict += 1;
    if (temperatureTest(set, clustered).pValue <= 0.05) found.byTest += 1;
    if (low <= trueChange && trueChange <= high) found.held += 1;
  }
  return {
    classes,
    rows,
    truth,
    applied,
    copies,
    contradicted: shareOf(found.contradicted, sets),
    foundByVerdict: shareOf(found.byVerdict, sets),
    foundByTest: shareOf(found.byTest, sets),
    trueChangeHeld: shareOf(found.held, sets),
  };
}

function repeated(set: ScoredSet, copies: number): ScoredSet {
  if (copies === 1) return set;
  const { data, rows, columns } = set.scores;
  const many = rows * copies;
  const cell = (i: number): number => data[Math.floor(i / columns / copies) * columns + (i % columns)]!;
  return {
    ...set,
    scores: { data: Float64Array.from({ length: many * columns }, (_, i) => cell(i)), rows: many, columns },
    labels: Int32Array.from({ length: many }, (_, i) => set.labels[Math.floor(i / copies)]!),
  };
}
