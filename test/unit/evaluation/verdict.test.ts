import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { temperatureScaling } from '../../../src/calibrators/index.ts';
import type { Change, Evaluation } from '../../../src/evaluation/evaluation.ts';
import { evaluate, evaluateCrossFitted } from '../../../src/evaluation/index.ts';
import { type Findings, verdict } from '../../../src/evaluation/verdict.ts';
import { sampleChange, sampleFigures, sampleFindings, sampleTest } from './sample-findings.ts';
import { fixedTemperature, simulatedSet } from './simulated-set.ts';
import { disagreements } from './verdict-agreement.ts';

const rejected = { test: sampleTest(0.00001) };

describe('whether the scores are miscalibrated', () => {
  const withGap = (accuracy: number, meanConfidence: number, pValue: number) =>
    verdict({
      ...sampleFindings({}, { test: sampleTest(pValue) }),
      before: sampleFigures({ accuracy, meanConfidence, gapError: 0.01 }),
    });

  test('is what the test says, with the gap where that is beyond noise and agrees', () => {
    expect(withGap(0.8, 0.88, 0.00001).headline).toMatch(/^Overconfident by 8 points \(p < 0\.0001\); /);
    expect(withGap(0.8, 0.81, 0.012).headline).toMatch(/^Overconfident \(p = 0\.012\); /);
    expect(withGap(0.88, 0.8, 0.012).headline).toMatch(/^Overconfident \(p = 0\.012\); /);
  });

  test('is nothing where the test does not reject, whatever the gap', () => {
    const { direction, headline } = withGap(0.8, 0.88, 0.0501);
    expect(direction).toBe('balanced');
    expect(headline).toMatch(/^No sign of over- or underconfidence \(p = 0\.05\); /);
    expect(withGap(0.8, 0.88, 0.05).direction).toBe('overconfident');
  });

  test('goes by the level of the evaluation', () => {
    const figures = sampleFigures();
    const before = { ...figures, reliability: { ...figures.reliability, level: 0.99 } };
    expect(verdict({ ...sampleFindings({}, { test: sampleTest(0.02) }), before }).direction).toBe('balanced');
  });

  test('is underconfidence where the best temperature is below 1', () => {
    const findings = sampleFindings({}, { test: sampleTest(0.001, { direction: 'underconfident' }) });
    expect(verdict(findings).direction).toBe('underconfident');
    expect(verdict(findings).headline).toMatch(/^Underconfident \(p = 0\.001\); /);
  });

  test('names an ECE beyond noise that no temperature shows, but not with clusters', () => {
    const before = sampleFigures({ ece: 0.06 });
    expect(verdict({ ...sampleFindings(), before }).headline).toBe(
      'No sign of over- or underconfidence (p = 0.43), but not right at every confidence: ECE 6.0%, where noise alone would give about 1.5%; the change by T = 1.83 is within noise: one temperature does not correct this.',
    );
    const clustered = { ...sampleFindings({}, { test: sampleTest(0.43, { clusters: 40 }) }), before };
    expect(verdict(clustered).headline).not.toContain('ECE');
  });
});

describe('what scaling gains', () => {
  const said = (...args: Parameters<typeof sampleFindings>) => {
    const { outcome, headline } = verdict(sampleFindings(...args));
    return [outcome, headline.replace(/^[^;]*; /, '')];
  };

  test('with loss and ECE down names both', () => {
    expect(said({ nll: [0.5, 0.45, 0.01], ece: [0.079, 0.038, 0.01] }, rejected)).toEqual([
      'improved',
      'T = 1.83 lowers the NLL (0.500 to 0.450 nats) and the debiased ECE (7.9% to 3.8%).',
    ]);
  });

  test('with the loss down says what the ECE does', () => {
    expect(said({ nll: [0.5, 0.45, 0.01], ece: [0.02, 0.021, 0.01] }, rejected)).toEqual([
      'improved',
      'T = 1.83 lowers the NLL (0.500 to 0.450 nats); the change of the debiased ECE (2.0% to 2.1%) is within noise.',
    ]);
    expect(said({ nll: [0.5, 0.45, 0.01], ece: [0.01, 0.05, 0.01] }, rejected)).toEqual([
      'improved',
      'T = 1.83 lowers the NLL (0.500 to 0.450 nats) but raises the debiased ECE (1.0% to 5.0%).',
    ]);
  });

  test('is uncertain where the test rejects and the loss is within noise', () => {
    expect(said({ nll: [0.4289, 0.4141, 0.017] }, rejected)).toEqual([
      'uncertain',
      'how much T = 1.83 gains is uncertain with 1,000 rows: NLL change -0.0148 (-0.0318 to +0.0022).',
    ]);
    expect(said({ ece: [0.08, 0.04, 0.01] }, rejected)[1]).toMatch(
      /; the debiased ECE \(8\.0% to 4\.0%\) falls\.$/,
    );
    expect(said({ ece: [0.04, 0.08, 0.01] }, rejected)[1]).toMatch(
      /; the debiased ECE \(4\.0% to 8\.0%\) rises\.$/,
    );
  });

  test('is nothing where neither the test nor the changes show anything', () => {
    expect(said({ ece: [0.0115, 0.0157, 0.01] })).toEqual([
      'unchanged',
      'the change by T = 1.83 is within noise: keep the scores as they are.',
    ]);
  });

  test('of a temperature is weak evidence where the test does not reject', () => {
    expect(said({ nll: [0.5, 0.45, 0.01] })[0]).toBe('uncertain');
    expect(said({ ece: [0.08, 0.04, 0.01] })).toEqual([
      'uncertain',
      'T = 1.83 lowers the debiased ECE (8.0% to 4.0%), while the change of the NLL is within noise.',
    ]);
  });

  test('is uncertain where the floor of the probabilities decides it', () => {
    const floorSensitivity = { floor: 0.005, points: [], isDecisive: true };
    const gain = { nll: [0.5, 0.45, 0.01] } as const;
    expect(said(gain, { ...rejected, floorSensitivity })).toEqual([
      'uncertain',
      'whether T = 1.83 is a gain depends on the floor of 0.005 that replaces probabilities below it.',
    ]);
    const harmless = { ...floorSensitivity, isDecisive: false };
    expect(said(gain, { ...rejected, floorSensitivity: harmless })[0]).toBe('improved');
  });

  test('of another calibrator may be of a kind that the test does not see', () => {
    const other = { temperature: null, savedTemperature: null };
    expect(said({ nll: [0.5, 0.45, 0.01] }, other)).toEqual([
      'improved',
      'the calibrator lowers the NLL (0.500 to 0.450 nats); the change of the debiased ECE (2.0% to 2.0%) is within noise, which is miscalibration of another kind.',
    ]);
  });

  test('goes by the Brier score where the NLL is infinite', () => {
    const gap = { test: sampleTest(0.001, { method: 'gap', temperature: null }) };
    expect(said({ nll: null, brier: [0.3, 0.25, 0.01] }, gap)[1]).toMatch(
      /^T = 1\.83 lowers the Brier score \(0\.300 to 0\.250\); the change of the debiased ECE/,
    );
  });

  test('is a loss where loss or ECE rise', () => {
    expect(said({ nll: [0.5, 0.6, 0.01], ece: [0.02, 0.08, 0.01] })).toEqual([
      'worse',
      'T = 1.83 makes things worse: it raises the NLL (0.500 to 0.600 nats) and the debiased ECE (2.0% to 8.0%).',
    ]);
    expect(said({ nll: [0.5, 0.6, 0.01] }, rejected)[1]).toBe(
      'T = 1.83 makes things worse: it raises the NLL (0.500 to 0.600 nats).',
    );
    expect(said({ nll: [0.5, 0.6, 0.01], ece: [0.08, 0.02, 0.01] })[1]).toBe(
      'T = 1.83 lowers the debiased ECE (8.0% to 2.0%) but raises the NLL (0.500 to 0.600 nats): not an improvement.',
    );
    expect(said({ ece: [0.02, 0.08, 0.01] })[1]).toBe(
      'T = 1.83 raises the debiased ECE (2.0% to 8.0%) and does not lower the NLL: keep the scores as they are.',
    );
  });

  test('names the saved temperature, never one of the folds', () => {
    const folds = { temperature: null, foldTemperatures: [1.86, 1.79, 1.834] };
    expect(said({ nll: [0.5, 0.45, 0.01] }, { ...rejected, ...folds })[1]).toMatch(/^T = 1\.83 lowers/);
    const unknown = { ...rejected, ...folds, savedTemperature: null };
    expect(said({ nll: [0.5, 0.45, 0.01] }, unknown)[1]).toMatch(/^temperature scaling lowers/);
  });
});

describe('uncalibrated scores', () => {
  const asCame = (figures: Parameters<typeof sampleFigures>[0], pValue = 0.43) =>
    verdict({
      ...sampleFindings({}, { after: null, changes: null, bootstrap: null, temperature: null }),
      judgement: 'uncalibrated',
      before: sampleFigures(figures),
      test: sampleTest(pValue),
    });

  test('have their ECE beside its noise', () => {
    const { outcome, headline, details } = asCame({ meanConfidence: 0.88, ece: 0.081 }, 0.001);
    expect(outcome).toBe('as-is');
    expect(headline).toBe(
      'Overconfident by 8 points (p = 0.001): ECE 8.1%, where noise alone would give about 1.5%.',
    );
    expect(details).toEqual([
      'No calibrator was applied to these 1,000 rows.',
      'Likelihood-ratio test of T = 1 for the uncalibrated scores: statistic 3, p = 0.001; the best T of these rows is 1.35.',
    ]);
  });

  test('may be right on the whole and not everywhere', () => {
    expect(asCame({ ece: 0.06 }).headline).toBe(
      'No sign of over- or underconfidence (p = 0.43), but not right at every confidence: ECE 6.0%, where noise alone would give about 1.5%.',
    );
    expect(asCame({ ece: 0.0172 }).headline).toBe(
      'No sign of over- or underconfidence (p = 0.43): ECE 1.7%, where noise alone would give about 1.5%.',
    );
  });
});

describe('the details', () => {
  const details = (...args: Parameters<typeof sampleFindings>) => verdict(sampleFindings(...args)).details;

  test('say how it was evaluated', () => {
    expect(details()[0]).toBe('Evaluated on 1,000 rows of a set other than the one fitted.');
    expect(details({}, { judgement: 'same-rows' })[0]).toBe(
      'Evaluated on the 1,000 rows it was fitted on, so the after-figures are optimistic; evaluate it on other rows before quoting them.',
    );
    const folds = { judgement: 'cross-fitted', temperature: null, foldTemperatures: [1.9, 1.7] } as const;
    expect(details({}, folds)[0]).toBe(
      'Evaluated by cross-fitting: each of 1,000 rows by a calibrator fitted without it (2 folds, T 1.7 to 1.9).',
    );
  });

  test('give the test with its kind', () => {
    const robust = sampleTest(0.2, { method: 'robust-likelihood-ratio', clusters: 80 });
    expect(details({}, { test: robust })[1]).toBe(
      'Robust likelihood-ratio test of T = 1 for the uncalibrated scores, over 80 clusters: statistic 3, p = 0.2; the best T of these rows is 1.35.',
    );
    const gap = sampleTest(0.2, { method: 'gap', temperature: null });
    expect(details({}, { test: gap })[1]).toBe(
      'One row admits no likelihood-ratio test; test of accuracy against mean confidence: statistic 3, p = 0.2.',
    );
    expect(details({ nll: null }, { test: gap })[1]).toBe(
      'The NLL of the uncalibrated scores is infinite, so no likelihood-ratio test is possible; test of accuracy against mean confidence: statistic 3, p = 0.2.',
    );
  });

  test('give the changes with their intervals', () => {
    expect(details({ nll: [0.5, 0.45, 0.01], ece: [0.0795, 0.04, 0.05] })[2]).toBe(
      'Changes with their 95% intervals: NLL -0.0500 nats (-0.0600 to -0.0400); Brier score 0.0000 (-0.0100 to +0.0100, within noise); debiased ECE of 15 equal-width bins -3.95 points (-8.95 to +1.05, within noise).',
    );
  });

  test('leave out an infinite NLL and say why', () => {
    const findings = sampleFindings({ nll: null });
    const one = verdict({ ...findings, before: sampleFigures({ nll: null, infiniteRows: 1 }) }).details;
    expect(one).toContain(
      '1 row gives its true class probability 0, so the NLL is infinite and is not compared.',
    );
    expect(one[2]).toMatch(/^Changes with their 95% intervals: Brier score/);
  });

  test('say why accuracy stays, or that it moved', () => {
    expect(details()).toContain('Accuracy stays 80.0%, as a temperature never changes which class wins.');
    const other = { temperature: null };
    expect(details({}, other)).toContain('Accuracy stays 80.0%.');
    expect(details({}, { ...other, after: sampleFigures({ accuracy: 0.812 }) })).toContain(
      'Accuracy goes from 80.0% to 81.2%.',
    );
  });

  test('say whether more than noise is left, but not with clusters', () => {
    expect(details().at(-1)).toBe('The ECE after calibration is 2.0%.');
    expect(details({}, { after: sampleFigures({ ece: 0.05 }) }).at(-1)).toBe(
      'The ECE after calibration is 5.0%, beyond noise; the reliability table shows where.',
    );
    expect(details({}, { test: sampleTest(0.4, { clusters: 9 }) }).at(-1)).toMatch(/^Accuracy/);
  });
});

describe('no verdict contradicts its figures', () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  const change = fc
    .tuple(share, share, fc.double({ min: 1e-6, max: 0.3, noNaN: true }))
    .map(([before, after, noise]): Change => sampleChange(before, after, noise));
  const missing: Change = {
    before: null,
    after: null,
    difference: null,
    interval: null,
    withinNoise: true,
    standardError: null,
    pValue: null,
    adjusted: null,
  };
  const findings = fc
    .record({
      nll: fc.option(change, { nil: missing }),
      brier: change,
      ece: change,
      eceDebiased: change,
      pValue: fc.oneof(share, fc.constantFrom(0, 1e-300, 0.05, 1)),
      direction: fc.constantFrom('overconfident', 'underconfident', 'none'),
      clusters: fc.constantFrom(null, 12),
      figures: fc.record({ accuracy: share, meanConfidence: share, gapError: share, ece: share }),
      temperature: fc.double({ min: 0.01, max: 100, noNaN: true }),
      binary: fc.constantFrom('confidence', 'positive'),
      kind: fc.constantFrom('held-out', 'same-rows', 'cross-fitted', 'other', 'uncalibrated'),
    })
    .map(({ kind, binary, temperature, figures, pValue, direction, clusters, ...changes }): Findings => {
      const isTemperature = kind !== 'other' && kind !== 'uncalibrated';
      const base = sampleFindings();
      return {
        ...base,
        judgement: kind === 'other' ? 'held-out' : kind,
        binary,
        before: sampleFigures({ ...figures, nll: changes.nll.before }),
        after: kind === 'uncalibrated' ? null : sampleFigures({ nll: changes.nll.after }),
        changes: kind === 'uncalibrated' ? null : changes,
        temperature: isTemperature && kind !== 'cross-fitted' ? temperature : null,
        foldTemperatures: kind === 'cross-fitted' ? [temperature * 0.9, temperature * 1.1] : null,
        savedTemperature: isTemperature ? temperature : null,
        test: sampleTest(pValue, { direction, clusters }),
      };
    });

  test('whatever the figures are', () => {
    void fc.assert(
      fc.property(findings, (found) => {
        const evaluation: Evaluation = { ...found, verdict: verdict(found) };
        expect(disagreements(evaluation)).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });

  test('on simulated sets of every kind', () => {
    for (let seed = 1; seed <= 40; seed += 1) {
      const rows = [1, 2, 7, 40, 200][seed % 5]!;
      const set = simulatedSet(rows, 2 + (seed % 3), [0.6, 1, 1.5, 3][seed % 4]!, seed);
      const weights = Float64Array.from({ length: rows }, (_, i) => 1 + (i % 3));
      const weighted = seed % 2 === 0 ? set : { ...set, weights };
      const options = { resamples: 100, seed };
      const model = fixedTemperature(1.3, set.scores.columns);
      expect(disagreements(evaluate(weighted, options))).toEqual([]);
      expect(disagreements(evaluate(weighted, { ...options, model }))).toEqual([]);
      if (rows >= 7)
        expect(
          disagreements(evaluateCrossFitted(weighted, temperatureScaling, { ...options, model })),
        ).toEqual([]);
    }
  });
});
