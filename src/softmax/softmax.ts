import { type Float64Matrix, transformRows } from '../numerics/row-transform.ts';
import { softmaxRow } from '../numerics/softmax-row.ts';
import { checkedRows, isRow } from './checked-rows.ts';
import { type LogitRow, type LogitRows, type SoftmaxOptions, temperatureOf } from './softmax-options.ts';

/**
 * Probabilities from logits, at a temperature.
 *
 * p_k = exp(z_k/T) / Σ_j exp(z_j/T), worked out from (z_k − max z)/T so that logits of any size neither overflow nor
 * give NaN. T = 1 is the plain softmax; T → ∞ goes to the uniform distribution and T → 0 to the largest logit. The
 * order of the classes never changes. Error of a cell at most 4·(x + 4)·2^−53·p with x = (max z − z_k)/T, wherever
 * p ≥ 1e-300. A single column is one class with probability 1; write one binary logit s as (0, s).
 *
 * @param logits One row of K logits as a flat array, or N×K logits. −Infinity masks a class: its probability is 0.
 * @returns K probabilities for one row, an N×K matrix for many; float64 in new storage.
 * @throws CalibrationError `E_TEMPERATURE`, `E_OPTION`, `E_SHAPE`, `E_LOGIT_NAN` (NaN or +Infinity) or
 * `E_LOGIT_NEGINF` (every class of a row masked).
 *
 * @example
 * ```ts
 * import { softmax } from 'calibrant';
 *
 * const rounded = (row: Float64Array) => [...row].map((p) => Number(p.toFixed(4)));
 * assert.deepEqual(rounded(softmax([2, 1, 0.1])), [0.659, 0.2424, 0.0986]);
 * assert.deepEqual(rounded(softmax([2, 1, 0.1], { temperature: 2 })), [0.5017, 0.3043, 0.194]);
 *
 * const batch = softmax([[1000, 1000], [0, Number.NEGATIVE_INFINITY]]);
 * assert.deepEqual([...batch.data], [0.5, 0.5, 1, 0]);
 * ```
 *
 * Source: Hinton, Vinyals and Dean 2015, "Distilling the knowledge in a neural network", §2, for the temperature.
 */
export function softmax(logits: LogitRow, options?: SoftmaxOptions): Float64Array;
export function softmax(logits: LogitRows, options?: SoftmaxOptions): Float64Matrix;
export function softmax(
  logits: LogitRow | LogitRows,
  options: SoftmaxOptions = {},
): Float64Array | Float64Matrix {
  const temperature = temperatureOf(options);
  const probabilities = transformRows(checkedRows(logits), temperature, softmaxRow);
  return isRow(logits) ? probabilities.data : probabilities;
}
