import type { Matrix } from '../core/matrix.ts';
import type { ScoredSet } from '../core/scored-set.ts';
import { tempered } from '../numerics/log-sum-exp.ts';
import { log, log1p } from '../numerics/logarithm.ts';
import { softmaxRow } from '../numerics/softmax-row.ts';
import { argmaxRow } from '../numerics/top-label.ts';

/** N rows of K probabilities, worked out one at a time so that no second N×K matrix is held. */
export interface ProbabilityRows {
  readonly rows: number;
  readonly classes: number;
  /**
   * Fills `into` with the K probabilities of row `i` and returns the predicted class: the first with the largest
   * score, taken from the scores themselves so that rounding of the softmax cannot change it.
   */
  readonly read: (i: number, into: Float64Array) => number;
  /** −ln of the probability of class `y` in the row last read, nats; Infinity at probability 0. */
  readonly surprisal: (y: number) => number;
}

/** Probabilities as they stand in a matrix. */
export function probabilityRows({ data, rows, columns }: Matrix): ProbabilityRows {
  let offset = 0;
  return {
    rows,
    classes: columns,
    read: (i, into) => {
      offset = i * columns;
      for (let k = 0; k < columns; k += 1) into[k] = data[offset + k]!;
      return argmaxRow(data, offset, columns);
    },
    surprisal: (y) => -log(data[offset + y]!),
  };
}

/**
 * softmax(z/T) of the logits z of a set, or of z = ln p where the set holds probabilities.
 *
 * With m = max z, −ln p_y = ln(1 + Σ' p_k/p_m) − (z_y − m)/T, the sum over all classes but the predicted one: no
 * logarithm is taken of a rounded probability, so confident rows keep their digits and nothing underflows.
 *
 * @param temperature T > 0, one for all rows or one per row.
 */
export function temperedRows(
  { scores, kind }: Pick<ScoredSet, 'scores' | 'kind'>,
  temperature: number | ArrayLike<number>,
): ProbabilityRows {
  const { data, rows, columns } = scores;
  const z = new Float64Array(columns);
  let top = 0;
  let t = typeof temperature === 'number' ? temperature : 1;
  let others = 0;
  return {
    rows,
    classes: columns,
    read: (i, into) => {
      const offset = i * columns;
      for (let k = 0; k < columns; k += 1) {
        z[k] = kind === 'logits' ? data[offset + k]! : log(data[offset + k]!);
      }
      if (typeof temperature !== 'number') t = temperature[i]!;
      top = argmaxRow(data, offset, columns);
      softmaxRow(z, 0, columns, t, into, 0);
      others = 0;
      for (let k = 0; k < columns; k += 1) if (k !== top) others += into[k]!;
      others /= into[top]!;
      return top;
    },
    surprisal: (y) => log1p(others) - tempered(z[y]!, z[top]!, t),
  };
}
