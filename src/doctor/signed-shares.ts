import { notice } from '../core/notices.ts';
import type { Check } from './patient.ts';

/** So many scores near -1 or 1, and none beyond, show that these are the limits. */
const fewestNearLimit = 10;
const nearLimit = 0.9;

/** One score from -1 to 1 that comes near both limits and never passes them: 2p − 1, say, rather than a logit. */
export const signedShares: Check = ({ set, context, place }) => {
  let isWithin = context.oneColumn === true && set.kind === 'logits';
  let [low, high] = [0, 0];
  return {
    see: ({ cells, offset }) => {
      if (!isWithin) return;
      const score = cells[offset + 1]!;
      if (!(Math.abs(score) <= 1)) isWithin = false;
      if (score > nearLimit) high += 1;
      if (score < -nearLimit) low += 1;
    },
    conclude: () =>
      isWithin && low + high >= fewestNearLimit && low > 0 && high > 0
        ? notice(
            'W_SIGNED_SHARES',
            `all scores are within -1..1 and ${low + high} of them near its ends, as 2p - 1 would be; if they are, export p = (s + 1) / 2 and pass --input probs.`,
            place,
          )
        : undefined,
  };
};
