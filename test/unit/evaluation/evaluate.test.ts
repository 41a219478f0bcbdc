import { describe, expect, test } from 'vitest';
import type { Calibrator } from '../../../src/calibrators/calibrator.ts';
import { evaluate } from '../../../src/evaluation/evaluate.ts';
import { evaluateCrossFitted } from '../../../src/evaluation/evaluate-cross-fitted.ts';
import { brierScore } from '../../../src/metrics/brier-score.ts';
import { classwiseCalibrationError } from '../../../src/metrics/classwise-calibration-error.ts';
import { confidenceHistogram } from '../../../src/metrics/confidence-histogram.ts';
import { expectedCalibrationError } from '../../../src/metrics/expected-calibration-error.ts';
import { maximumCalibrationError } from '../../../src/metrics/maximum-calibration-error.ts';
import { negativeLogLikelihood } from '../../../src/metrics/negative-log-likelihood.ts';
import { reliabilityBins } from '../../../src/metrics/reliability-bins.ts';
import { softmaxRow } from '../../../src/numerics/softmax-row.ts';
import { fixedTemperature, simulatedSet } from './simulated-set.ts';

const set = simulatedSet(400, 4, 2);
const codes = (notices: readonly { readonly code: string }[]): string[] => notices.map(({ code }) => code);

/** The set as probabilities at a temperature. */
function probabilitiesAt(temperature: number, { scores } = set) {
  const { data, rows, columns } = scores;
  const p = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i += 1) softmaxRow(data, i * columns, columns, temperature, p, i * columns);
  return { data: p, rows, columns };
}

describe('figures', () => {
  test.each([
    ['equal-width', 'right-closed'],
    ['equal-width', 'left-closed'],
    ['equal-mass', 'right-closed'],
  ] as const)('with %s bins, %s, are those of the public functions', (scheme, edges) => {
    const bins = 10;
    const { before, after } = evaluate(set, {
      model: fixedTemperature(2, 4),
      bins,
      scheme,
      edges,
      resamples: 100,
    });
    for (const [figures, temperature] of [
      [before, 1],
      [after!, 2],
    ] as const) {
      const p = probabilitiesAt(temperature);
      const options = { bins, scheme, edges };
      expect(figures.reliability).toEqual(reliabilityBins(p, set.labels, options));
      expect(figures.ece).toBe(expectedCalibrationError(p, set.labels, options));
      expect(figures.mce).toBe(maximumCalibrationError(p, set.labels, options));
      expect(figures.eceEqualMass).toBe(
        expectedCalibrationError(p, set.labels, { ...options, scheme: 'equal-mass' }),
      );
      expect(figures.classwise).toEqual(classwiseCalibrationError(p, set.labels, options).perClass);
      expect(figures.brier).toBe(brierScore(p, set.labels));
      expect(figures.nll).toBeCloseTo(negativeLogLikelihood(p, set.labels), 13);
      expect(figures.confidenceHistogram).toEqual(confidenceHistogram(p, set.labels));
    }
  });

  test('of probabilities are those of the same logits, before and after', () => {
    const asProbabilities = { ...set, kind: 'probabilities', scores: probabilitiesAt(1) } as const;
    const model = { ...fixedTemperature(2, 4), input: 'probabilities' } as const;
    const fromLogits = evaluate(set, { model: fixedTemperature(2, 4), resamples: 100 });
    const fromProbabilities = evaluate(asProbabilities, { model, resamples: 100 });
    expect(fromProbabilities.before.ece).toBe(fromLogits.before.ece);
    expect(fromProbabilities.after!.ece).toBeCloseTo(fromLogits.after!.ece, 13);
    expect(fromProbabilities.after!.nll).toBeCloseTo(fromLogits.after!.nll!, 13);
  });

  test('are weighted by the weights of the set', () => {
    const weights = Float64Array.from({ length: 400 }, (_, i) => 1 + (i % 3));
    const { before } = evaluate({ ...set, weights });
    const p = probabilitiesAt(1);
    expect(before.ece).toBe(expectedCalibrationError(p, set.labels, { weights }));
    expect(before.brier).toBe(brierScore(p, set.labels, { weights }));
  });

  test('have the same bits for any order of the rows', () => {
    const turn = <Value>(rows: readonly Value[]): Value[] =>
      [...rows.slice(150), ...rows.slice(0, 150)].reverse();
    const { scores, labels } = set;
    const weights = Array.from(labels, (_, i) => 0.1 + ((i * 37) % 101) / 7);
    const rows = Array.from(labels, (_, i) =>
      scores.data.slice(i * scores.columns, (i + 1) * scores.columns),
    );
    const turned = {
      ...set,
      scores: { ...scores, data: Float64Array.from(turn(rows).flatMap((row) => [...row])) },
      labels: Int32Array.from(turn([...labels])),
    };
    const model = fixedTemperature(2, 4);
    const weighted = { ...set, weights: Float64Array.from(weights) };
    const turnedWeighted = { ...turned, weights: Float64Array.from(turn(weights)) };
    for (const [one, other] of [
      [weighted, turnedWeighted],
      [set, turned],
    ] as const) {
      const [straight, shuffled] = [one, other].map((rows) => evaluate(rows, { model }));
      expect(shuffled!.before).toEqual(straight!.before);
      expect(shuffled!.after).toEqual(straight!.after);
      // Intervals too: the rows drawn are the same rows.
      expect(straight!.changes!.nll.interval).not.toBeNull();
      expect(shuffled!.changes).toEqual(straight!.changes);
    }
  });

  test('keep the prediction when the temperature makes neighbours indistinguishable', () => {
    const scores = { data: Float64Array.of(1, 1 + 2 ** -52), rows: 1, columns: 2 };
    const close = { ...set, scores, labels: Int32Array.of(1), classNames: ['a', 'b'] };
    const { before, after } = evaluate(close, { model: fixedTemperature(1e6, 2) });
    expect([before.accuracy, after!.accuracy]).toEqual([1, 1]);
  });

  test('hold null and a count where the NLL is infinite', () => {
    const scores = { data: Float64Array.of(1, 0, 0.5, 0.5), rows: 2, columns: 2 };
    const { before } = evaluate({
      kind: 'probabilities',
      scores,
      labels: Int32Array.of(1, 0),
      classNames: ['a', 'b'],
      namedClasses: false,
    });
    expect([before.nll, before.infiniteRows]).toEqual([null, 1]);
  });

  test('hold no NaN and survive JSON', () => {
    const evaluation = evaluate(set, { model: fixedTemperature(2, 4), resamples: 100 });
    expect(JSON.parse(JSON.stringify(evaluation))).toEqual(evaluation);
  });

  test('of sampling noise agree with simulation of a calibrated classifier', () => {
    // The mean ECE over 60 calibrated sets of 400 rows is known to a few per cent.
    let simulated = 0;
    let predicted = 0;
    let beyond = 0;
    for (let seed = 1; seed <= 60; seed += 1) {
      const { before } = evaluate(simulatedSet(400, 3, 1, seed));
      simulated += before.ece;
      predicted += before.eceNoise;
      beyond += before.ece > before.eceNoiseLimit ? 1 : 0;
    }
    // A sum of half-normal sizes exceeds two standard deviations in some 3 % of sets; 8 of 60 would be beyond chance.
    expect(beyond).toBeLessThan(8);
    expect(predicted / simulated).toBeGreaterThan(0.95);
    expect(predicted / simulated).toBeLessThan(1.05);
  });

  test('of the gap have the standard error of a proportion when confidence is constant', () => {
    const scores = {
      data: Float64Array.from({ length: 200 }, (_, at) => (at % 2 === 0 ? 0.8 : 0.2)),
      rows: 100,
      columns: 2,
    };
    const judged = (right: number) =>
      evaluate({
        kind: 'probabilities',
        scores,
        labels: Int32Array.from({ length: 100 }, (_, i) => (i < right ? 0 : 1)),
        classNames: ['a', 'b'],
        namedClasses: false,
      }).before.gapError;
    expect(judged(60)).toBeCloseTo(Math.sqrt((0.6 * 0.4) / 100), 14);
    // All right: the observed spread is 0, that of perfect calibration is not.
    expect(judged(100)).toBeCloseTo(Math.sqrt((0.8 * 0.2) / 100), 14);
  });
});

describe('evaluate', () => {
  test('without a model describes the scores as they came', () => {
    const { judgement, after, changes, bootstrap, temperature, verdict } = evaluate(set);
    expect([judgement, after, changes, bootstrap, temperature]).toEqual([
      'uncalibrated',
      null,
      null,
      null,
      null,
    ]);
    expect(verdict.direction).toBe('overconfident');
  });

  test('with the right temperature improves overconfident scores', () => {
    const { judgement, verdict, bootstrap, temperature } = evaluate(simulatedSet(2000, 4, 2), {
      model: fixedTemperature(2, 4),
    });
    expect(judgement).toBe('held-out');
    expect(verdict.outcome).toBe('improved');
    expect(temperature).toBe(2);
    expect(bootstrap).toEqual({ resamples: 1000, seed: 1, level: 0.95, method: 'rows' });
  });

  test('with a temperature near 1 on calibrated scores advertises nothing', () => {
    const { verdict } = evaluate(simulatedSet(2000, 4, 1), { model: fixedTemperature(1.02, 4) });
    expect(verdict.outcome).toBe('unchanged');
  });

  test('with the wrong temperature says worse', () => {
    const { verdict } = evaluate(simulatedSet(2000, 4, 1), { model: fixedTemperature(0.4, 4) });
    expect(verdict.outcome).toBe('worse');
  });

  test('with an unfitted temperature judges the scores as they came', () => {
    expect(evaluate(set, { model: fixedTemperature(null, 4) }).judgement).toBe('uncalibrated');
  });

  test('takes calibrated probabilities of any method', () => {
    const given = evaluate(set, { calibrated: probabilitiesAt(2), resamples: 100 });
    const fitted = evaluate(set, { model: fixedTemperature(2, 4), resamples: 100 });
    expect(given.after!.ece).toBe(fitted.after!.ece);
    expect(given.temperature).toBeNull();
    expect(given.verdict.headline).toMatch(/; the calibrator /);
  });

  test('refuses calibrated probabilities that do not fit, and both kinds of calibrator at once', () => {
    expect(() => evaluate(set, { calibrated: Array(400).fill([1, 0, 0, 0, 0]) })).toThrow(
      'E_SHAPE: calibrated probabilities have 5 classes, the scores 4.',
    );
    expect(() => evaluate(set, { calibrated: probabilitiesAt(2), model: fixedTemperature(2, 4) })).toThrow(
      'E_OPTION: pass "model" or "calibrated", not both.',
    );
    const other = { type: 'isotonic', input: 'logits', classes: 4 } as const;
    expect(() => evaluate(set, { model: other })).toThrow(
      'E_OPTION: option "model" must have a temperature, got a model of type "isotonic". Pass its probabilities as "calibrated".',
    );
  });

  test('refuses a model of other classes or another kind', () => {
    expect(() => evaluate(set, { model: fixedTemperature(2, 10) })).toThrow(
      'E_MODEL_CLASSES: model has 10 classes, the data has 4 columns.',
    );
    const model = { ...fixedTemperature(2, 4), input: 'probabilities' } as const;
    expect(() => evaluate(set, { model })).toThrow(
      'E_MODEL_KIND: the calibrator was fitted on probabilities, the data are logits.',
    );
  });

  test('refuses unknown and impossible options', () => {
    const withOptions = (options: object) => () => evaluate(set, options);
    expect(withOptions({ resample: 5 })).toThrow('did you mean "resamples"?');
    expect(withOptions({ resamples: 5 })).toThrow(
      'E_OPTION: option "resamples" must be a whole number 100..100000, got 5.',
    );
    expect(withOptions({ bins: 0 })).toThrow('E_BINS: bins must be a whole number 1..10000, got 0.');
    expect(withOptions({ judgement: 'fair' })).toThrow(
      'E_OPTION: option "judgement" must be one of held-out, same-rows, got "fair".',
    );
  });
});

describe('notices', () => {
  test('are none for a healthy set', () => {
    expect(evaluate(set, { model: fixedTemperature(2, 4), resamples: 100 }).notices).toEqual([]);
  });

  test('say that rows are few and bins many', () => {
    expect(evaluate(simulatedSet(40, 3, 1), { bins: 100 }).notices.map(({ message }) => message)).toEqual([
      'W_FEW_ROWS: 40 rows; 100 or more are advised, with fewer the figures are mostly noise and a misread file is hard to detect.',
      'W_BINS_GT_ROWS: 100 bins for 40 rows; most bins hold one row or none.',
    ]);
  });

  test('say that there is one class only', () => {
    const labels = new Int32Array(400).fill(3);
    expect(evaluate({ ...set, labels }).notices.map(({ message }) => message)).toEqual([
      'W_ONE_CLASS: all 400 labels are class 3; figures and temperature say nothing about other classes.',
    ]);
  });

  test('say that a single row is of one class', () => {
    const one = {
      ...set,
      scores: { ...set.scores, data: set.scores.data.slice(0, set.scores.columns), rows: 1 },
    };
    expect(evaluate({ ...one, labels: Int32Array.of(2) }).notices.map(({ message }) => message)).toContain(
      'W_ONE_CLASS: the only label is class 2; figures and temperature say nothing about other classes.',
    );
  });

  test('say that equal-mass bins were merged, and why', () => {
    const data = Float64Array.from({ length: 400 }, (_, at) => (at % 2 === 0 ? 0.75 : 0.25));
    data.set([0.9, 0.1, 0.6, 0.4]);
    const tied = {
      ...set,
      kind: 'probabilities',
      scores: { data, rows: 200, columns: 2 },
      classNames: ['no', 'yes'],
      labels: set.labels.slice(0, 200).map((y) => y % 2),
    } as const;
    expect(evaluate(tied).notices.map(({ message }) => message)).toEqual([
      'W_BINS_MERGED: 15 equal-mass bins asked, 2 made because 198 rows share the same confidence.',
    ]);
  });

  test('say that a temperature is odd', () => {
    const { notices } = evaluate(set, { model: fixedTemperature(1386304.25, 4), resamples: 100 });
    expect(notices.map(({ message }) => message)).toContain(
      'W_T_EXTREME: temperature 1386304.25 is outside 0.05..20; logits and labels may come from different rows.',
    );
  });

  test('say that the ECE rose while the NLL fell, and how much is noise', () => {
    // In one bin, 300 rows too sure and 200 not sure enough cancel; T parts them, and mends the NLL of the first.
    const data = Float64Array.from({ length: 1000 }, (_, at) => (at % 2 === 1 ? 0 : at < 600 ? 6 : 3));
    const labels = Int32Array.from({ length: 500 }, (_, i) => (i < 12 ? 1 : 0));
    const bold = { ...set, scores: { data, rows: 500, columns: 2 }, labels, classNames: ['a', 'b'] };
    const { notices, changes } = evaluate(bold, { model: fixedTemperature(1.3, 2) });
    expect(changes!.nll.difference).toBeLessThan(0);
    expect(changes!.ece.difference).toBeGreaterThan(0);
    const ece = changes!.ece;
    const noise = ((ece.interval![1] - ece.interval![0]) / 2).toFixed(3);
    const four = (value: number | null): string => value!.toFixed(4);
    expect(notices.map(({ message }) => message).filter((text) => text.startsWith('W_ECE_UP'))).toEqual([
      `W_ECE_UP: ECE rose from ${four(ece.before)} to ${four(ece.after)} while NLL fell from ${four(changes!.nll.before)} to ${four(changes!.nll.after)}. Temperature fits NLL; with 500 rows an ECE change below ${noise} is within noise.`,
    ]);
  });
});

describe('evaluateCrossFitted', () => {
  /** Fits T = 1 + share of wrong rows, or nothing when none is wrong. */
  const byErrors = {
    type: 'temperature',
    title: 'by errors',
    inputs: ['logits'],
    preservesArgmax: true,
    fit: ({ scores }) => fixedTemperature(1 + scores.rows / 400, scores.columns),
    isUsable: ({ temperature }) => temperature !== null,
    predict: ({ temperature }, scores) => probabilitiesAt(temperature!, { ...set, scores }),
  } satisfies Calibrator<ReturnType<typeof fixedTemperature>>;

  test('judges every row at the temperature of its fold', () => {
    const { judgement, temperature, foldTemperatures, after } = evaluateCrossFitted(set, byErrors, {
      resamples: 100,
    });
    expect(judgement).toBe('cross-fitted');
    expect(temperature).toBeNull();
    expect(foldTemperatures).toEqual([1.8, 1.8, 1.8, 1.8, 1.8]);
    expect(after!.ece).toBe(evaluate(set, { model: fixedTemperature(1.8, 4), resamples: 100 }).after!.ece);
  });

  test('says of an odd temperature that it is that of a fold', () => {
    const odd = {
      ...byErrors,
      fit: ({ scores }) => fixedTemperature(99.5, scores.columns),
    } satisfies typeof byErrors;
    const { notices } = evaluateCrossFitted(set, odd, { resamples: 100 });
    expect(notices.map(({ message }) => message)).toContain(
      'W_T_EXTREME: temperature 99.5 of a fold is outside 0.05..20; logits and labels may come from different rows.',
    );
  });

  test('warns of an odd temperature of all rows, also where they cannot be cross-fitted', () => {
    const warning =
      'W_T_EXTREME: temperature 99.5 is outside 0.05..20; logits and labels may come from different rows.';
    const model = fixedTemperature(99.5, 4);
    const without = { ...byErrors, isUsable: () => false } satisfies typeof byErrors;
    for (const calibrator of [byErrors, without]) {
      const { notices } = evaluateCrossFitted(set, calibrator, { resamples: 100, model });
      expect(notices.filter(({ code }) => code === 'W_T_EXTREME').map(({ message }) => message)).toEqual([
        warning,
      ]);
    }
  });

  test('judges methods without a temperature by their probabilities', () => {
    const halves: Calibrator<{ type: 'halves'; input: 'logits'; classes: number }> = {
      ...byErrors,
      type: 'halves',
      fit: ({ scores }) => ({ type: 'halves', input: 'logits', classes: scores.columns }),
      isUsable: () => true,
      predict: (_, scores) => probabilitiesAt(2, { ...set, scores }),
    };
    const { foldTemperatures, after } = evaluateCrossFitted(set, halves, { resamples: 100 });
    expect(foldTemperatures).toBeNull();
    expect(after!.ece).toBe(evaluate(set, { model: fixedTemperature(2, 4), resamples: 100 }).after!.ece);
  });

  test('falls back to the scores as they came, with the reason', () => {
    const never = { ...byErrors, isUsable: () => false };
    const { judgement, after, notices } = evaluateCrossFitted(set, never);
    expect([judgement, after]).toEqual(['uncalibrated', null]);
    expect(codes(notices)).toEqual(['W_CROSS_FIT']);
  });
});
