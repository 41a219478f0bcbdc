import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../src/core/random.ts';
import { calibrationRefinement } from '../../src/evaluation/index.ts';
import { type RefinementJob, scoreRefined } from '../../src/evaluation/refined-score.ts';
import { measureSample } from '../../src/metrics/index.ts';
import reference from './calibration-refinement.json' with { type: 'json' };
import { sampleNamed } from './measure-samples.ts';

/** Roots found to 1e-15 of the temperature's logarithm, and other sums of the same losses. */
const regrouped = 1e-11;
/** Standard errors that a simulated figure may be off by: a chance of 6e-5. */
const spread = 4;

type Case = readonly [string, 'log' | 'brier', 'temperature' | 'isotonic', number, number];

function jobOf([name, score, recalibration]: Case): RefinementJob {
  const { probabilities, labels, options } = sampleNamed(name);
  const columns = probabilities[0]!.length;
  const set = {
    kind: 'probabilities' as const,
    scores: { data: Float64Array.from(probabilities.flat()), rows: labels.length, columns },
    labels: Int32Array.from(labels),
    ...('weights' in options ? { weights: Float64Array.from(options.weights!) } : {}),
    classNames: Array.from({ length: columns }, (_, k) => `${k}`),
    namedClasses: false,
  };
  return { set, sample: measureSample(probabilities, labels, options), score, recalibration };
}

/** Logits twice as large as they should be. */
function tooSure(rows: number, seed: number): { z: number[][]; y: number[] } {
  const random = seededRandom(seed);
  const z = Array.from({ length: rows }, () =>
    Array.from({ length: 3 }, () => 12 * (random.uniform() - 0.5)),
  );
  const y = z.map((row) => {
    const e = row.map((value) => Math.exp(value / 2));
    let left = random.uniform() * e.reduce((sum, value) => sum + value, 0);
    const k = e.findIndex((value) => {
      left -= value;
      return left < 0;
    });
    return k < 0 ? 2 : k;
  });
  return { z, y };
}

describe('the refinement of a score', () => {
  test.each(reference.cases as unknown as Case[])('of %s, %s by %s', (...one) => {
    const [, , , crossed, within] = one;
    const job = jobOf(one);
    const foldOf = Int32Array.from(job.set.labels, (_, i) => i % reference.folds);
    const near = (found: number | undefined, wanted: number) =>
      expect(Math.abs(found! - wanted)).toBeLessThanOrEqual(regrouped * Math.max(1, wanted));
    near(scoreRefined(job, foldOf, reference.folds, {}), crossed);
    near(scoreRefined(job, undefined, 1, {}), within);
  });

  test('is the entropy of the true probabilities, and the calibration error the divergence from them', () => {
    const { z, y } = tooSure(20_000, 1);
    const { score, crossFitted, optimistic, folds } = calibrationRefinement(z, y, { input: 'logits' });
    expect(folds).toBe(5);
    const losses = z.map((row, i) => {
      const e = row.map((value) => Math.exp(value / 2));
      return -Math.log(e[y[i]!]! / e.reduce((sum, value) => sum + value, 0));
    });
    const truth = losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
    // On these rows one temperature comes within its own error of the true one: half a χ² of one degree over N.
    const room = (spread * spread) / losses.length;
    expect(Math.abs(crossFitted!.refinement - truth)).toBeLessThanOrEqual(room);
    expect(optimistic!.refinement).toBeLessThanOrEqual(crossFitted!.refinement);
    expect(Math.abs(crossFitted!.calibrationError + crossFitted!.refinement - score)).toBeLessThanOrEqual(
      regrouped,
    );
    expect(crossFitted!.calibrationError).toBeGreaterThan(0.1);
  });

  test('finds no calibration error on average where there is none; in the sample there seems to be one', () => {
    const runs = 200;
    const errors = { crossFitted: [] as number[], optimistic: [] as number[] };
    for (let run = 0; run < runs; run += 1) {
      const random = seededRandom(100 + run);
      const p = Array.from({ length: 200 }, () => random.uniform());
      const y = p.map((chance) => (random.uniform() < chance ? 1 : 0));
      const found = calibrationRefinement(p, y, {
        binary: 'positive',
        score: 'brier',
        recalibration: 'isotonic',
      });
      errors.crossFitted.push(found.crossFitted!.calibrationError);
      errors.optimistic.push(found.optimistic!.calibrationError);
    }
    const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / runs;
    // Recalibrating what is calibrated can only lose on new rows, and only seems to win on its own.
    expect(mean(errors.crossFitted)).toBeLessThan(0);
    expect(mean(errors.optimistic)).toBeGreaterThan(0);
  });

  test('has the same bits for any order of the rows, weighted', () => {
    const { z, y } = tooSure(300, 2);
    const w = y.map((_, i) => 1 + (i % 4));
    for (const recalibration of ['temperature', 'isotonic'] as const) {
      const of = (order: number[]) =>
        calibrationRefinement(
          order.map((i) => z[i]!),
          order.map((i) => y[i]!),
          { input: 'logits', recalibration, weights: order.map((i) => w[i]!) },
        );
      const plain = y.map((_, i) => i);
      expect(of([...plain].reverse())).toEqual(of(plain));
    }
  });

  test('is missing, with a notice, where a temperature does not exist', () => {
    const { crossFitted, optimistic, folds, notices } = calibrationRefinement(
      [
        [3, 0],
        [3, 0],
      ],
      [0, 0],
      {
        input: 'logits',
      },
    );
    expect([crossFitted, optimistic, folds]).toEqual([null, null, 0]);
    expect(notices[0]!.message).toBe(
      'W_CROSS_FIT: the score cannot be split because some rows admit no temperature fit.',
    );
  });

  test('leaves an infinite score its infinite calibration error', () => {
    const p = [1, 1, 1, 1, 0.5, 0.5, 0.25, 0.25, 0.75, 0.5];
    const y = [0, 1, 1, 1, 0, 1, 0, 0, 1, 1];
    const found = calibrationRefinement(p, y, { binary: 'positive', recalibration: 'isotonic' });
    expect(found.score).toBe(Number.POSITIVE_INFINITY);
    expect(found.crossFitted!.calibrationError).toBe(Number.POSITIVE_INFINITY);
    expect(Number.isFinite(found.crossFitted!.refinement)).toBe(true);
  });
});
