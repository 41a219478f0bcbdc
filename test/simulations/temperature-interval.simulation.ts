import { fitTemperatureOfSet } from '../../src/calibrators/index.ts';
import { type RandomSource, seededRandom } from '../../src/core/random.ts';
import type { ScoredSet } from '../../src/core/scored-set.ts';
import { drawnSet, normal, type Simulation, shareOf } from './simulation.ts';

const sets = 2000;
const temperature = 1.5;
const effectiveRows = 550;

/** Weights are lognormal, drawn apart from the scores or grown from the first logit. */
type Tie = 'independent' | 'by-score';

/** Whether the 95% interval of T holds the true T. */
export const simulation: Simulation = {
  question:
    'How often does the 95% interval of T from importance weights hold the true T? Good: 93% to 97% with 500 effective rows.',
  settings: { sets, temperature, effectiveRows, logits: 'normal, standard deviation 2', seed: 1 },
  run: () => [
    ...[2, 4, 10].flatMap((classes) => [0.5, 1, 1.5].map((sigma) => coverage(classes, sigma, 'independent'))),
    ...[0.5, 1].map((sigma) => coverage(4, sigma, 'by-score')),
  ],
};

function coverage(classes: number, sigma: number, weights: Tie): object {
  const random = seededRandom(1);
  const rows = Math.ceil(effectiveRows * Math.exp(sigma * sigma));
  let [profile, wald, enough, profileOfEnough] = [0, 0, 0, 0];
  for (let at = 0; at < sets; at += 1) {
    const set = drawnSet({ rows, classes, temperature }, random);
    const model = fitTemperatureOfSet({ ...set, weights: weightsOf(set, sigma, weights, random) });
    const { profileInterval, waldInterval } = model.uncertainty!;
    const isHeld = holds(profileInterval);
    if (isHeld) profile += 1;
    if (holds(waldInterval)) wald += 1;
    if (model.effectiveRows! < 500) continue;
    enough += 1;
    if (isHeld) profileOfEnough += 1;
  }
  return {
    classes,
    sigma,
    weights,
    rows,
    profile: shareOf(profile, sets),
    wald: shareOf(wald, sets),
    profileOf500: shareOf(profileOfEnough, enough),
  };
}

function holds([low, high]: readonly [number | null, number | null]): boolean {
  return (low ?? 0) <= temperature && temperature <= (high ?? Number.POSITIVE_INFINITY);
}

function weightsOf({ scores }: ScoredSet, sigma: number, tie: Tie, random: RandomSource): Float64Array {
  const { data, rows, columns } = scores;
  return Float64Array.from({ length: rows }, (_, i) =>
    Math.exp(sigma * (tie === 'independent' ? normal(random) : data[i * columns]! / 2)),
  );
}
