import { normalQuantile } from '../numerics/special-functions.ts';
import type { Evaluation, Verdict } from './evaluation.ts';
import { isRare } from './is-rare.ts';
import { positiveClause } from './positive-clause.ts';
import { percent, points, pText } from './wording.ts';

type Findings = Omit<Evaluation, 'verdict'>;

/** Whether the test rejects T = 1 at the level of the evaluation. */
export function isMiscalibrated({ test, before }: Pick<Findings, 'test' | 'before'>): boolean {
  return test.direction !== 'none' && isRare(test.pValue, before.reliability.level);
}

/** What the test finds. */
export function directionOf(findings: Pick<Findings, 'test' | 'before'>): Verdict['direction'] {
  const { direction } = findings.test;
  return direction === 'none' || !isMiscalibrated(findings) ? 'balanced' : direction;
}

/**
 * Standard deviations by which an ECE must exceed its noise to be called uneven. Holm's correction for the ten tests of
 * `calibrationTests` rejects for sure at p ≤ 0.005, which is 2.6 of a normal variable; the rest allows for the approximation and
 * for the draws of the test, so that the claim never contradicts it.
 */
const surelyBeyond = 3.5;

/** Whether the ECE surely exceeds what a calibrated model of independent rows shows, which clusters leave open. */
export function isUneven({ before, test }: Pick<Findings, 'before' | 'test'>): boolean {
  const { ece, eceNoise, eceNoiseLimit } = before;
  const deviation = (eceNoiseLimit - eceNoise) / 2;
  return test.clusters === null && ece > eceNoise + surelyBeyond * deviation;
}

/**
 * `Overconfident by 7.4 points (p < 0.0001)`, `No sign of over- or underconfidence (p = 0.43)`; in the positive view
 * `Probabilities of yes are too high by 3.2 points, and too extreme (p < 0.0001)`.
 */
export function miscalibrationClause(findings: Findings): string {
  const { after, before, binary, test } = findings;
  const isPositive = binary === 'positive';
  const clause = isPositive ? positiveFinding(findings) : confidenceFinding(findings);
  const ece = `ECE ${percent(before.ece)}, where noise alone would give about ${percent(before.eceNoise)}`;
  if (directionOf(findings) === 'balanced' && isUneven(findings)) {
    return `${clause}, but not right at every ${isPositive ? 'probability' : 'confidence'}: ${ece}`;
  }
  return after === null && test.clusters === null ? `${clause}: ${ece}` : clause;
}

function confidenceFinding(findings: Findings): string {
  const direction = directionOf(findings);
  const p = `(${pText(findings.test.pValue)})`;
  if (direction === 'balanced') return `No sign of over- or underconfidence ${p}`;
  const name = direction === 'overconfident' ? 'Overconfident' : 'Underconfident';
  return `${name}${byHowMuch(findings, direction)} ${p}`;
}

function positiveFinding(findings: Findings): string {
  const { method, pValue } = findings.test;
  const p = `(${pText(pValue)})`;
  if (method === 'gap') return `${positiveClause(findings)} ${p}`;
  const extent = {
    overconfident: `and are too extreme ${p}`,
    underconfident: `and are too moderate ${p}`,
    balanced: `with no sign of being too extreme or too moderate ${p}`,
  }[directionOf(findings)];
  return `${positiveClause(findings)}, ${extent}`;
}

/** How far accuracy and mean confidence are apart, where that is beyond noise and of the direction that the test finds. */
function byHowMuch({ before }: Findings, direction: 'overconfident' | 'underconfident'): string {
  const gap = before.frequency - before.meanConfidence;
  const noise = -normalQuantile((1 - before.reliability.level) / 2) * before.gapError;
  if (!(Math.abs(gap) > noise)) return '';
  return gap < 0 === (direction === 'overconfident') ? ` by ${points(gap)}` : '';
}
