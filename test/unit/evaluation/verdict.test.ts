import { describe, expect, test } from 'vitest';
import { verdict } from '../../../src/evaluation/verdict.ts';
import { sampleFigures, sampleFindings } from './sample-findings.ts';

const up = 0.05;

describe('the direction before', () => {
  const withGap = (accuracy: number, meanConfidence: number) =>
    verdict({ ...sampleFindings(), before: sampleFigures({ accuracy, meanConfidence, gapError: 0.01 }) });

  test('is overconfident when confidence exceeds accuracy by more than its noise', () => {
    const { direction, headline } = withGap(0.8, 0.88);
    expect(direction).toBe('overconfident');
    expect(headline).toMatch(/^Overconfident by 8 points; /);
  });

  test('is underconfident the other way round', () => {
    const { direction, headline } = withGap(0.8, 0.765);
    expect(direction).toBe('underconfident');
    expect(headline).toMatch(/^Underconfident by 3\.5 points; /);
  });

  test('is balanced within 1.96 standard errors', () => {
    expect(withGap(0.8, 0.8195).direction).toBe('balanced');
    expect(withGap(0.8, 0.8197).direction).toBe('overconfident');
    expect(withGap(0.8, 0.8195).headline).toMatch(/^Confidence matches accuracy on the whole; /);
  });
});

describe('an improvement', () => {
  const gain = (ece: readonly [number, number, number]) =>
    verdict(sampleFindings({ nll: [0.5, 0.45, 0.01], brier: [0.3, 0.28, 0.01], ece }));

  test('that halves the ECE is said to', () => {
    const { outcome, headline } = gain([0.079, 0.038, 0.01]);
    expect(outcome).toBe('improved');
    expect(headline).toBe(
      'Confidence matches accuracy on the whole; T = 1.83 halves the ECE (7.9 % to 3.8 %).',
    );
  });

  test('beyond a half names the divisor', () => {
    expect(gain([0.079, 0.0199, 0.01]).headline).toMatch(
      /T = 1\.83 divides the ECE by 4 \(7\.9 % to 2\.0 %\)\.$/,
    );
    expect(gain([0.079, 0.023, 0.01]).headline).toMatch(/divides the ECE by 3\.4 \(7\.9 % to 2\.3 %\)\.$/);
  });

  test('to almost nothing names no divisor', () => {
    expect(gain([0.079, 0.001, 0.01]).headline).toMatch(/all but removes the ECE \(7\.90 % to 0\.10 %\)\.$/);
    expect(gain([0.079, 0, 0.01]).headline).toMatch(/all but removes the ECE \(7\.90 % to 0\.00 %\)\.$/);
  });

  test('of less than a half gives both figures', () => {
    expect(gain([0.079, 0.06, 0.01]).headline).toMatch(/T = 1\.83 lowers the ECE \(7\.9 % to 6\.0 %\)\.$/);
  });

  test('of the loss alone says that the ECE is within noise', () => {
    const { outcome, headline } = gain([0.02, 0.021, 0.01]);
    expect(outcome).toBe('improved');
    expect(headline).toMatch(
      /T = 1\.83 lowers the NLL \(0\.500 to 0\.450 nats\); the change of the ECE \(2\.0 % to 2\.1 %\) is within noise\.$/,
    );
  });

  test('of the loss with a higher ECE says both', () => {
    const { outcome, headline } = gain([0.01, up, 0.01]);
    expect(outcome).toBe('improved');
    expect(headline).toMatch(
      /T = 1\.83 lowers the NLL \(0\.500 to 0\.450 nats\) but raises the ECE \(1\.0 % to 5\.0 %\)\.$/,
    );
  });

  test('of the ECE alone is one', () => {
    const { outcome, headline } = verdict(sampleFindings({ ece: [0.08, 0.04, 0.01] }));
    expect(outcome).toBe('improved');
    expect(headline).toMatch(/halves the ECE/);
  });

  test('where the NLL is infinite is judged by the Brier score', () => {
    const { outcome, headline } = verdict(sampleFindings({ nll: null, brier: [0.3, 0.25, 0.01] }));
    expect(outcome).toBe('improved');
    expect(headline).toMatch(/T = 1\.83 lowers the Brier score \(0\.300 to 0\.250\); the change of the ECE/);
  });
});

describe('no improvement', () => {
  test('within noise is not advertised', () => {
    const { outcome, headline } = verdict(sampleFindings({ ece: [0.0115, 0.0157, 0.01] }));
    expect(outcome).toBe('unchanged');
    expect(headline).toBe(
      'Confidence matches accuracy on the whole; T = 1.83 changes the ECE from 1.1 % to 1.6 %, which is within noise: scaling is not worth advertising.',
    );
  });

  test('beyond noise but tiny is not advertised either', () => {
    const { outcome, headline } = verdict(
      sampleFindings({ nll: [0.5, 0.4999, 0.00001], ece: [0.02, 0.0199, 0.00001] }),
    );
    expect(outcome).toBe('unchanged');
    expect(headline).toMatch(
      /changes the ECE from 2\.00 % to 1\.99 %, too little to matter: scaling is not worth advertising\.$/,
    );
  });

  test('an equal ECE is not called a change', () => {
    const { outcome, headline } = verdict(sampleFindings());
    expect(outcome).toBe('unchanged');
    expect(headline).toMatch(/T = 1\.83 leaves the ECE at 2\.0 %: scaling is not worth advertising\.$/);
  });
});

describe('a deterioration', () => {
  test('of loss and ECE names both', () => {
    const { outcome, headline } = verdict(sampleFindings({ nll: [0.5, 0.6, 0.01], ece: [0.02, 0.08, 0.01] }));
    expect(outcome).toBe('worse');
    expect(headline).toMatch(
      /T = 1\.83 makes things worse: it raises the NLL \(0\.500 to 0\.600 nats\) and the ECE \(2\.0 % to 8\.0 %\)\.$/,
    );
  });

  test('of the loss alone names it', () => {
    const { outcome, headline } = verdict(sampleFindings({ nll: [0.5, 0.6, 0.01] }));
    expect(outcome).toBe('worse');
    expect(headline).toMatch(/T = 1\.83 makes things worse: it raises the NLL \(0\.500 to 0\.600 nats\)\.$/);
  });

  test('of the loss is none the better for a lower ECE', () => {
    const { outcome, headline } = verdict(sampleFindings({ nll: [0.5, 0.6, 0.01], ece: [0.08, 0.02, 0.01] }));
    expect(outcome).toBe('worse');
    expect(headline).toMatch(
      /T = 1\.83 lowers the ECE \(8\.0 % to 2\.0 %\) but raises the NLL \(0\.500 to 0\.600 nats\): not an improvement\.$/,
    );
  });

  test('of the ECE alone says that the loss did not fall', () => {
    const { outcome, headline } = verdict(sampleFindings({ ece: [0.02, 0.08, 0.01] }));
    expect(outcome).toBe('worse');
    expect(headline).toMatch(/T = 1\.83 raises the ECE \(2\.0 % to 8\.0 %\) and does not lower the loss\.$/);
  });
});

describe('scores as they came', () => {
  const asCame = (figures: Parameters<typeof sampleFigures>[0]) =>
    verdict({
      ...sampleFindings({}, { after: null, changes: null, bootstrap: null, temperature: null }),
      judgement: 'uncalibrated',
      before: sampleFigures(figures),
    });

  test('are overconfident with the ECE beside its noise', () => {
    const { outcome, headline, details } = asCame({ meanConfidence: 0.88, ece: 0.081 });
    expect(outcome).toBe('as-is');
    expect(headline).toBe('Overconfident by 8 points: ECE 8.1 %, where noise alone would give about 1.5 %.');
    expect(details).toEqual(['No calibrator was applied to these 1,000 rows.']);
  });

  test('are right on the whole but not everywhere', () => {
    expect(asCame({ ece: 0.06 }).headline).toBe(
      'Right on the whole but not at every confidence: ECE 6.0 %, where noise alone would give about 1.5 %.',
    );
  });

  test('match as far as the rows can tell', () => {
    expect(asCame({ ece: 0.0172 }).headline).toBe(
      'Confidence matches accuracy as far as 1,000 rows can tell: ECE 1.7 %, where noise alone would give about 1.5 %.',
    );
  });
});

describe('the subject', () => {
  const subject = (findings: Parameters<typeof sampleFindings>[1]) =>
    verdict(sampleFindings({ ece: [0.08, 0.04, 0.01] }, findings)).headline;

  test('is the middle temperature of the folds when cross-fitted', () => {
    expect(subject({ temperature: null, foldTemperatures: [1.86, 1.79, 1.834] })).toMatch(
      /; T near 1\.83 halves/,
    );
  });

  test('is the calibrator when there is no temperature', () => {
    expect(subject({ temperature: null })).toMatch(/; the calibrator halves/);
  });
});

describe('the details', () => {
  const details = (...args: Parameters<typeof sampleFindings>) => verdict(sampleFindings(...args)).details;

  test('say how it was judged', () => {
    expect(details()[0]).toBe('Judged on 1,000 rows that played no part in the fit.');
    expect(details({}, { judgement: 'same-rows' })[0]).toBe(
      'Judged on the 1,000 rows it was fitted on, so the after-figures are optimistic; judge on other rows before quoting them.',
    );
    expect(
      details({}, { judgement: 'cross-fitted', temperature: null, foldTemperatures: [1.9, 1.7] })[0],
    ).toBe(
      'Judged by cross-fitting: each of 1,000 rows by a calibrator fitted without it (2 folds, T 1.7 to 1.9).',
    );
    expect(details({}, { judgement: 'cross-fitted', temperature: null })[0]).toBe(
      'Judged by cross-fitting: each of 1,000 rows by a calibrator fitted without it.',
    );
  });

  test('give the changes with their intervals', () => {
    expect(details({ nll: [0.5, 0.45, 0.01], ece: [0.0795, 0.04, 0.05] })[1]).toBe(
      'Changes with their 95 % interval: NLL -0.0500 nats (-0.0600 to -0.0400); Brier score 0.0000 (-0.0100 to +0.0100, within noise); ECE -3.95 points (-8.95 to +1.05, within noise).',
    );
  });

  test('leave out an infinite NLL and say why', () => {
    const findings = sampleFindings({ nll: null });
    const one = verdict({ ...findings, before: sampleFigures({ nll: null, infiniteRows: 1 }) }).details;
    expect(one).toContain(
      '1 row gives its true class probability 0, so the NLL is infinite and is not compared.',
    );
    expect(one[1]).toMatch(/^Changes with their 95 % interval: Brier score/);
    const three = verdict({ ...findings, before: sampleFigures({ nll: null, infiniteRows: 3 }) }).details;
    expect(three).toContain(
      '3 rows give their true class probability 0, so the NLL is infinite and is not compared.',
    );
  });

  test('say why accuracy stays, or that it moved', () => {
    expect(details()).toContain('Accuracy stays 80.0 %, as a temperature never changes which class wins.');
    expect(details({}, { temperature: null })).toContain('Accuracy stays 80.0 %.');
    expect(details({}, { temperature: null, after: sampleFigures({ accuracy: 0.812 }) })).toContain(
      'Accuracy goes from 80.0 % to 81.2 %.',
    );
  });

  test('say whether more than noise is left', () => {
    expect(details().at(-1)).toBe(
      'The ECE of 2.0 % that is left is no more than noise alone can give (about 1.5 % on average).',
    );
    expect(details({}, { after: sampleFigures({ ece: 0.05 }) }).at(-1)).toBe(
      'An ECE of 5.0 % is left, where noise alone would give about 1.5 %; the reliability table shows at which confidences.',
    );
  });
});
