import type { Matrix } from '../core/matrix.ts';
import type { ScoreKind } from '../core/scored-set.ts';
import { sumOfOthers } from '../numerics/log-sum-exp.ts';
import { log } from '../numerics/logarithm.ts';
import { argmaxRow } from '../numerics/top-label.ts';

/** Each row's prediction and how sure it is: one value per row in each array. */
export interface TopLabels {
  /** Largest probability of the row. */
  readonly confidence: Float64Array;
  /** First class with the largest score. */
  readonly predicted: Int32Array;
  /** 1 where the prediction is the label, else 0. */
  readonly correct: Uint8Array;
}

/**
 * Predictions and confidences of softmax(z/T), z the logits or ln p. The prediction is taken from the scores as they
 * came, so rounding of a softmax cannot change it; the confidence is 1/(1 + S), S the sum of e^((z_k − max z)/T) over
 * the other classes.
 *
 * @param scores N×K; no row is −Infinity (probability 0) throughout.
 * @param temperature T > 0.
 */
export function topLabels(
  { data, rows, columns }: Matrix,
  kind: ScoreKind,
  temperature: number,
  labels: Int32Array,
): TopLabels {
  const confidence = new Float64Array(rows);
  const predicted = new Int32Array(rows);
  const correct = new Uint8Array(rows);
  const logs = new Float64Array(columns);
  for (let i = 0; i < rows; i += 1) {
    const offset = i * columns;
    const top = argmaxRow(data, offset, columns);
    let others: number;
    if (kind === 'logits') others = sumOfOthers(data, offset, columns, temperature, top);
    else {
      for (let k = 0; k < columns; k += 1) logs[k] = log(data[offset + k]!);
      others = sumOfOthers(logs, 0, columns, temperature, top);
    }
    confidence[i] = 1 / (1 + others);
    predicted[i] = top;
    correct[i] = top === labels[i] ? 1 : 0;
  }
  return { confidence, predicted, correct };
}
