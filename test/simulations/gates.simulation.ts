import { seededRandom } from '../../src/core/random.ts';
import { findingsOfSample } from '../../src/evaluation/measure-findings.ts';
import { measuresNamed } from '../../src/evaluation/sample-options.ts';
import { measureSample } from '../../src/metrics/measure-sample.ts';
import type { MeasureName } from '../../src/metrics/registry.ts';
import { drawnSet, rounded, type Simulation, shareOf } from './simulation.ts';

const sets = 1000;
const resamples = 200;
const draws = 99;
const populationRows = 500_000;

const measures: readonly MeasureName[] = [
  'expected-calibration-error',
  'classwise-calibration-error',
  'maximum-calibration-error',
];

/** Whether `--bound lower` fails models whose true error is the limit. */
export const simulation: Simulation = {
  question:
    'How often is the lower end of the population interval above the true error, which a gate with --bound lower would then fail wrongly? Good: at most 5 of 100.',
  settings: { sets, resamples, draws, populationRows, level: 0.95, seed: 1 },
  run: () => [
    alarms({ classes: 2, rows: 300, temperature: 1 }),
    alarms({ classes: 10, rows: 500, temperature: 1 }),
    alarms({ classes: 4, rows: 500, temperature: 1.2 }),
    alarms({ classes: 4, rows: 500, temperature: 2 }),
  ],
};

interface Situation {
  readonly classes: number;
  readonly rows: number;
  /** Labels follow softmax(z/T); above 1 the scores are overconfident. */
  readonly temperature: number;
}

function alarms(situation: Situation): object {
  const random = seededRandom(1);
  const chosen = measuresNamed(measures);
  const limits = trueErrors(situation);
  const counts = measures.map(() => 0);
  for (let seed = 1; seed <= sets; seed += 1) {
    const { scores, labels } = drawnSet(situation, random);
    const sample = measureSample(scores, labels, { input: 'logits' });
    const options = { resamples, draws, level: 0.95, method: 'centred', seed, thorough: false } as const;
    for (const [at, { population }] of findingsOfSample(sample, chosen, options).entries())
      if (population !== null && population[0] > limits[at]!) counts[at]! += 1;
  }
  const records = measures.map((name, at) => [
    name,
    { trueError: rounded(limits[at]!), alarms: shareOf(counts[at]!, sets) },
  ]);
  return { ...situation, ...Object.fromEntries(records) };
}

/** 0 for a calibrated model; else the errors of very many rows. */
function trueErrors(situation: Situation): readonly number[] {
  if (situation.temperature === 1) return measures.map(() => 0);
  const { scores, labels } = drawnSet({ ...situation, rows: populationRows }, seededRandom(2));
  const sample = measureSample(scores, labels, { input: 'logits' });
  return measuresNamed(measures).map(({ compute }) => compute(sample)!);
}
