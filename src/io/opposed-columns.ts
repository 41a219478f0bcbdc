import { printable } from '../core/errors.ts';
import { classLifts, numberedRows, scoresOf, sureErrors } from './class-lifts.ts';
import { columnStatistics } from './column-statistics.ts';
import type { CsvSettings } from './csv-settings.ts';
import { parseDecimal } from './decimal-number.ts';
import type { LabelTexts } from './label-texts.ts';
import type { RawTable } from './raw-table.ts';
import { unclearScores } from './role-refusals.ts';

/** In fewer rows a correlation may be by chance. */
const fewestRows = 20;

/** With fewer standard errors than this there may be no correlation. */
const unsureErrors = 2;

/**
 * Refuses two columns as the scores of classes 0 and 1 where only one of them goes with the label, or both do in the same direction: they are
 * then more likely the scores of two models, or a score and a feature.
 *
 * @param isKnown Whether the headers say that these are the scores of two classes: then both must go with the label in the same direction.
 * @throws CalibrationError `E_COLUMN` with a command for each reading.
 */
export function refuseUnopposed(
  raw: RawTable,
  labels: LabelTexts,
  isKnown: boolean,
  settings: CsvSettings,
): void {
  const { roles, rows, nameOf } = raw;
  if (roles.scores.length !== 2 || rows < fewestRows) return;
  const some = numberedRows(raw, labels, settings);
  const classes = labels.texts.map((text) => parseDecimal(text, settings.decimalComma));
  const highest = Math.max(...classes);
  const [a, b] = [0, 1].map((k) => classLifts(scoresOf(some, 2, k), some.labels, [highest])[0]!) as [
    number,
    number,
  ];
  const greater = Math.max(Math.abs(a), Math.abs(b));
  const lesser = Math.min(Math.abs(a), Math.abs(b));
  // A score beside zeros is the same as a score alone.
  if (columnStatistics(raw).some(({ isConstant, most }) => isConstant && most === 0)) return;
  const isOpposed = isKnown ? a * b <= 0 || lesser <= sureErrors : a * b < 0 && lesser > unsureErrors;
  if (!(greater > sureErrors) || isOpposed) return;
  const single = roles.scores.map((column) => [column]);
  const [first, second] = Math.abs(a) > Math.abs(b) ? single : single.reverse();
  const alternatives = [first!, roles.scores, second!].map((columns) => ({ columns, input: undefined }));
  const [x, y] = roles.scores.map((column) => `"${printable(nameOf(column))}"`);
  const reason = `${x} does not fall where ${y} rises with the label, as the scores of classes 0 and 1 do`;
  throw unclearScores(roles.findings, alternatives, settings, reason);
}
