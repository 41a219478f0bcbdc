import { CalibrationError, printable } from '../core/errors.ts';
import type { CsvSettings } from './csv-settings.ts';
import { nameKey } from './known-column.ts';
import type { RawTable } from './raw-table.ts';

/** Values read at a time. */
const atOnce = 2 ** 16;

/** `logprob`, `log_proba`, `log p`, `log-likelihood`: the start of a header that names log-probabilities. */
const logProbability = /^(?:sum|mean|avg)?log(?:prob|softmax|p$|likelihood)/;

/**
 * Refuses a single column of logits whose header names log-probabilities and that holds none above 0: the logit of class 1 is
 * log p − log(1 − p), not log p.
 *
 * @throws CalibrationError `E_COLUMN`.
 */
export function refuseLogProbabilityAlone(
  { roles, rows, values, nameOf, header }: RawTable,
  { input, file }: Pick<CsvSettings, 'input' | 'file'>,
): void {
  const [column] = roles.scores;
  if (input !== 'logits' || roles.scores.length !== 1 || header === undefined) return;
  const name = nameOf(column!);
  if (!logProbability.test(nameKey(name))) return;
  for (let from = 0; from < rows; from += atOnce) {
    if (values.read(from, Math.min(from + atOnce, rows)).some((value) => value > 0)) return;
  }
  const quoted = `"${printable(name)}"`;
  throw new CalibrationError('E_COLUMN', {
    ...(file === undefined ? {} : { file }),
    what: `column ${quoted} holds log-probabilities of one class, expected logits, log(p / (1 - p)), or probabilities`,
    hint: `Export exp(${quoted}) and pass --input probabilities, or the log-probabilities of both classes.`,
    columns: roles.findings,
  });
}
