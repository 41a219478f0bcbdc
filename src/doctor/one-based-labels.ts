import { notice } from '../core/notices.ts';
import type { Check } from './patient.ts';

/** The shifted labels must agree with the predictions on at least this much more of the rows. */
const clearGain = 0.1;

/** Labels that seem to start at 1: class 0 never appears, and one less agrees far better with the scores. */
export const oneBasedLabels: Check = ({ set, place }) => {
  const { rows } = set.scores;
  let zeros = 0;
  let agree = 0;
  let agreeShifted = 0;
  return {
    see: ({ label, predicted }) => {
      if (label === 0) zeros += 1;
      if (predicted === label) agree += 1;
      if (predicted === label - 1) agreeShifted += 1;
    },
    conclude: () => {
      const gain = (agreeShifted - agree) / rows;
      // Under no real difference the gain has a standard deviation of at most 1/√n; three of them are beyond chance.
      if (zeros > 0 || !(gain > Math.max(clearGain, 3 / Math.sqrt(rows)))) return undefined;
      const percent = (count: number): string => `${((100 * count) / rows).toFixed(1)} %`;
      return notice(
        'W_LABEL_ONE_BASED',
        `no row has label 0, and predictions agree with label - 1 on ${percent(agreeShifted)} of rows, with the label on ${percent(agree)}; pass --label-base 1 if the first class is 1.`,
        place,
      );
    },
  };
};
