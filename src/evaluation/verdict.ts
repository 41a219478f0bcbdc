import { countedText } from '../core/count-text.ts';
import { normalQuantile } from '../numerics/special-functions.ts';
import type { Change, Evaluation, Verdict } from './evaluation.ts';
import { positiveClause } from './positive-clause.ts';
import { verdictDetails } from './verdict-details.ts';
import { numberPair, percent, percentPair, points, shortNumber } from './wording.ts';

/** All of an evaluation but the verdict on it. */
export type Findings = Omit<Evaluation, 'verdict'>;

type Move = 'fell' | 'rose' | 'noise';

/** Changes below both of these are real only in the statistical sense. */
const smallEceChange = 1e-3;
const smallRelativeLoss = 1e-3;

/**
 * Puts an evaluation into words. Only what exceeds its noise is called a change; a loss (NLL, or the Brier score where
 * the NLL is infinite or within noise) outranks the ECE, because a loss cannot be improved by vagueness.
 */
export function verdict(findings: Findings): Verdict {
  const direction = directionOf(findings);
  const { after, changes } = findings;
  if (after === null || changes === null) {
    return {
      outcome: 'as-is',
      direction,
      headline: asIs(findings, direction),
      details: verdictDetails(findings),
    };
  }
  const { outcome, clause } = effectOf(findings, changes);
  return {
    outcome,
    direction,
    headline: `${directionClause(findings, direction)}; ${subjectOf(findings)} ${clause}.`,
    details: verdictDetails(findings),
  };
}

function directionOf({ before, bootstrap }: Findings): Verdict['direction'] {
  const gap = before.frequency - before.meanConfidence;
  const noise = -normalQuantile((1 - (bootstrap?.level ?? 0.95)) / 2) * before.gapError;
  if (!(Math.abs(gap) > noise)) return 'balanced';
  return gap < 0 ? 'overconfident' : 'underconfident';
}

function directionClause(findings: Findings, direction: Verdict['direction']): string {
  const { before, binary } = findings;
  if (binary === 'positive') return positiveClause(findings);
  const by = points(before.frequency - before.meanConfidence);
  if (direction === 'overconfident') return `Overconfident by ${by}`;
  if (direction === 'underconfident') return `Underconfident by ${by}`;
  return 'Confidence matches accuracy on the whole';
}

function asIs(findings: Findings, direction: Verdict['direction']): string {
  const { before, rows } = findings;
  const noise = percent(before.eceNoise);
  if (findings.binary === 'positive' || direction !== 'balanced') {
    return `${directionClause(findings, direction)}: ECE ${percent(before.ece)}, where noise alone would give about ${noise}.`;
  }
  if (before.ece > before.eceNoiseLimit) {
    return `Right on the whole but not at every confidence: ECE ${percent(before.ece)}, where noise alone would give about ${noise}.`;
  }
  return `Confidence matches accuracy as far as ${countedText(rows, 'row')} can tell: ECE ${percent(before.ece)}, where noise alone would give about ${noise}.`;
}

function subjectOf({ temperature, foldTemperatures }: Findings): string {
  if (temperature !== null) return `T = ${shortNumber(temperature)}`;
  if (foldTemperatures === null || foldTemperatures.length === 0) return 'the calibrator';
  const sorted = [...foldTemperatures].sort((a, b) => a - b);
  return `T near ${shortNumber(sorted[Math.floor(sorted.length / 2)]!)}`;
}

function moveOf({ difference, withinNoise }: Change): Move {
  if (withinNoise || difference === null || difference === 0) return 'noise';
  return difference < 0 ? 'fell' : 'rose';
}

type Effect = { readonly outcome: Verdict['outcome']; readonly clause: string };

function effectOf(findings: Findings, changes: NonNullable<Evaluation['changes']>): Effect {
  const ece = moveOf(changes.ece);
  const byNll = moveOf(changes.nll) !== 'noise';
  const lossChange = byNll ? changes.nll : changes.brier;
  const loss = moveOf(lossChange);
  const lossText = `${byNll ? 'NLL' : 'Brier score'} (${numberPair(lossChange.before!, lossChange.after!)}${byNll ? ' nats' : ''})`;
  const eceText = percentPair(findings.before.ece, findings.after!.ece);

  if (isNegligible(changes)) {
    return {
      outcome: 'unchanged',
      clause: `changes the ECE from ${eceText}, too little to matter: scaling is not worth advertising`,
    };
  }
  if (loss === 'noise' && ece === 'noise') {
    if (changes.ece.difference === 0) {
      const clause = `leaves the ECE at ${percent(findings.before.ece)}: scaling is not worth advertising`;
      return { outcome: 'unchanged', clause };
    }
    return {
      outcome: 'unchanged',
      clause: `changes the ECE from ${eceText}, which is within noise: scaling is not worth advertising`,
    };
  }
  if (loss === 'rose') {
    const clause = {
      fell: `lowers the ECE (${eceText}) but raises the ${lossText}: not an improvement`,
      rose: `makes things worse: it raises the ${lossText} and the ECE (${eceText})`,
      noise: `makes things worse: it raises the ${lossText}`,
    }[ece];
    return { outcome: 'worse', clause };
  }
  if (ece === 'rose') {
    return loss === 'fell'
      ? { outcome: 'improved', clause: `lowers the ${lossText} but raises the ECE (${eceText})` }
      : { outcome: 'worse', clause: `raises the ECE (${eceText}) and does not lower the loss` };
  }
  if (ece === 'fell') return { outcome: 'improved', clause: eceGain(findings) };
  return {
    outcome: 'improved',
    clause: `lowers the ${lossText}; the change of the ECE (${eceText}) is within noise`,
  };
}

function isNegligible({ nll, brier, ece }: NonNullable<Evaluation['changes']>): boolean {
  const loss = nll.difference === null ? brier : nll;
  const moved = [nll, brier, ece].some((change) => moveOf(change) !== 'noise');
  return (
    moved &&
    Math.abs(ece.difference!) < smallEceChange &&
    Math.abs(loss.difference!) < smallRelativeLoss * loss.before!
  );
}

/** `halves the ECE (7.9 % to 3.8 %)`, `divides the ECE by 3.4 (…)`, `lowers the ECE (…)`. */
function eceGain({ before, after }: Findings): string {
  const pair = `(${percentPair(before.ece, after!.ece)})`;
  const ratio = after!.ece / before.ece;
  if (ratio > 0.55) return `lowers the ECE ${pair}`;
  if (ratio >= 0.45) return `halves the ECE ${pair}`;
  const divisor = 1 / ratio;
  // Beyond a factor of 20 the quotient says more about noise than about calibration.
  if (divisor > 20) return `all but removes the ECE ${pair}`;
  return `divides the ECE by ${Number(divisor.toPrecision(2))} ${pair}`;
}
