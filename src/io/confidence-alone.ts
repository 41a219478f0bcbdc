import { CalibrationError } from '../core/errors.ts';
import type { CsvSettings } from './csv-settings.ts';
import type { RawTable } from './raw-table.ts';

/** Values read at a time. */
const atOnce = 2 ** 16;

/** Fewer probabilities may all be 0.5 or more by chance. */
const fewestRows = 10;

/**
 * Refuses a single column of probabilities that are 0.5 or more in every row of a table that also holds a prediction: it is
 * then the confidence of that prediction, not the probability of class 1.
 *
 * @throws CalibrationError `E_COLUMN`.
 */
export function refuseConfidenceAlone(
  { roles, rows, values, nameOf }: RawTable,
  { input, scale, file }: Pick<CsvSettings, 'input' | 'scale' | 'file'>,
): void {
  const prediction = roles.findings.find(({ role }) => role === 'prediction');
  if (input !== 'probabilities' || roles.scores.length !== 1 || roles.basis === 'named') return;
  if (prediction === undefined || rows < fewestRows) return;
  const half = scale === 'percent' ? 50 : 0.5;
  for (let from = 0; from < rows; from += atOnce) {
    if (values.read(from, Math.min(from + atOnce, rows)).some((value) => value < half)) return;
  }
  const name = nameOf(roles.scores[0]!);
  throw new CalibrationError('E_COLUMN', {
    ...(file === undefined ? {} : { file }),
    what: `column "${name}" is ${half} or more in every row, beside a prediction ("${prediction.name ?? prediction.number}"), so it is the confidence of that prediction, not the probability of class 1`,
    hint: `Export the probability of each class; with two classes that of class 1 is 1 - "${name}" where class 0 is predicted.`,
    columns: roles.findings,
  });
}
