import { notice } from '../core/notices.ts';
import type { Check } from './patient.ts';

/** Fewer scores may all be on one side by chance. */
const fewestRows = 20;

/** One score that is never on the side of class 0, as the confidence of a prediction or the size of a margin is. */
export const confidenceAlone: Check = ({ set, context, place }) => {
  let isHigh = context.oneColumn === true;
  let isConstant = true;
  let first: number | undefined;
  return {
    see: ({ cells, offset }) => {
      if (!isHigh) return;
      const score = cells[offset + 1]!;
      first ??= score;
      if (score !== first) isConstant = false;
      if (!(score >= (set.kind === 'probabilities' ? 0.5 : 0))) isHigh = false;
    },
    conclude: () =>
      isHigh && !isConstant && set.scores.rows >= fewestRows
        ? notice(
            'W_NEVER_CLASS_0',
            `no ${set.kind === 'probabilities' ? 'probability is below 0.5' : 'score is below 0'}, so class 0 is never predicted: this may be the confidence of a prediction, expected the ${set.kind === 'probabilities' ? 'probability' : 'logit'} of class 1.`,
            place,
          )
        : undefined,
  };
};
