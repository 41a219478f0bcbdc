import { seededRandom } from '../../src/core/random.ts';
import { consistencyTest } from '../../src/evaluation/index.ts';
import type { MeasureName } from '../../src/metrics/registry.ts';
import { calibratedSet, common, type Situation, spread } from './calibrated-set.ts';
import { rounded, type Simulation, shareOf } from './simulation.ts';

const sets = 2000;
const draws = 39;

const measures: readonly MeasureName[] = [
  'expected-calibration-error',
  'maximum-calibration-error',
  'classwise-calibration-error',
];

/** Whether the noise floor is the mean error of calibrated sets, and its p-value as rare as it says. */
export const simulation: Simulation = {
  question:
    'How far is the mean noise floor from the mean error of calibrated sets, and how often is p at most 0.05? Good: a ratio of 0.9 to 1.1, and at most 7 of 100.',
  settings: { sets, draws, logits: `normal, standard deviation ${spread}`, common, seed: 1 },
  run: () => [
    floors({ classes: 2, rows: 200 }),
    floors({ classes: 4, rows: 500 }),
    floors({ classes: 2, rows: 300, clusters: 30 }),
    floors({ classes: 4, rows: 500, clusters: 50 }),
    floors({ classes: 4, rows: 500, clusters: 100 }),
  ],
};

function floors(situation: Situation): object {
  const random = seededRandom(1);
  const found = measures.map(() => ({ value: 0, floor: 0, rejected: 0 }));
  for (let seed = 1; seed <= sets; seed += 1) {
    const { probabilities, labels, clusters } = calibratedSet(situation, random);
    const dependent = situation.clusters === undefined ? {} : { clusters };
    const results = consistencyTest(probabilities, labels, { measures, draws, seed, ...dependent });
    for (const [at, { value, floor, pValue }] of results.entries()) {
      found[at]!.value += value! / sets;
      found[at]!.floor += floor! / sets;
      if (pValue! <= 0.05) found[at]!.rejected += 1;
    }
  }
  const records = found.map(({ value, floor, rejected }, at) => [
    measures[at]!,
    {
      value: rounded(value),
      floor: rounded(floor),
      ratio: rounded(floor / value),
      rejected: shareOf(rejected, sets),
    },
  ]);
  return { ...situation, ...Object.fromEntries(records) };
}
