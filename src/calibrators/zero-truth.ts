import { CalibrationError } from '../core/errors.ts';
import type { Matrix } from '../core/matrix.ts';
import { rowsOfScores, type ScoreRows } from '../core/score-rows.ts';
import { suggestedFloor } from '../numerics/suggested-floor.ts';

/**
 * The refusal of a row whose true class has probability 0, with the floor that the digits of the data suggest.
 *
 * @param probabilities All of the rows, as given.
 */
export function zeroTruth(index: number, probabilities: Matrix | ScoreRows): CalibrationError {
  return new CalibrationError('E_PROB_ZERO_TRUE', {
    index,
    what: 'the true class has probability 0, so NLL is infinite',
    value: 0,
    hint: `Pass --floor ${suggestedFloor(rowsOfScores(probabilities))}, half the smallest step or positive value of the data, to raise zeros to it; the result depends on it.`,
  });
}
