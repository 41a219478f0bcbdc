import { checkOneOf, checkWithin } from '../core/checks.ts';
import { CalibrationError } from '../core/errors.ts';
import { type Matrix, type MatrixInput, toMatrix } from '../core/matrix.ts';
import type { ScoreKind } from '../core/scored-set.ts';
import { logRows } from '../kernels/log-rows.ts';
import { withComplement, withZeroLogit } from '../numerics/binary-columns.ts';
import { checkedProbabilities } from '../numerics/probability-checks.ts';

/** Scores as logits with K ≥ 2 columns: no NaN, no +Infinity. */
export interface CheckedScores {
  readonly logits: Matrix;
  readonly kind: ScoreKind;
}

/** What a caller can say about scores. */
export interface ScoreOptions {
  readonly input?: ScoreKind | undefined;
  readonly floor?: number | undefined;
}

/**
 * The border check of scores, with one column widened to two: the logit s to (0, s), the probability p to (1 − p, p).
 * Probabilities become ln p.
 */
export function checkedScores(
  input: MatrixInput,
  { input: kind = 'logits', floor }: ScoreOptions,
  rows?: number,
): CheckedScores {
  checkOneOf('input', kind, ['logits', 'probabilities']);
  if (floor !== undefined) checkWithin('floor', floor, Number.MIN_VALUE, 1);
  const matrix = toMatrix(input, rows);
  if (kind === 'logits') {
    checkLogits(matrix);
    return { logits: matrix.columns === 1 ? withZeroLogit(matrix) : matrix, kind };
  }
  const checked = checkedProbabilities(matrix);
  const probabilities = checked.columns === 1 ? withComplement(checked) : checked;
  return { logits: logRows(floor === undefined ? probabilities : clipped(probabilities, floor)), kind };
}

/** Refuses NaN and +Infinity. */
export function checkLogits({ data, columns }: Matrix): void {
  let first = -1;
  let bad = 0;
  for (let at = 0; at < data.length; at += 1) {
    if (data[at]! < Number.POSITIVE_INFINITY) continue;
    if (first < 0) first = at;
    bad += 1;
  }
  if (first < 0) return;
  const more = bad === 1 ? '' : ` (and ${bad - 1} more bad cell${bad === 2 ? '' : 's'})`;
  throw new CalibrationError('E_LOGIT_NAN', {
    index: Math.floor(first / columns),
    what: `logit ${data[first]} of class ${first % columns}${more}`,
    value: data[first],
  });
}

function clipped({ data, rows, columns }: Matrix, floor: number): Matrix {
  return { data: Float64Array.from(data, (p) => Math.min(Math.max(p, floor), 1)), rows, columns };
}
