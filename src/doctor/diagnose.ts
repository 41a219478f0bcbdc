import { checkSetOfAnyKind } from '../core/check-set.ts';
import { checkFlag, checkList, checkOptionNames, checkText } from '../core/checks.ts';
import { memoryStorage } from '../core/memory-storage.ts';
import type { Notice, NoticeCode } from '../core/notices.ts';
import { type AnySet, type StoredSet, storedSet } from '../core/stored-set.ts';
import { rowWindow } from '../numerics/row-window.ts';
import { allRight } from './all-right.ts';
import { betterClassOrder } from './better-class-order.ts';
import { chanceLevel } from './chance-level.ts';
import { confidenceAlone } from './confidence-alone.ts';
import { constantSum } from './constant-sum.ts';
import { doubleSoftmax } from './double-softmax.ts';
import { logProbabilities } from './log-probabilities.ts';
import { logitsAsProbabilities } from './logits-as-probabilities.ts';
import { lossShare } from './loss-share.ts';
import { oneBasedLabels } from './one-based-labels.ts';
import { partAtChance } from './part-at-chance.ts';
import type { Check, DoctorContext, Examination, Patient } from './patient.ts';
import { percentages } from './percentages.ts';
import { probabilitiesAsLogits } from './probabilities-as-logits.ts';
import { repeatedLabels } from './repeated-labels.ts';
import { repeatedRows } from './repeated-rows.ts';
import { rounded } from './rounded.ts';
import { profileRow, type RowProfile } from './row-profile.ts';
import { addRow, noRows } from './rows-found.ts';
import { sentinels } from './sentinels.ts';
import { sharesOf } from './shares.ts';
import { shiftedRows } from './shifted-rows.ts';
import { signedShares } from './signed-shares.ts';
import { singleColumn } from './single-column.ts';
import { sortedRows } from './sorted-rows.ts';
import { sumsToOne } from './sums-to-one.ts';
import { thresholdLabels } from './threshold-labels.ts';
import { ties } from './ties.ts';
import { transposed } from './transposed.ts';
import { zeroTruths } from './zero-truths.ts';

const checks: readonly Check[] = [
  transposed,
  probabilitiesAsLogits,
  logitsAsProbabilities,
  percentages,
  logProbabilities,
  sumsToOne,
  constantSum,
  doubleSoftmax,
  oneBasedLabels,
  sortedRows,
  chanceLevel,
  shiftedRows,
  partAtChance,
  betterClassOrder,
  allRight,
  thresholdLabels,
  sentinels,
  lossShare,
  zeroTruths,
  signedShares,
  confidenceAlone,
  singleColumn,
  repeatedLabels,
  repeatedRows,
  rounded,
  ties,
];

/**
 * Looks a scored set over for numbers that are not what they were declared to be. It only warns: nothing is guessed,
 * changed or refused, and a set that raises nothing is not thereby right.
 *
 * Spotted are probabilities, percentages and log-probabilities declared as logits, logits declared as probabilities,
 * softmax applied twice, rows that sum to 1 outside 0..1 or to another number, labels that start at 1, scores sorted within each row, accuracy no better than
 * chance in all rows or some, cases that come several times, copies of rows, classes in another order, a set without a mistake, labels made from the scores, markers such as -9999, a handful of rows with most of the loss, true classes of probability 0, a transposed matrix, a single
 * binary column, rounded values and ties for the largest score.
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
export function diagnose(set: AnySet, context: DoctorContext = {}): readonly Notice[] {
  checkSetOfAnyKind(set);
  checkContext(context);
  return examined(checks, storedSet(set), context);
}

/** Checks that look at the scores alone. */
const scoreChecks: readonly Check[] = [
  probabilitiesAsLogits,
  logitsAsProbabilities,
  percentages,
  logProbabilities,
  sumsToOne,
  constantSum,
  sortedRows,
  signedShares,
  confidenceAlone,
  singleColumn,
];

/** What {@link diagnose} says of scores without labels. */
export function diagnoseScores(
  scores: Pick<StoredSet, 'kind' | 'scores' | 'classNames' | 'namedClasses'>,
  context: DoctorContext,
): readonly Notice[] {
  // No row is of any class.
  const labels = {
    length: scores.scores.rows,
    read: (from: number, to: number) => new Int32Array(to - from).fill(-1),
  };
  return examined(scoreChecks, { ...scores, labels, storage: memoryStorage }, context);
}

function examined(chosen: readonly Check[], set: StoredSet, context: DoctorContext): readonly Notice[] {
  const patient: Patient = {
    set,
    context,
    place: context.file === undefined ? {} : { file: context.file },
    probabilities: noRows(),
    percentages: noRows(),
  };
  const examinations = chosen.map((check) => check(patient));
  seeRows(
    patient,
    examinations.flatMap(({ see }) => (see === undefined ? [] : [see])),
  );
  const found = examinations.map(({ conclude }) => conclude()).filter((warning) => warning !== undefined);
  return found.filter(({ code }) => !found.some((other) => explains[other.code]?.includes(code)));
}

/** Warnings that say why there are others, which then need not be shown: labels counted from 1 agree with nothing. */
const explains: Readonly<Partial<Record<NoticeCode, readonly NoticeCode[]>>> = {
  W_LABEL_ONE_BASED: ['W_CHANCE_LEVEL', 'W_CLASS_ORDER', 'W_PART_AT_CHANCE', 'W_SHIFTED_ROWS'],
  W_SORTED_ROWS: ['W_CHANCE_LEVEL', 'W_CLASS_ORDER', 'W_PART_AT_CHANCE', 'W_SHIFTED_ROWS'],
  W_CHANCE_LEVEL: ['W_CLASS_ORDER', 'W_PART_AT_CHANCE', 'W_SHIFTED_ROWS'],
  W_SHIFTED_ROWS: ['W_PART_AT_CHANCE'],
  W_LOOKS_LIKE_PROBS: ['W_NEVER_CLASS_0'],
  W_LOOKS_LIKE_PERCENT: ['W_NEVER_CLASS_0'],
};

/** Labels read at a time. */
const atOnce = 4096;

/** Shows every row to the examinations, in one pass over the scores. */
function seeRows(
  { set: { scores, labels }, probabilities, percentages: hundreds }: Patient,
  examinations: readonly NonNullable<Examination['see']>[],
): void {
  const { rows, columns } = scores;
  const rowAt = rowWindow(scores);
  const [isShare, isPercent] = [sharesOf(1, scores), sharesOf(100, scores)];
  const profile: RowProfile = {
    row: 0,
    label: 0,
    cells: new Float64Array(0),
    offset: 0,
    smallest: 0,
    largest: 0,
    sum: 0,
    tied: 0,
    predicted: 0,
    isProbabilities: false,
    isPercentages: false,
  };
  for (let from = 0; from < rows; from += atOnce) {
    const some = labels.read(from, Math.min(from + atOnce, rows));
    for (let i = 0; i < some.length; i += 1) {
      const { cells, offset } = rowAt(from + i);
      profile.row = from + i;
      profile.label = some[i]!;
      profile.cells = cells;
      profile.offset = offset;
      profileRow(profile, columns);
      profile.isProbabilities = isShare(profile);
      profile.isPercentages = isPercent(profile);
      if (profile.isProbabilities) addRow(probabilities, from + i);
      if (profile.isPercentages) addRow(hundreds, from + i);
      for (const see of examinations) see(profile);
    }
  }
}

function checkContext(context: DoctorContext): void {
  checkOptionNames(context, ['file', 'lines', 'oneColumn', 'oneTable', 'labelNames']);
  const { file, lines, oneColumn, oneTable, labelNames } = context;
  if (file !== undefined) checkText('file', file);
  if (oneColumn !== undefined) checkFlag('oneColumn', oneColumn);
  if (oneTable !== undefined) checkFlag('oneTable', oneTable);
  if (labelNames !== undefined) {
    checkList('labelNames', labelNames, 'texts', (name) => typeof name === 'string');
  }
  const isStored = typeof lines === 'object' && lines !== null && 'read' in lines;
  if (lines !== undefined && !isStored) checkList('lines', lines, 'line numbers', Number.isSafeInteger);
}
