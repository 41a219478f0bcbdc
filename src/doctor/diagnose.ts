import type { Notice } from '../core/notices.ts';
import type { ScoredSet } from '../core/scored-set.ts';
import { doubleSoftmax } from './double-softmax.ts';
import { logProbabilities } from './log-probabilities.ts';
import { logitsAsProbabilities } from './logits-as-probabilities.ts';
import { oneBasedLabels } from './one-based-labels.ts';
import type { Check, DoctorContext, Patient } from './patient.ts';
import { percentages } from './percentages.ts';
import { probabilitiesAsLogits } from './probabilities-as-logits.ts';
import { rounded } from './rounded.ts';
import { profileRows } from './row-profile.ts';
import { singleColumn } from './single-column.ts';
import { ties } from './ties.ts';
import { transposed } from './transposed.ts';

const checks: readonly Check[] = [
  transposed,
  probabilitiesAsLogits,
  logitsAsProbabilities,
  percentages,
  logProbabilities,
  doubleSoftmax,
  oneBasedLabels,
  singleColumn,
  rounded,
  ties,
];

/**
 * Looks a scored set over for numbers that are not what they were declared to be. It only warns: nothing is guessed,
 * changed or refused, and a set that raises nothing is not thereby right.
 *
 * Spotted are probabilities, percentages and log-probabilities declared as logits, logits declared as probabilities,
 * softmax applied twice, labels that start at 1, a transposed matrix, a single binary column, rounded values and ties
 * for the largest score.
 *
 * @param set Scores N×K with labels; its declared kind is what the numbers are checked against.
 * @param context File name, line of each row and whether one column was expanded, where known.
 * @returns Warnings in a fixed order, each naming the rows it is about and what to pass; empty when all looks well.
 *
 * @example
 * ```ts
 * import { diagnose } from 'calibrant';
 *
 * const [warning] = diagnose({
 *   kind: 'logits',
 *   scores: { data: Float64Array.of(0.9, 0.1, 0.25, 0.75), rows: 2, columns: 2 },
 *   labels: Int32Array.of(0, 1),
 *   classNames: ['cat', 'dog'],
 *   namedClasses: true,
 * });
 * assert.equal(warning?.code, 'W_LOOKS_LIKE_PROBS');
 * ```
 */
export function diagnose(set: ScoredSet, context: DoctorContext = {}): readonly Notice[] {
  const patient: Patient = {
    set,
    profile: profileRows(set.scores),
    context,
    place: context.file === undefined ? {} : { file: context.file },
  };
  return checks.map((check) => check(patient)).filter((warning) => warning !== undefined);
}
