import type { MatrixInput } from '../core/matrix.ts';
import { largestProbability } from './max-softmax-score.ts';
import { type OodScoreOptions, scoreRows } from './ood-logits.ts';

/**
 * The temperature part of ODIN: the maximum softmax probability at a very high temperature. Higher means more like
 * the familiar data.
 *
 * At such T the score is close to (1 + (max z − mean z)/T)/K, so it ranks rows by how far the largest logit stands
 * above the mean of all, not above the second. ODIN's other part, a small perturbation of the input along the gradient,
 * needs the network itself and is not done here.
 *
 * @param logits N×K logits, K ≥ 2. −Infinity masks a class.
 * @param options `temperature` T, default 1000, the value the source settles on.
 * @returns N scores in 1/K..1.
 * @throws CalibrationError `E_TEMPERATURE`, `E_OPTION`, `E_SHAPE`, `E_LOGIT_NAN` or `E_LOGIT_NEGINF`.
 *
 * @example
 * ```ts
 * import { maxSoftmaxScore, odinTemperatureScore } from 'calibrant';
 *
 * const logits = [[9, 7, 0], [5, 0, 0]];
 * assert.ok(odinTemperatureScore(logits).every((score) => score > 1 / 3 && score < 0.34));
 * assert.deepEqual(odinTemperatureScore(logits, { temperature: 1 }), maxSoftmaxScore(logits));
 * ```
 *
 * Source: Liang, Li and Srikant 2018, "Enhancing the reliability of out-of-distribution image detection in neural
 * networks".
 */
export function odinTemperatureScore(logits: MatrixInput, options: OodScoreOptions = {}): Float64Array {
  return scoreRows(logits, options, 1000, largestProbability);
}
