import type { MatrixInput } from '../core/matrix.ts';
import { sumOfOthers } from '../numerics/log-sum-exp.ts';
import { log1p } from '../numerics/logarithm.ts';
import type { RowReduction } from '../numerics/row-transform.ts';
import { argmaxRow } from '../numerics/top-label.ts';
import { type OodScoreOptions, scoreRows } from './ood-logits.ts';

/** T·ln Σ_k exp(z_k/T) = max z + T·log1p(Σ' exp((z_k − max z)/T)): dividing max z by T first could overflow. */
const negativeEnergy: RowReduction = (data, offset, columns, temperature) => {
  const top = argmaxRow(data, offset, columns);
  return data[offset + top]! + temperature * log1p(sumOfOthers(data, offset, columns, temperature, top));
};

/**
 * Energy score of each row: −E = T·ln Σ_k exp(z_k/T), the energy E with its sign turned so that, as with the other
 * scores here, higher means more like the familiar data.
 *
 * Unlike a softmax probability it changes when all logits of a row move together, which is its point.
 *
 * @param logits N×K logits, K ≥ 2. −Infinity masks a class.
 * @param options `temperature` T, default 1, the value the source uses throughout.
 * @returns N scores −E in units of the logits, each at least the row's largest logit.
 * @throws CalibrationError `E_TEMPERATURE`, `E_OPTION`, `E_SHAPE`, `E_LOGIT_NAN` or `E_LOGIT_NEGINF`.
 *
 * @example
 * ```ts
 * import { energyScore } from 'calibrant';
 *
 * const [familiar, odd] = energyScore([[9, 5], [2, -2]]);
 * assert.ok(familiar > odd);
 * assert.equal(energyScore([[0, 0]], { temperature: 2 })[0], 2 * Math.LN2);
 * ```
 *
 * Source: Liu, Wang, Owens and Li 2020, "Energy-based out-of-distribution detection".
 */
export function energyScore(logits: MatrixInput, options: OodScoreOptions = {}): Float64Array {
  return scoreRows(logits, options, 1, negativeEnergy);
}
