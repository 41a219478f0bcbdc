import type { Change, Evaluation } from './evaluation.ts';
import { holmAdjusted } from './holm.ts';
import { isRare } from './is-rare.ts';

type Changes = NonNullable<Evaluation['changes']>;

/** A change before the others of its family are known. */
export type ChangeAlone = Omit<Change, 'adjusted' | 'withinNoise'>;

/**
 * The changes of NLL, Brier score, ECE and debiased ECE with their corrected p-values. The NLL, or the Brier score where the
 * NLL is infinite, is what a calibrator is fitted to: its change is the primary outcome, named in advance, and not corrected.
 * The others are secondary outcomes, corrected for one another (Holm). The family is the same whichever of them are shown,
 * so a change has one mark everywhere.
 */
export function judgedTogether(alone: Readonly<Record<keyof Changes, ChangeAlone>>, level: number): Changes {
  const primary = alone.nll.difference === null ? 'brier' : 'nll';
  const names = ['nll', 'brier', 'ece', 'eceDebiased'] as const;
  const adjusted = holmAdjusted(names.map((name) => (name === primary ? null : alone[name].pValue)));
  const judged = (name: keyof Changes): Change => {
    const p = name === primary ? alone[name].pValue : adjusted[names.indexOf(name)]!;
    return { ...alone[name], adjusted: p, withinNoise: p === null || !isRare(p, level) };
  };
  return {
    nll: judged('nll'),
    brier: judged('brier'),
    ece: judged('ece'),
    eceDebiased: judged('eceDebiased'),
  };
}
