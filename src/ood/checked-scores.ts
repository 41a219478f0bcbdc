import { CalibrationError } from '../core/errors.ts';
import { foundText } from '../core/found-text.ts';
import { isScoreList } from '../core/number-cells.ts';
import { refuseUntypedBits } from '../core/tensor-type.ts';

/** Scores in ascending order; NaN and empty lists are refused, infinite scores are not. */
export function sortedScores(name: string, scores: ArrayLike<number>): Float64Array {
  if (!isScoreList(scores)) {
    throw new CalibrationError('E_SHAPE', {
      what: `the ${name} scores are ${foundText(scores)}, expected a list of numbers`,
      value: scores,
    });
  }
  refuseUntypedBits(scores, 'scores');
  if (scores.length === 0) {
    throw new CalibrationError('E_TOO_FEW', { what: `0 ${name} scores; at least 1 is needed` });
  }
  for (let i = 0; i < scores.length; i += 1) {
    const score: unknown = scores[i];
    if (typeof score === 'number' && !Number.isNaN(score)) continue;
    throw new CalibrationError('E_NUM', {
      index: i,
      what: `${name} score ${foundText(score)} is not a number`,
      value: score,
    });
  }
  return Float64Array.from(scores).sort();
}
