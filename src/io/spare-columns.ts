import { choicesByAgreement } from './choices-by-agreement.ts';
import type { CsvSettings } from './csv-settings.ts';
import type { LabelTexts } from './label-texts.ts';
import type { RawTable } from './raw-table.ts';
import { unclearScores } from './role-refusals.ts';

/** With so many rows per class, a class that never occurs is odd. */
export const rowsPerClass = 10;

/**
 * Refuses more columns than classes where the headers do not number the classes and every class up to the last occurs often: the columns may be
 * the scores of several models, or features.
 *
 * @param expected How many classes the labels have.
 * @throws CalibrationError `E_COLUMN` with a command for the columns that agree best with the labels, and for all.
 */
export function refuseSpareColumns(
  raw: RawTable,
  labels: LabelTexts,
  expected: number,
  settings: CsvSettings,
): void {
  const { roles, rows } = raw;
  const columns = roles.scores.length;
  const isComplete = labels.texts.length === expected;
  if (!isComplete || expected < 2 || columns <= expected || rows < rowsPerClass * expected) return;
  const places = roles.scores.map((_, k) => k);
  const parts = places.flatMap((k) =>
    k % expected === 0 && k + expected <= columns ? [places.slice(k, k + expected)] : [],
  );
  const choices = [...choicesByAgreement(raw, labels, settings, parts).slice(0, 2), places];
  const alternatives = choices.map((chosen) => ({
    columns: chosen.map((k) => roles.scores[k]!),
    input: undefined,
  }));
  const reason = `there are ${columns} columns, and ${expected} classes that occur`;
  throw unclearScores(roles.findings, alternatives, settings, reason);
}
