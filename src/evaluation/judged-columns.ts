import type { NumberStorage, StoredNumbers } from '../core/number-store.ts';
import { judgePieces, type LabelledRows, type RowExtras } from '../metrics/judge-pieces.ts';
import type { StoredConfidences } from '../metrics/tabulate.ts';

/** What was found of each row, kept in storage: see `RowScores`. */
export interface JudgedColumns extends StoredConfidences {
  readonly nll: StoredNumbers<Float64Array>;
  readonly brier: StoredNumbers<Float64Array>;
}

/** Some rows of {@link JudgedColumns}, in arrays that are reused. */
export interface ColumnsPiece {
  /** Row that the arrays begin with. */
  readonly from: number;
  readonly confidence: Float64Array;
  readonly correct: Uint8Array;
  readonly nll: Float64Array;
  readonly brier: Float64Array;
  readonly weights: Float64Array | undefined;
}

/** Judges every row in one pass over the probabilities and keeps what is found. */
export function judgedColumns(
  sample: LabelledRows,
  extras: RowExtras,
  storage: NumberStorage,
): JudgedColumns {
  const { rows } = sample.source;
  const stores = {
    confidence: storage.floats(rows),
    correct: storage.bytes(rows),
    nll: storage.floats(rows),
    brier: storage.floats(rows),
  };
  judgePieces(sample, 'all', extras, ({ from, to, confidence, correct, nll, brier }) => {
    stores.confidence.pushAll(confidence.subarray(0, to - from));
    stores.correct.pushAll(correct.subarray(0, to - from));
    stores.nll.pushAll(nll.subarray(0, to - from));
    stores.brier.pushAll(brier.subarray(0, to - from));
  });
  return {
    confidence: stores.confidence.finish(),
    correct: stores.correct.finish(),
    nll: stores.nll.finish(),
    brier: stores.brier.finish(),
    weights: sample.weights,
  };
}

/** Rows read at a time. */
const atOnce = 4096;

/** Reads the columns from the first row to the last. */
export function forEachPiece(
  { confidence, correct, nll, brier, weights }: JudgedColumns,
  use: (piece: ColumnsPiece) => void,
): void {
  const { length } = confidence;
  for (let from = 0; from < length; from += atOnce) {
    const to = Math.min(from + atOnce, length);
    use({
      from,
      confidence: confidence.read(from, to),
      correct: correct.read(from, to),
      nll: nll.read(from, to),
      brier: brier.read(from, to),
      weights: weights?.read(from, to),
    });
  }
}
