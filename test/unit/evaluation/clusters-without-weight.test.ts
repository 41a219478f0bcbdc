import { expect, test } from 'vitest';
import { temperatureScaling } from '../../../src/calibrators/index.ts';
import { fitTemperatureOfSet } from '../../../src/calibrators/temperature-of-set.ts';
import { storedSet } from '../../../src/core/stored-set.ts';
import {
  calibrationTests,
  evaluate,
  evaluateCrossFitted,
  measureIntervals,
} from '../../../src/evaluation/index.ts';
import { softmax } from '../../../src/softmax/softmax.ts';
import { drawnSet } from '../calibrators/drawn-set.ts';

/** 200 rows in 40 clusters, and 50 rows of weight 0 in 10 clusters of their own, between them and behind. */
const all = drawnSet({ rows: 250, classes: 3, temperature: 2, seed: 12 });
const counts = (i: number): boolean => i % 5 !== 2;
const kept = Array.from({ length: 250 }, (_, i) => i).filter(counts);
const clusters = Array.from({ length: 250 }, (_, i) => (counts(i) ? `c${i % 40}` : `none${i % 10}`));
const weights = Float64Array.from({ length: 250 }, (_, i) => (counts(i) ? 1 + (i % 3) : 0));

const { columns, data } = all.scores;
const few = {
  ...all,
  scores: {
    rows: kept.length,
    columns,
    data: Float64Array.from(kept.flatMap((i) => [...data.slice(i * columns, (i + 1) * columns)])),
  },
  labels: Int32Array.from(kept, (i) => all.labels[i]!),
  weights: Float64Array.from(kept, (i) => weights[i]!),
};
const full = { ...all, weights };
const fewClusters = kept.map((i) => clusters[i]!);

test('clusters whose rows all have weight 0 count nowhere', () => {
  for (const set of [full, storedSet(full)]) {
    const [found, wanted] = [
      fitTemperatureOfSet(set, { clusters }),
      fitTemperatureOfSet(few, { clusters: fewClusters }),
    ];
    expect(found.uncertainty).toEqual(wanted.uncertainty);
  }
  const judged = evaluate(full, { clusters });
  const { before, test: tested, notices } = evaluate(few, { clusters: fewClusters });
  expect(judged.test).toEqual(tested);
  expect(judged.before.gapError).toBe(before.gapError);
  const ofClusters = (list: typeof notices) => list.filter(({ code }) => code === 'W_FEW_CLUSTERS');
  expect(ofClusters(judged.notices)).toEqual(ofClusters(notices));

  const probabilities = softmax(all.scores);
  const fewProbabilities = softmax(few.scores);
  const options = { draws: 19, seed: 4 } as const;
  const statistics = (tests: ReturnType<typeof calibrationTests>) =>
    tests
      .filter(({ name }) => ['temperature', 'cox', 'spiegelhalter'].includes(name))
      .map(({ statistic }) => statistic);
  const own = statistics(calibrationTests(probabilities, all.labels, { ...options, weights, clusters }));
  const others = statistics(
    calibrationTests(fewProbabilities, few.labels, {
      ...options,
      weights: few.weights,
      clusters: fewClusters,
    }),
  );
  for (const [at, value] of own.entries()) expect(value).toBeCloseTo(others[at]!, 10);

  const spread = (p: typeof probabilities, y: Int32Array, w: Float64Array, c: readonly string[]) =>
    measureIntervals(p, y, { measures: ['accuracy'], weights: w, clusters: c, resamples: 4000 })[0]!
      .standardError!;
  // Resamples differ, as rows in another order have other draws: the error is known to 1/√(2·4000) = 1.1 %.
  const [one, other] = [
    spread(probabilities, all.labels, weights, clusters),
    spread(fewProbabilities, few.labels, few.weights, fewClusters),
  ];
  expect(Math.abs(one / other - 1)).toBeLessThan(0.06);
});

test('a set whose only second cluster has no weight has one cluster', () => {
  const names = clusters.map((name) => (name.startsWith('c') ? 'c' : 'none'));
  expect(() => evaluateCrossFitted(full, temperatureScaling, { clusters: names })).toThrow(
    /names one cluster/,
  );
});
