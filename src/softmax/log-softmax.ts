import { type Float64Matrix, transformRows } from '../numerics/row-transform.ts';
import { logSoftmaxRow } from '../numerics/softmax-row.ts';
import { checkedRows, isRow } from './checked-rows.ts';
import { type LogitRow, type LogitRows, type SoftmaxOptions, temperatureOf } from './softmax-options.ts';

/**
 * Natural logarithms of the softmax probabilities, at a temperature.
 *
 * ln p_k = (z_k − max z)/T − log1p(Σ' exp((z_j − max z)/T)), the sum over all classes but the largest. Unlike the
 * logarithm of a rounded softmax it stays finite where p underflows and keeps its digits where p is close to 1.
 *
 * @param logits One row of K logits as a flat array, or N×K logits. −Infinity masks a class and stays −Infinity.
 * @returns K log-probabilities in nats for one row, an N×K matrix for many; float64 in new storage.
 * @throws CalibrationError `E_TEMPERATURE`, `E_OPTION`, `E_SHAPE`, `E_LOGIT_NAN` or `E_LOGIT_NEGINF`, as `softmax`.
 *
 * @example
 * ```ts
 * import { logSoftmax } from 'calibrant';
 *
 * // The plain softmax of this row is [1, 0] in doubles; its logarithm still tells how sure.
 * assert.deepEqual([...logSoftmax([800, 0])], [0, -800]);
 * assert.deepEqual([...logSoftmax([[3, 3]], { temperature: 5 }).data], [-Math.LN2, -Math.LN2]);
 * ```
 */
export function logSoftmax(logits: LogitRow, options?: SoftmaxOptions): Float64Array;
export function logSoftmax(logits: LogitRows, options?: SoftmaxOptions): Float64Matrix;
export function logSoftmax(
  logits: LogitRow | LogitRows,
  options: SoftmaxOptions = {},
): Float64Array | Float64Matrix {
  const temperature = temperatureOf(options);
  const logarithms = transformRows(checkedRows(logits), temperature, logSoftmaxRow);
  return isRow(logits) ? logarithms.data : logarithms;
}
