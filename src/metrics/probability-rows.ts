import type { Matrix } from '../core/matrix.ts';
import { mappedRead, type StoredNumbers, storedNumbers } from '../core/number-store.ts';
import type { Room } from '../core/room.ts';
import { rowsOfScores, type ScoreRows } from '../core/score-rows.ts';
import type { ScoreKind } from '../core/scored-set.ts';
import { pieceRows } from '../kernels/row-blocks.ts';
import { logitSurveyor } from '../kernels/survey.ts';
import { tempered } from '../numerics/log-sum-exp.ts';
import { log, log1p } from '../numerics/logarithm.ts';
import { rowWindow } from '../numerics/row-window.ts';
import { softmaxRow } from '../numerics/softmax-row.ts';
import { argmaxRow } from '../numerics/top-label.ts';

/** N rows of K probabilities, worked out a few at a time so that no second N×K matrix is held. */
export interface ProbabilityRows {
  readonly rows: number;
  readonly classes: number;
  /** The scores of rows `[from, to)`, in a buffer that the next call may reuse. */
  readonly scores: (from: number, to: number) => Float64Array | Float32Array;
  /** T, for all rows or by row, where the scores are logits; `undefined` where they are probabilities. */
  readonly temperatures: number | StoredNumbers<Float64Array> | undefined;
  /** Where the rows are in storage: the memory that may be taken for numbers of every row and class. */
  readonly room?: Room;
  /** What is predicted in each row and with what probability, where that is known already. */
  readonly predictions?: { readonly tops: Int32Array; readonly confidence: Float64Array };
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

/** Probabilities as they stand in a matrix, or in storage. */
export function probabilityRows(probabilities: Matrix | ScoreRows): ProbabilityRows {
  const source = rowsOfScores(probabilities);
  const { rows, columns, read } = source;
  const rowAt = rowWindow(source);
  return {
    rows,
    classes: columns,
    scores: read,
    temperatures: undefined,
    read: (i, into) => {
      const { cells, offset } = rowAt(i);
      for (let k = 0; k < columns; k += 1) into[k] = cells[offset + k]!;
      return argmaxRow(cells, offset, columns);
    },
    surprisal: (i, y) => {
      const { cells, offset } = rowAt(i);
      return -log(cells[offset + y]!);
    },
  };
}

/** Scores and what they are. */
export interface KnownScores {
  readonly kind: ScoreKind;
  readonly scores: Matrix | ScoreRows;
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
  { scores, kind }: KnownScores,
  temperature: number | Float64Array | StoredNumbers<Float64Array>,
): ProbabilityRows {
  const source = rowsOfScores(scores);
  const { rows, columns } = source;
  const given = temperature instanceof Float64Array ? storedNumbers(temperature) : temperature;
  const rowAt = rowWindow(source);
  const z = new Float64Array(columns);
  const temperatureOf = typeof given === 'number' ? () => given : (i: number) => given.read(i, i + 1)[0]!;
  const logitOf = kind === 'logits' ? (score: number): number => score : log;
  return {
    rows,
    classes: columns,
    ...manageable(source, kind, given),
    read: (i, into) => {
      const { cells, offset } = rowAt(i);
      for (let k = 0; k < columns; k += 1) z[k] = logitOf(cells[offset + k]!);
      softmaxRow(z, 0, columns, temperatureOf(i), into, 0);
      return argmaxRow(cells, offset, columns);
    },
    surprisal: (i, y, top, others) => {
      const { cells, offset } = rowAt(i);
      const [truth, best] = [logitOf(cells[offset + y]!), logitOf(cells[offset + top]!)];
      return log1p(others) - tempered(truth, best, temperatureOf(i));
    },
  };
}

/** Beyond it two logits may be further apart than the doubles reach. */
const halfOfLargest = Number.MAX_VALUE / 2;

/** Logits less than 1.8e308 apart, and the temperature to divide them by: both halved where the logits are larger. */
function manageable(
  source: ScoreRows,
  kind: ScoreKind,
  temperature: number | StoredNumbers<Float64Array>,
): Pick<ProbabilityRows, 'scores' | 'temperatures'> {
  const { read } = source;
  if (kind === 'probabilities') {
    return { scores: mappedRead(read, log), temperatures: temperature };
  }
  if (!isFar(source)) return { scores: read, temperatures: temperature };
  const half = (value: number): number => Math.max(value / 2, Number.MIN_VALUE);
  return {
    scores: mappedRead(read, (value) => value / 2),
    temperatures:
      typeof temperature === 'number'
        ? half(temperature)
        : { length: temperature.length, read: mappedRead(temperature.read, half) },
  };
}

function isFar({ rows, columns, read }: ScoreRows): boolean {
  const beyond = (extreme: number): boolean => Math.abs(extreme) > halfOfLargest && Number.isFinite(extreme);
  const atOnce = pieceRows(columns);
  const survey = logitSurveyor();
  for (let from = 0; from < rows; from += atOnce) {
    const to = Math.min(from + atOnce, rows);
    const data = read(from, to);
    // Single precision does not reach as far.
    if (data instanceof Float32Array) return false;
    const { largest, smallest } = survey({ data, rows: to - from, columns });
    if (largest.some(beyond) || smallest.some((low) => low === Number.NEGATIVE_INFINITY || beyond(low))) {
      return true;
    }
  }
  return false;
}
