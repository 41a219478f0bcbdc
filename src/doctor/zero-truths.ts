import { notice } from '../core/notices.ts';
import { suggestedFloor } from '../numerics/suggested-floor.ts';
import { nameRows } from './name-rows.ts';
import type { Check } from './patient.ts';
import { addRow, noRows } from './rows-found.ts';

/** Rows whose true class has probability 0, with the floor that the digits of the data suggest. */
export const zeroTruths: Check = (patient) => {
  const { set, place } = patient;
  const found = noRows();
  const isDeclared = set.kind === 'probabilities';
  return {
    see: ({ row, cells, offset, label }) => {
      if (isDeclared && cells[offset + label] === 0) addRow(found, row);
    },
    conclude: () =>
      found.count === 0
        ? undefined
        : notice(
            'W_PROB_ZERO_TRUE',
            `the true class has probability 0 in ${nameRows(found, patient)}, so the NLL is infinite; --floor ${suggestedFloor(set.scores)}, half the smallest step or positive value of the data, raises zeros to it, and the temperature depends on it.`,
            place,
          ),
  };
};
