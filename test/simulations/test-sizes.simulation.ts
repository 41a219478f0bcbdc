import { type RandomSource, seededRandom } from '../../src/core/random.ts';
import { calibrationTests } from '../../src/evaluation/index.ts';
import { normalCdf } from '../../src/numerics/special-functions.ts';
import { normal, type Simulation, shareOf } from './simulation.ts';

const draws = 99;
const spread = 2;
const sets = 250;

/** How much the outcomes, and the logits, of rows of one cluster have in common: shares of a variance. */
const common = { outcomes: 0.4, logits: 0.3 } as const;

/** How often each test rejects sets that are calibrated, row by row or in clusters. */
export const simulation: Simulation = {
  question:
    'How often is p at most 0.05 where labels follow the probabilities? Good: 3 to 7 of 100 for independent rows, at most 7 with clusters.',
  settings: { sets, draws, logits: `normal, standard deviation ${spread}`, common, seed: 1 },
  run: () => [
    sizes({ classes: 2, rows: 200 }),
    sizes({ classes: 4, rows: 200 }),
    sizes({ classes: 10, rows: 200 }),
    sizes({ classes: 2, rows: 300, clusters: 20 }),
    sizes({ classes: 2, rows: 300, clusters: 50 }),
    sizes({ classes: 4, rows: 400, clusters: 40 }),
  ],
};

interface Situation {
  readonly classes: number;
  readonly rows: number;
  readonly clusters?: number;
}

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

/** Rows of one cluster share a part of their logits and of the number that picks the label; each row alone is calibrated. */
function calibratedSet({ classes, rows, clusters = rows }: Situation, random: RandomSource) {
  const base = Array.from({ length: clusters }, () => Array.from({ length: classes }, () => normal(random)));
  const shift = base.map(() => normal(random));
  const isAlone = clusters === rows;
  const names = Array.from({ length: rows }, (_, i) =>
    i < clusters ? i : Math.floor(clusters * random.uniform()),
  );
  const mixed = (shared: number, share: number): number =>
    isAlone ? normal(random) : Math.sqrt(share) * shared + Math.sqrt(1 - share) * normal(random);
  const probabilities = names.map((c) => {
    const terms = base[c]!.map((z) => Math.exp(spread * mixed(z, common.logits)));
    const sum = terms.reduce((total, term) => total + term, 0);
    return terms.map((term) => term / sum);
  });
  const labels = probabilities.map((p, i) => {
    let left = normalCdf(mixed(shift[names[i]!]!, common.outcomes));
    const label = p.findIndex((chance) => {
      left -= chance;
      return left < 0;
    });
    return label < 0 ? classes - 1 : label;
  });
  return { probabilities, labels, clusters: names };
}
