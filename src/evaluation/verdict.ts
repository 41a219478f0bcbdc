import { readRecord } from '../core/read-record.ts';
import type { Evaluation, Verdict } from './evaluation.ts';
import { gainOf } from './gain-clause.ts';
import { directionOf, miscalibrationClause } from './miscalibration-clause.ts';
import { verdictDetails } from './verdict-details.ts';

/** All of an evaluation but the verdict on it. */
export type Findings = Omit<Evaluation, 'verdict'>;

/**
 * Puts an evaluation into words: whether the uncalibrated scores are miscalibrated, which the test decides, and what scaling
 * gains. A loss (NLL, or the Brier score where the NLL is infinite) outranks the ECE, because a loss cannot be improved by
 * vagueness. Only what exceeds its noise is called a change, and an improvement by a temperature needs a test that rejects
 * T = 1.
 */
export function verdict(findings: Findings): Verdict {
  return readRecord(findings, 'findings of an evaluation', () => verdictOf(findings));
}

/** {@link verdict} of findings just made, which need no check. */
export function verdictOf(findings: Findings): Verdict {
  const gain = gainOf(findings);
  const first = miscalibrationClause(findings);
  return {
    outcome: gain?.outcome ?? 'as-is',
    direction: directionOf(findings),
    headline: gain === null ? `${first}.` : `${first}; ${gain.clause}.`,
    details: verdictDetails(findings),
    test: findings.test,
  };
}
