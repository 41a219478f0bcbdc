import { seededRandom } from '../../src/core/random.ts';
import { calibrationTests } from '../../src/evaluation/index.ts';
import { calibratedSet, common, type Situation, spread } from './calibrated-set.ts';
import { type Simulation, shareOf } from './simulation.ts';

/** With 39 draws, p is at most 0.05 for 2 of 40 equally likely ranks: exactly 5%. */
const draws = 39;
const sets = 2000;

/** How often each test rejects sets that are calibrated, row by row or in clusters. */
export const simulation: Simulation = {
  question:
    'How often is p at most 0.05 where labels follow the probabilities? Good: 3 to 7 of 100 for independent rows, at most 7 with clusters.',
  settings: { sets, draws, logits: `normal, standard deviation ${spread}`, common, seed: 1 },
  run: () => [
    sizes({ classes: 2, rows: 200 }),
    sizes({ classes: 4, rows: 200 }),
    sizes({ classes: 10, rows: 200 }),
    sizes({ classes: 4, rows: 1000 }),
    sizes({ classes: 2, rows: 300, clusters: 20 }),
    sizes({ classes: 2, rows: 300, clusters: 50 }),
    sizes({ classes: 4, rows: 400, clusters: 40 }),
    sizes({ classes: 4, rows: 1000, clusters: 100 }),
  ],
};

function sizes(situation: Situation): object {
  const random = seededRandom(1);
  const rejected: Record<string, number> = {};
  for (let seed = 0; seed < sets; seed += 1) {
    const { probabilities, labels, clusters } = calibratedSet(situation, random);
    for (const { name, pValue } of calibrationTests(probabilities, labels, {
      draws,
      seed,
      ...(situation.clusters === undefined ? {} : { clusters }),
    })) {
      rejected[name] = (rejected[name] ?? 0) + Number(pValue !== null && pValue <= 0.05);
    }
  }
  const shares = Object.entries(rejected).map(([name, count]) => [name, shareOf(count, sets)]);
  return { ...situation, ...Object.fromEntries(shares) };
}
