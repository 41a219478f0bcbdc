import { notice } from '../core/notices.ts';
import { isMost, nameRows } from './name-rows.ts';
import type { Check } from './patient.ts';

/** Of so few values all may be 0 or more by chance; scores of a single column that reach this are hardly logits. */
const fewestValues = 10;
const leastLargest = 20;

/** Rows that lie in 0..100 and sum to 100, under either declaration; of a single column, values in 0..100 beyond 1. */
export const percentages: Check = (patient) => {
  const { set, context, place } = patient;
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  return {
    see: ({ cells, offset }) => {
      if (context.oneColumn !== true) return;
      least = Math.min(least, cells[offset + 1]!);
      most = Math.max(most, cells[offset + 1]!);
    },
    conclude: () => {
      const found = patient.percentages;
      if (isMost(found, patient)) {
        return notice(
          'W_LOOKS_LIKE_PERCENT',
          `${nameRows(found, patient)} lie in 0..100 and sum to 100; if these are percentages, pass --input probs --scale percent.`,
          place,
        );
      }
      const { rows } = set.scores;
      if (context.oneColumn !== true || set.kind !== 'logits' || rows < fewestValues) return undefined;
      if (!(least >= 0 && most >= leastLargest && most <= 100)) return undefined;
      return notice(
        'W_LOOKS_LIKE_PERCENT',
        `all ${rows} values lie in 0..100, up to ${Number(most.toPrecision(4))}; if these are percentages of class 1, pass --input probs --scale percent.`,
        place,
      );
    },
  };
};
