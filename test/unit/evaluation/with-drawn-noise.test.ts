import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../../src/core/random.ts';
import type { ScoredSet } from '../../../src/core/scored-set.ts';
import { evaluate } from '../../../src/evaluation/index.ts';
import { withDrawnNoise } from '../../../src/evaluation/with-drawn-noise.ts';
import { drawnSet } from '../../simulations/simulation.ts';
import { contradictionsOf, noiseClaims } from './noise-claims.ts';
import { unevenSet } from './uneven-set.ts';

describe('withDrawnNoise', () => {
  const random = seededRandom(77);
  const sets: readonly ScoredSet[] = [30, 60, 100, 200].flatMap((rows) =>
    [2, 4].flatMap((classes) => [
      drawnSet({ rows, classes }, random),
      drawnSet({ rows, classes, temperature: 1.3 }, random),
      unevenSet(rows, classes, random),
      unevenSet(rows, classes, random),
    ]),
  );
  const claims = sets.map((set, at) => noiseClaims(set, at + 1));

  test('headline, table and tests of simulated sets state one noise and do not contradict each other', () => {
    expect(claims.flatMap(contradictionsOf)).toEqual([]);
    expect(claims.some(({ isCalledUneven }) => isCalledUneven)).toBe(true);
  });

  test('leaves an evaluation with a calibrator as fit --test has it, without two figures for one noise', () => {
    const set = unevenSet(300, 2, seededRandom(5));
    const model = { type: 'temperature', input: 'logits', classes: 2, temperature: 1.1 } as const;
    const evaluation = evaluate(set, { model, resamples: 100 });
    expect(withDrawnNoise(evaluation, [{ name: 'expected-calibration-error', floor: 0.0432 }])).toBe(
      evaluation,
    );
    const last = evaluation.verdict.details.at(-1);
    expect(last).toMatch(
      /^The ECE after calibration is [\d.]+%, beyond noise; the reliability table shows where\.$/,
    );
  });

  test('keeps a doubt about the numbers', () => {
    const set = drawnSet({ rows: 100, classes: 2 }, seededRandom(5));
    const notices = [{ code: 'W_LOOKS_LIKE_PROBS', message: 'These look like probabilities.' }] as const;
    const evaluation = evaluate(set, { notices });
    const drawn = withDrawnNoise(evaluation, [{ name: 'expected-calibration-error', floor: 0.0432 }]);
    expect(drawn.verdict.outcome).toBe('in-doubt');
    expect(drawn.verdict.headline).toBe(evaluation.verdict.headline);
    expect(drawn.verdict.details[0]).toContain('about 4.3%');
  });

  test('leaves an evaluation with clusters, or without a drawn floor, unchanged', () => {
    const set = drawnSet({ rows: 100, classes: 2 }, seededRandom(5));
    const clusters = Array.from({ length: 100 }, (_, row) => row % 25);
    const clustered = evaluate(set, { clusters });
    expect(withDrawnNoise(clustered, [{ name: 'expected-calibration-error', floor: 0.05 }])).toBe(clustered);
    const plain = evaluate(set);
    expect(withDrawnNoise(plain, [{ name: 'expected-calibration-error', floor: null }])).toBe(plain);
    expect(withDrawnNoise(plain, [])).toBe(plain);
  });
});
