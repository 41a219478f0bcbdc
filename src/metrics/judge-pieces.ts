import type { StoredNumbers } from '../core/number-store.ts';
import { kernels } from '../kernels/kernels.ts';
import type { ClasswiseSums } from '../kernels/kernels-contract.ts';
import { blockRows, pieceRows } from '../kernels/row-blocks.ts';
import type { ProbabilityRows } from './probability-rows.ts';

/** Probabilities beside their labels and weights, to be gone through once or several times. */
export interface LabelledRows {
  readonly source: ProbabilityRows;
  readonly labels: StoredNumbers<Int32Array>;
  readonly weights: StoredNumbers<Float64Array> | undefined;
}

/** Sums of the classes' tables over one block of rows, handed on when the block is done. */
export interface ClasswiseCollector {
  readonly sums: ClasswiseSums;
  /** Takes the sums over a block of so many rows away, leaving 0. */
  readonly collect: (rows: number) => void;
}

/** What else is done with the probabilities while they are at hand. */
export interface RowExtras {
  /** Called with each row's probabilities, in a buffer that is reused; it must not start another pass. */
  readonly visit?: (row: number, probabilities: Float64Array, label: number, weight: number) => void;
  readonly collector?: ClasswiseCollector;
}

/** Some rows with what was found of each. The arrays are reused by the next piece. */
export interface JudgedPiece {
  /** Rows `[from, to)` of the whole; each array begins at `from`. */
  readonly from: number;
  readonly to: number;
  /** Probability of the predicted class. */
  readonly confidence: Float64Array;
  /** 1 where the prediction is the label, else 0. */
  readonly correct: Uint8Array;
  /** −ln p of the true class, nats; Infinity where it has probability 0. */
  readonly nll: Float64Array;
  /** Σ_k (p_k − 1[y = k])², 0..2. */
  readonly brier: Float64Array;
}

/** Which scores of the rows are wanted: all, or the prediction alone, which is quicker. */
export type WantedScores = 'all' | 'predictions';

/**
 * Judges every row by its label in one pass over the probabilities, piece by piece in the order of the rows; pieces never
 * reach across the blocks that sums are taken in.
 *
 * @param use Called with each piece. Without all scores wanted, `nll` and `brier` are empty.
 */
export function judgePieces(
  { source, labels, weights }: LabelledRows,
  wanted: WantedScores,
  { visit, collector }: RowExtras,
  use: (piece: JudgedPiece) => void,
): void {
  const { rows, classes, temperatures } = source;
  const { judgeRows } = kernels();
  const atOnce = Math.min(pieceRows(classes), rows);
  const isWhole = wanted === 'all';
  const room = isWhole ? atOnce : 0;
  const tops = new Int32Array(atOnce);
  const confidence = new Float64Array(atOnce);
  const correct = new Uint8Array(atOnce);
  const others = new Float64Array(room);
  const brier = new Float64Array(room);
  const nll = new Float64Array(room);
  const out = isWhole
    ? { tops, confidence, others, brier }
    : { tops, confidence, others: undefined, brier: undefined };
  for (let from = 0; from < rows; from += atOnce) {
    const to = Math.min(from + atOnce, rows);
    const truths = labels.read(from, to);
    const shares = visit === undefined ? undefined : weights?.read(from, to);
    judgeRows(
      {
        read: (a, b) => source.scores(from + a, from + b),
        columns: classes,
        from: 0,
        to: to - from,
        labels: truths,
        temperatures: typeof temperatures === 'object' ? temperatures.read(from, to) : temperatures,
      },
      out,
      {
        classwise: collector?.sums,
        visit:
          visit === undefined
            ? undefined
            : (i, p) => visit(from + i, p, truths[i]!, shares === undefined ? 1 : shares[i]!),
      },
    );
    for (let i = 0; i < to - from; i += 1) {
      correct[i] = tops[i] === truths[i] ? 1 : 0;
      if (isWhole) nll[i] = source.surprisal(from + i, truths[i]!, tops[i]!, others[i]!);
    }
    if (to % blockRows === 0 || to === rows) collector?.collect(rowsOfBlock(to));
    use({ from, to, confidence, correct, nll, brier });
  }
}

/** Rows of the block that ends with a row. */
function rowsOfBlock(end: number): number {
  return end % blockRows === 0 ? blockRows : end % blockRows;
}
