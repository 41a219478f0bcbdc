import { notice } from '../core/notices.ts';
import type { Check } from './patient.ts';

/** Says how a single binary score column was read, since tools differ by a factor of 2 in the temperature. */
export const singleColumn: Check = ({ set, context, place }) => ({
  conclude: () =>
    context.oneColumn === true
      ? notice(
          'W_BINARY_ONE_COLUMN',
          set.kind === 'logits'
            ? 'one score column s was read as the logits (0, s), so p = sigmoid(s/T); a tool that uses (-s, s) reports twice this temperature.'
            : 'one probability column p was read as (1 - p, p): it must be the probability of class 1.',
          place,
        )
      : undefined,
});
