import { notice } from '../core/notices.ts';
import { type ChanceAgreement, chanceAgreement, trueClassAssociation } from './chance-agreement.ts';
import { bestClassOrder, classOrderText, confusion } from './class-order.ts';
import type { Check, Patient } from './patient.ts';
import { reshapedAgreement } from './reshaped-agreement.ts';

/** Below this many rows in all, or outside the commonest class, chance alone explains too much. */
const fewestRows = 30;
const fewestOthers = 25;

/** Agreement this many standard deviations above that of chance is no chance. */
const beyondChance = 2.5;

/** Cohen's kappa must surely be below this: the rows are enough to tell a fair classifier from chance. */
const fairKappa = 0.5;

/** Another reading of the rows must agree with the labels on at least this much more of them. */
const clearGain = 0.2;

/**
 * Predictions that agree with the labels no more often than unrelated ones of the same frequencies would, by the largest
 * score and by the probability of the true class; or clearly less often. Where another order of the rows, the cells or the
 * classes agrees far better, that is said too.
 */
export const chanceLevel: Check = (patient) => {
  const { columns, rows } = patient.set.scores;
  const labels = new Float64Array(columns);
  const predictions = new Float64Array(columns);
  const pairs = confusion(columns);
  let matches = 0;
  let [withNext, withLast] = [0, 0];
  let [lastLabel, lastPredicted] = [-1, -1];
  return {
    see: ({ label, predicted }) => {
      labels[label]! += 1;
      predictions[predicted]! += 1;
      pairs.add(predicted, label);
      if (label === predicted) matches += 1;
      if (label === lastPredicted) withLast += 1;
      if (predicted === lastLabel) withNext += 1;
      lastLabel = label;
      lastPredicted = predicted;
    },
    conclude: () => {
      const commonest = Math.max(labels.reduce(larger), predictions.reduce(larger));
      if (rows < fewestRows || rows - commonest < fewestOthers) return undefined;
      const agreement = chanceAgreement(matches, labels, predictions, rows);
      const level = levelOf(agreement, patient);
      if (level === undefined) return undefined;
      const { share, expected } = agreement;
      const shifted = Math.max(withLast, withNext) / rows;
      const goal = Math.max(share, expected) + clearGain;
      const advice =
        shifted > goal
          ? `the labels agree with the scores of the row ${withLast > withNext ? 'before' : 'after'} on ${percent(shifted)}: they are shifted by one row`
          : (reordered(patient, pairs.agreeing(), goal) ??
            'check that scores and labels belong together and are in the same order of rows');
      return notice(
        'W_CHANCE_LEVEL',
        `accuracy is ${percent(share)}, ${level} (${percent(expected)} if scores and labels were unrelated); ${advice}.`,
        patient.place,
      );
    },
  };
};

/** Whether agreement is that of chance or less, in words. */
function levelOf(agreement: ChanceAgreement, { set }: Patient): string | undefined {
  const { share, expected, deviation } = agreement;
  if (!(deviation > 0)) return undefined;
  const excess = (share - expected) / deviation;
  if (excess > beyondChance) return undefined;
  const highest = (share - expected + beyondChance * deviation) / (1 - expected);
  if (highest > fairKappa) return undefined;
  const association = trueClassAssociation(set);
  if (association !== undefined && association > beyondChance) return undefined;
  return excess < -beyondChance ? 'below chance' : 'at chance level';
}

/** Another order of the classes or the cells that agrees with the labels. */
function reordered(
  patient: Patient,
  agreeing: readonly number[] | undefined,
  goal: number,
): string | undefined {
  const { rows, columns } = patient.set.scores;
  const order = agreeing === undefined ? undefined : bestClassOrder(agreeing, columns);
  if (order !== undefined && order.matches / rows > goal) return classOrderText(order, patient);
  const reshaped = reshapedAgreement(patient.set);
  return reshaped > goal
    ? `the same numbers reshaped agree with the labels on ${percent(reshaped)}: the array was reshaped where it should have been transposed, so export scores.T`
    : undefined;
}

function larger(a: number, b: number): number {
  return Math.max(a, b);
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)}%`;
}
