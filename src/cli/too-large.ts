import { CalibrationError } from '../core/errors.ts';
import type { LabelledInput } from './load-input.ts';

/**
 * Says that what was asked for does not fit into memory (`E_MEMORY`).
 *
 * @param what What it is with what it needs, at the beginning of a sentence: `--by needs the texts of all rows`.
 */
export function tooLarge(
  { name, set }: LabelledInput,
  what: string,
  hint = 'Raise --max-memory, or leave the option out.',
): CalibrationError {
  const { rows, columns } = set.scores;
  return new CalibrationError('E_MEMORY', {
    what: `${what}, and the ${rows} rows of ${columns} classes in ${name} do not fit into memory`,
    hint,
  });
}
