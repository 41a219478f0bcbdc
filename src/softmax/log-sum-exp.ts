import { logSumExpRow } from '../numerics/log-sum-exp.ts';
import { reduceRows } from '../numerics/row-transform.ts';
import { checkedRows, isRow } from './checked-rows.ts';
import { type LogitRow, type LogitRows, type SoftmaxOptions, temperatureOf } from './softmax-options.ts';

/**
 * ln Σ_k exp(z_k/T): the smooth maximum that normalises the softmax.
 *
 * Worked out as max z/T + log1p(Σ' exp((z_k − max z)/T)), the sum over all classes but the largest.
 *
 * @param logits One row of K logits as a flat array, or N×K logits. −Infinity masks a class, which then adds nothing.
 * @returns One number in nats for one row, N of them for many; ±Infinity only where max z/T itself leaves the doubles.
 * @throws CalibrationError `E_TEMPERATURE`, `E_OPTION`, `E_SHAPE`, `E_LOGIT_NAN` or `E_LOGIT_NEGINF`, as `softmax`.
 *
 * @example
 * ```ts
 * import { logSumExp } from 'calibrant';
 *
 * assert.equal(logSumExp([1000, 1000]), 1000 + Math.LN2);
 * assert.deepEqual([...logSumExp([[0, 0], [4, Number.NEGATIVE_INFINITY]])], [Math.LN2, 4]);
 * ```
 */
export function logSumExp(logits: LogitRow, options?: SoftmaxOptions): number;
export function logSumExp(logits: LogitRows, options?: SoftmaxOptions): Float64Array;
export function logSumExp(logits: LogitRow | LogitRows, options: SoftmaxOptions = {}): number | Float64Array {
  const temperature = temperatureOf(options);
  const sums = reduceRows(checkedRows(logits), temperature, logSumExpRow);
  return isRow(logits) ? sums[0]! : sums;
}
