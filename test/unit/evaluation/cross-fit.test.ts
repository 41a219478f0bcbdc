import { describe, expect, test } from 'vitest';
import type { Calibrator } from '../../../src/calibrators/calibrator.ts';
import { temperatureScaling } from '../../../src/calibrators/index.ts';
import type { CalibratorModel } from '../../../src/core/calibrator-model.ts';
import { CalibrationError } from '../../../src/core/errors.ts';
import { seededRandom } from '../../../src/core/random.ts';
import type { ScoredSet } from '../../../src/core/scored-set.ts';
import { heldNumbers } from '../../../src/core/stored-set.ts';
import { crossFit } from '../../../src/evaluation/cross-fit.ts';
import { rowsOf } from '../../../src/evaluation/rows-of.ts';
import { stratifiedFolds } from '../../../src/evaluation/stratified-folds.ts';
import { argmaxRow } from '../../../src/numerics/top-label.ts';
import { simulatedSet } from './simulated-set.ts';

/** A calibrator that keeps what it was fitted on, so that a test can see it. */
interface Recorded extends CalibratorModel {
  readonly type: 'recorded';
  readonly rows: readonly number[];
  readonly wrong: number;
}

const firstScores = ({ scores }: ScoredSet): number[] =>
  Array.from({ length: scores.rows }, (_, i) => scores.data[i * scores.columns]!);

const countWrong = ({ scores, labels }: ScoredSet): number =>
  labels.filter((label, i) => argmaxRow(scores.data, i * scores.columns, scores.columns) !== label).length;

function recorder(refuse: (set: ScoredSet) => 'no' | 'unusable' | 'throws' = () => 'no') {
  const method: Calibrator<Recorded> = {
    type: 'recorded',
    title: 'recorder',
    inputs: ['logits'],
    preservesArgmax: true,
    fit: (set) => {
      if (refuse(set) === 'throws') throw new CalibrationError('E_FIT_NONFINITE', { what: 'no fit' });
      const usable = refuse(set) === 'no';
      return {
        type: 'recorded',
        input: 'logits',
        classes: 3,
        rows: firstScores(set),
        wrong: usable ? countWrong(set) : -1,
      };
    },
    isUsable: ({ wrong }) => wrong >= 0,
    // Says of each row whether the model was fitted on it.
    predict: ({ rows }, scores) => {
      const seen = new Set(rows);
      const data = Float64Array.from(scores.data, (_, at) =>
        seen.has(scores.data[at - (at % scores.columns)]!) ? 1 : 0,
      );
      return { ...scores, data };
    },
  };
  return method;
}

describe('stratified folds', () => {
  const set = simulatedSet(203, 3, 2);
  const foldOf = heldNumbers(stratifiedFolds(set, 5, seededRandom(1)));

  test('hold every row once and differ by at most one in size', () => {
    const sizes = [0, 1, 2, 3, 4].map((fold) => foldOf.filter((own) => own === fold).length);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(203);
    expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
  });

  test('share out each class evenly', () => {
    for (let fold = 0; fold < 5; fold += 1) {
      for (let label = 0; label < 3; label += 1) {
        const all = set.labels.filter((own) => own === label).length;
        const here = set.labels.filter((own, i) => own === label && foldOf[i] === fold).length;
        expect(Math.abs(here - all / 5)).toBeLessThan(1);
      }
    }
  });

  test('do not depend on the scores', () => {
    const scores = { ...set.scores, data: set.scores.data.map((z) => -z) };
    expect(heldNumbers(stratifiedFolds({ ...set, scores }, 5, seededRandom(1)))).toEqual(foldOf);
  });

  test('follow the seed', () => {
    const again = (seed: number) => heldNumbers(stratifiedFolds(set, 5, seededRandom(seed)));
    expect(again(1)).toEqual(foldOf);
    expect(again(2)).not.toEqual(foldOf);
  });
});

describe('cross-fitting', () => {
  const set = simulatedSet(100, 3, 2);

  test('predicts every row by a model that never saw it, fitted on all the others', () => {
    const { folds, foldOf, models, probabilities, notices } = crossFit(set, recorder());
    expect(folds).toBe(5);
    expect(models.map(({ rows }) => rows.length)).toEqual([80, 80, 80, 80, 80]);
    expect([...probabilities!.data].every((seen) => seen === 0)).toBe(true);
    const own = firstScores(set).filter((_, i) => foldOf[i] === 2);
    expect([...models[2]!.rows, ...own].sort()).toEqual(firstScores(set).sort());
    expect(notices).toEqual([]);
  });

  test('keeps clusters together', () => {
    const clusters = Array.from({ length: 100 }, (_, i) => `patient ${i % 17}`);
    const { folds, foldOf } = crossFit(set, recorder(), { clusters });
    expect(folds).toBe(5);
    for (const name of new Set(clusters)) {
      expect(new Set(foldOf.filter((_, i) => clusters[i] === name)).size).toBe(1);
    }
  });

  test('makes no more folds than clusters', () => {
    const clusters = Array.from({ length: 100 }, (_, i) => i % 3);
    const { folds, notices } = crossFit(set, recorder(), { clusters });
    expect(folds).toBe(3);
    expect(notices.map(({ message }) => message)).toEqual([
      'W_CROSS_FIT: 5 folds asked, 3 made because there are 3 clusters.',
    ]);
  });

  test('carries the weights along', () => {
    const weights = Float64Array.from({ length: 100 }, (_, i) => i);
    let total = 0;
    const method = recorder((part) => {
      expect(part.weights).toHaveLength(80);
      for (const [i, score] of firstScores(part).entries()) {
        expect(part.weights![i]).toBe(firstScores(set).indexOf(score));
      }
      total += 1;
      return 'no';
    });
    crossFit({ ...set, weights }, method);
    expect(total).toBeGreaterThan(0);
  });

  test('fits a large set without copying it, to the same temperatures', () => {
    const large = simulatedSet(20_000, 210, 4);
    const { models, foldOf } = crossFit(large, temperatureScaling, { folds: 2 });
    for (const [fold, model] of models.entries()) {
      const others = Int32Array.from(foldOf.keys()).filter((row) => foldOf[row] !== fold);
      const alone = temperatureScaling.fit(rowsOf(large, others));
      expect(model.rows).toBe(others.length);
      // Rows are summed in other blocks, so the last digits may differ.
      expect(Math.abs(model.temperature! / alone.temperature! - 1)).toBeLessThan(1e-13);
    }
  });

  test('makes no more folds than rows', () => {
    const { folds, notices } = crossFit(simulatedSet(3, 3, 2), recorder());
    expect(folds).toBe(3);
    expect(notices.map(({ message }) => message)).toEqual([
      'W_CROSS_FIT: 5 folds asked, 3 made because there are 3 rows.',
    ]);
  });

  test.each(['unusable', 'throws'] as const)('tries fewer folds when a fit %s', (how) => {
    const { folds, notices } = crossFit(
      set,
      recorder(({ labels }) => (labels.length > 70 ? how : 'no')),
    );
    expect(folds).toBe(3);
    expect(notices.map(({ message }) => message)).toEqual([
      'W_CROSS_FIT: 5 folds asked, 3 made because the 75 rows outside one of 4 folds admit no fit.',
    ]);
  });

  test('reports when no number of folds will do', () => {
    const { folds, models, probabilities, notices } = crossFit(
      set,
      recorder(() => 'throws'),
    );
    expect([folds, models.length, probabilities]).toEqual([0, 0, null]);
    expect(notices.map(({ message }) => message)).toEqual([
      'W_CROSS_FIT: the rows cannot be cross-fitted because the 50 rows outside one of 2 folds admit no fit.',
    ]);
  });

  test('speaks of a single row outside a fold as of one', () => {
    expect(
      crossFit(
        simulatedSet(2, 3, 2),
        recorder(() => 'throws'),
      ).notices[0]?.message,
    ).toBe(
      'W_CROSS_FIT: the rows cannot be cross-fitted because the only row outside one of 2 folds admits no fit.',
    );
  });

  test('one row cannot be cross-fitted', () => {
    expect(crossFit(simulatedSet(1, 3, 2), recorder()).notices[0]?.message).toBe(
      'W_CROSS_FIT: the rows cannot be cross-fitted because there is 1 row.',
    );
  });

  test('passes on errors that are not about the fit', () => {
    const broken: Calibrator<Recorded> = {
      ...recorder(),
      fit: () => {
        throw new TypeError('a defect');
      },
    };
    expect(() => crossFit(set, broken)).toThrow(TypeError);
    expect(() => crossFit(set, recorder(), { signal: AbortSignal.abort() })).toThrow(/^E_ABORTED: /);
  });

  test('refuses fewer than two folds and unknown options', () => {
    expect(() => crossFit(set, recorder(), { folds: 1 })).toThrow(
      'E_OPTION: option "folds" must be a whole number 2..100, got 1.',
    );
    expect(() => crossFit(set, recorder(), { fold: 3 } as object)).toThrow('did you mean "folds"?');
  });
});
