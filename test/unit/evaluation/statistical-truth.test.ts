import { describe, expect, test } from 'vitest';
import { evaluate } from '../../../src/evaluation/evaluate.ts';
import type { Evaluation } from '../../../src/evaluation/evaluation.ts';
import { fixedTemperature, simulatedSet } from './simulated-set.ts';

/** The short form catches a broken interval; the long one measures it. */
const full = process.env['CALIBRANT_FULL'] === '1';
const sets = full ? 500 : 100;
const rows = full ? 1000 : 300;

function evaluations(truth: number, fitted: number): readonly Evaluation[] {
  return Array.from({ length: sets }, (_, i) =>
    evaluate(simulatedSet(rows, 3, truth, i + 1), {
      model: fixedTemperature(fitted, 3),
      resamples: full ? 1000 : 200,
    }),
  );
}

const shareOf = (judged: readonly Evaluation[], holds: (evaluation: Evaluation) => boolean): number =>
  judged.filter(holds).length / judged.length;

/** Three standard errors of a share near 5 % over the simulated sets, and 2 % for 200 to 1000 resamples. */
const slack = 3 * Math.sqrt((0.05 * 0.95) / sets) + 0.02;

describe('over many simulated sets', () => {
  test('the interval of the NLL change holds the true change in about 95 of 100', () => {
    const large = evaluate(simulatedSet(100_000, 3, 1.5, 12345), {
      model: fixedTemperature(1.5, 3),
      resamples: 100,
    });
    const truth = large.changes!.nll.difference!;
    const covered = shareOf(evaluations(1.5, 1.5), ({ changes }) => {
      const [low, high] = changes!.nll.interval!;
      return low <= truth && truth <= high;
    });
    expect(covered).toBeGreaterThan(0.95 - slack);
    expect(covered).toBeLessThan(0.95 + slack);
  });

  test('calibrated scores are called miscalibrated in about 5 of 100, and a T of no use is not advertised', () => {
    const judged = evaluations(1, 1.001);
    expect(shareOf(judged, ({ verdict }) => verdict.direction !== 'balanced')).toBeLessThan(0.05 + slack);
    expect(shareOf(judged, ({ verdict }) => verdict.outcome !== 'unchanged')).toBeLessThan(0.05 + slack);
  });

  test('clear overconfidence is found, and mending it is called an improvement', () => {
    const judged = evaluations(2, 2);
    expect(shareOf(judged, ({ verdict }) => verdict.direction === 'overconfident')).toBeGreaterThan(0.95);
    expect(shareOf(judged, ({ verdict }) => verdict.outcome === 'improved')).toBeGreaterThan(0.95);
  });
});
