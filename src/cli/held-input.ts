import { CalibrationError } from '../core/errors.ts';
import { heldSet } from '../io/held-set.ts';
import type { LoadedSet } from '../io/index.ts';
import type { LabelledInput } from './load-input.ts';

/**
 * The set as arrays, for what works on all rows at once.
 *
 * @param what What does, at the beginning of a sentence.
 * @param hint What to do about it.
 * @throws CalibrationError `E_USAGE` where the set does not fit into the memory that is to be kept to.
 */
export function heldInput(
  { name, set }: LabelledInput,
  what: string,
  hint = 'Raise --max-memory, or leave the option out.',
): LoadedSet {
  if (set.isInMemory) return heldSet(set);
  const { rows, columns } = set.scores;
  throw new CalibrationError('E_USAGE', {
    what: `${what} needs all rows at once, and the ${rows} rows of ${columns} classes in ${name} do not fit into memory`,
    hint,
  });
}
