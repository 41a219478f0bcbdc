import { printable } from '../core/errors.ts';
import { classLifts, numberedRows, scoresOf, sureErrors } from './class-lifts.ts';
import type { CsvSettings } from './csv-settings.ts';
import type { LabelTexts } from './label-texts.ts';
import type { RawTable } from './raw-table.ts';
import { unclearScores } from './role-refusals.ts';

/** More classes are not compared one by one. */
const mostClasses = 100;

/**
 * Refuses columns whose headers do not say that they are scores, where one of them is lower in the rows of its own class than elsewhere and no other order of
 * the classes suits them: they are then more likely features.
 *
 * @throws CalibrationError `E_COLUMN` with the command for those that are scores all the same.
 */
export function refuseContrary(raw: RawTable, labels: LabelTexts, settings: CsvSettings): void {
  const { roles, nameOf } = raw;
  const columns = roles.scores.length;
  if (columns > mostClasses || labels.texts.length !== columns) return;
  const some = numberedRows(raw, labels, settings);
  const first = settings.labelBase ?? 0;
  const classes = Array.from({ length: columns }, (_, k) => first + k);
  const lifts = roles.scores.map((_, k) => classLifts(scoresOf(some, columns, k), some.labels, classes));
  const contrary = lifts.findIndex((ofColumn, k) => ofColumn[k]! < -sureErrors);
  if (contrary < 0) return;
  const highest = lifts.map((ofColumn) => ofColumn.indexOf(Math.max(...ofColumn)));
  if (new Set(highest).size === columns) return;
  const name = `"${printable(nameOf(roles.scores[contrary]!))}"`;
  const reason = `${name} is lower where the label is ${classes[contrary]} than elsewhere, as the score of that class is not`;
  throw unclearScores(roles.findings, [{ columns: roles.scores, input: undefined }], settings, reason);
}
