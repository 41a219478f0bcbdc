import { notice } from '../core/notices.ts';
import { bestClassOrder, type ClassOrder, classOrderText, confusion, swappedOrder } from './class-order.ts';
import type { Check } from './patient.ts';

/** Another order of the classes must be right in so many more rows, of all, */
const leastGain = 0.05;

/** and by so many standard errors of the difference. */
const beyondNoise = 5;

/** Predictions that agree with the labels better than by chance, and far better with the classes in another order. */
export const betterClassOrder: Check = (patient) => {
  const { rows, columns } = patient.set.scores;
  const pairs = confusion(columns);
  let matches = 0;
  return {
    see: ({ label, predicted }) => {
      pairs.add(predicted, label);
      if (label === predicted) matches += 1;
    },
    conclude: () => {
      const counts = pairs.agreeing();
      if (counts === undefined) return undefined;
      const best = bestClassOrder(counts, columns);
      const order = best !== undefined && isBetter(best, rows) ? best : swappedOrder(counts, columns);
      if (order === undefined) return undefined;
      const share = `${((100 * matches) / rows).toFixed(1)}%`;
      return notice(
        'W_CLASS_ORDER',
        `predictions agree with the labels on ${share}; ${classOrderText(order, patient)}.`,
        patient.place,
      );
    },
  };
};

function isBetter({ gained, lost }: ClassOrder, rows: number): boolean {
  return gained - lost > leastGain * rows && gained - lost > beyondNoise * Math.sqrt(gained + lost);
}
