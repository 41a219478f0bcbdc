import type { Matrix } from '../core/matrix.ts';
import type { ScoredSet } from '../core/scored-set.ts';
import { surveyLogits } from '../kernels/survey.ts';
import { tempered } from '../numerics/log-sum-exp.ts';
import { log, log1p } from '../numerics/logarithm.ts';
import { softmaxRow } from '../numerics/softmax-row.ts';
import { argmaxRow } from '../numerics/top-label.ts';

/** N rows of K probabilities, worked out a few at a time so that no second N×K matrix is held. */
export interface ProbabilityRows {
  readonly rows: number;
  readonly classes: number;
  /** The scores of rows `[from, to)`, in a buffer that the next call may reuse. */
  readonly scores: (from: number, to: number) => Float64Array | Float32Array;
  /** T, for all rows or by row, where the scores are logits; `undefined` where they are probabilities. */
  readonly temperatures: number | ArrayLike<number> | undefined;
  /**
   * Fills `into` with the K probabilities of row `i` and returns the predicted class: the first with the largest
   * score, taken from the scores themselves so that rounding of the softmax cannot change it.
   */
  readonly read: (i: number, into: Float64Array) => number;
  /**
   * −ln of the probability of class `y` of row `i`, nats; Infinity at probability 0.
   *
   * @param top The predicted class.
   * @param others For logits, Σ_{k≠top} p_k/p_top.
   */
  readonly surprisal: (i: number, y: number, top: number, others: number) => number;
}

/** Probabilities as they stand in a matrix. */
export function probabilityRows({ data, rows, columns }: Matrix): ProbabilityRows {
  return {
    rows,
    classes: columns,
    scores: (from, to) => data.subarray(from * columns, to * columns),
    temperatures: undefined,
    read: (i, into) => {
      const offset = i * columns;
      for (let k = 0; k < columns; k += 1) into[k] = data[offset + k]!;
      return argmaxRow(data, offset, columns);
    },
    surprisal: (i, y) => -log(data[i * columns + y]!),
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
  const temperatureOf = (i: number): number =>
    typeof temperature === 'number' ? temperature : temperature[i]!;
  const logitAt = (at: number): number => (kind === 'logits' ? data[at]! : log(data[at]!));
  return {
    rows,
    classes: columns,
    ...manageable(scores, kind, temperature),
    read: (i, into) => {
      const offset = i * columns;
      for (let k = 0; k < columns; k += 1) z[k] = logitAt(offset + k);
      softmaxRow(z, 0, columns, temperatureOf(i), into, 0);
      return argmaxRow(data, offset, columns);
    },
    surprisal: (i, y, top, others) => {
      const offset = i * columns;
      return log1p(others) - tempered(logitAt(offset + y), logitAt(offset + top), temperatureOf(i));
    },
  };
}

/** Beyond it two logits may be further apart than the doubles reach. */
const halfOfLargest = Number.MAX_VALUE / 2;

/** Logits less than 1.8e308 apart, and the temperature to divide them by: both halved where the logits are larger. */
function manageable(
  scores: Matrix,
  kind: ScoredSet['kind'],
  temperature: number | ArrayLike<number>,
): Pick<ProbabilityRows, 'scores' | 'temperatures'> {
  const { data, columns } = scores;
  const part = (from: number, to: number): Float64Array | Float32Array =>
    data.subarray(from * columns, to * columns);
  if (kind === 'probabilities') {
    return { scores: (from, to) => Float64Array.from(part(from, to), log), temperatures: temperature };
  }
  if (data instanceof Float32Array || !isFar(scores)) return { scores: part, temperatures: temperature };
  const half = (value: number): number => Math.max(value / 2, Number.MIN_VALUE);
  return {
    scores: (from, to) => Float64Array.from(part(from, to), (value) => value / 2),
    temperatures: typeof temperature === 'number' ? half(temperature) : Float64Array.from(temperature, half),
  };
}

function isFar(scores: Matrix): boolean {
  const { largest, smallest } = surveyLogits(scores);
  const beyond = (extreme: number): boolean => Math.abs(extreme) > halfOfLargest && Number.isFinite(extreme);
  return largest.some(beyond) || smallest.some((low) => low === Number.NEGATIVE_INFINITY || beyond(low));
}
