import { temperatureTest } from '../../src/calibrators/index.ts';
import { type RandomSource, seededRandom } from '../../src/core/random.ts';
import type { ScoredSet } from '../../src/core/scored-set.ts';
import { drawnSet, normal, type Simulation, shareOf } from './simulation.ts';

const sets = 2000;
const rows = 600;
const level = 0.05;

/** Whether the test of T = 1 rejects calibrated sets as often as it says. */
export const simulation: Simulation = {
  question:
    'How often is p < 0.05 in the likelihood-ratio test of T = 1 where T is 1? Good: 4% to 6% with 500 effective rows or 60 clusters.',
  settings: { sets, rows, logits: 'normal, standard deviation 2', seed: 1 },
  run: () => [
    ...[2, 4, 10].map((classes) => size('unweighted', classes, () => ({}))),
    ...[2, 4].flatMap((classes) =>
      [0.5, 1].map((sigma) =>
        size(
          `importance weights, sigma ${sigma}`,
          classes,
          ({ labels }, random) => ({
            weights: Float64Array.from(labels, () => Math.exp(sigma * normal(random))),
          }),
          Math.ceil(550 * Math.exp(sigma * sigma)),
        ),
      ),
    ),
    ...[2, 4].map((classes) => clusteredSize(classes, 60)),
  ],
};

function size(
  what: string,
  classes: number,
  more: (set: ScoredSet, random: RandomSource) => Partial<ScoredSet>,
  count = rows,
): object {
  const random = seededRandom(1);
  let rejected = 0;
  for (let at = 0; at < sets; at += 1) {
    const set = drawnSet({ rows: count, classes }, random);
    if (temperatureTest({ ...set, ...more(set, random) }).pValue < level) rejected += 1;
  }
  return { what, classes, rows: count, rejected: shareOf(rejected, sets) };
}

/** Clusters of ten copies of one row each, which is as far as rows can depend on one another. */
function clusteredSize(classes: number, clusters: number): object {
  const random = seededRandom(1);
  const copies = 10;
  let [rejected, ignored] = [0, 0];
  for (let at = 0; at < sets; at += 1) {
    const { scores, labels, ...rest } = drawnSet({ rows: clusters, classes }, random);
    const source = (i: number): number => Math.floor(i / copies);
    const data = Float64Array.from(
      { length: clusters * copies * classes },
      (_, cell) => scores.data[source(Math.floor(cell / classes)) * classes + (cell % classes)]!,
    );
    const set = {
      ...rest,
      scores: { data, rows: clusters * copies, columns: classes },
      labels: Int32Array.from({ length: clusters * copies }, (_, i) => labels[source(i)]!),
    };
    const names = Array.from(set.labels, (_, i) => source(i));
    if (temperatureTest(set, { clusters: names }).pValue < level) rejected += 1;
    if (temperatureTest(set).pValue < level) ignored += 1;
  }
  return {
    what: `${clusters} clusters of ${copies} equal rows`,
    classes,
    rows: clusters * copies,
    rejected: shareOf(rejected, sets),
    withoutClusters: shareOf(ignored, sets),
  };
}
