import { printable } from '../core/errors.ts';
import { normalQuantile } from '../numerics/special-functions.ts';
import type { Evaluation } from './evaluation.ts';
import { points } from './wording.ts';

/** `yes`, or `class 1` where the classes have numbers for names: what the positive view is about. */
export function positiveName(classNames: readonly string[]): string {
  const name = classNames[1] ?? '1';
  return /^\d+$/.test(name) ? `class ${name}` : printable(name);
}

/** `Probabilities of yes are too high by 3.2 points`: the positive view before calibration, as far as it is beyond noise. */
export function positiveClause({ before, classNames }: Pick<Evaluation, 'before' | 'classNames'>): string {
  const { frequency, meanConfidence, gapError, reliability } = before;
  const gap = frequency - meanConfidence;
  const noise = -normalQuantile((1 - reliability.level) / 2) * gapError;
  const subject = `Probabilities of ${positiveName(classNames)}`;
  if (!(Math.abs(gap) > noise)) return `${subject} match its frequency on the whole`;
  return `${subject} are too ${gap < 0 ? 'high' : 'low'} by ${points(gap)}`;
}
