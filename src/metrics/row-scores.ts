import { storedNumbers } from '../core/number-store.ts';
import { judgePieces, type RowExtras } from './judge-pieces.ts';
import type { ProbabilityRows } from './probability-rows.ts';

/** The prediction of each row. */
export interface JudgedPredictions {
  /** Probability of the predicted class. */
  readonly confidence: Float64Array;
  /** 1 where the prediction is the label, else 0. */
  readonly correct: Uint8Array;
}

/** What every mean over rows is a mean of: each array has one value per row. */
export interface RowScores extends JudgedPredictions {
  /** −ln p of the true class, nats; Infinity where it has probability 0. */
  readonly nll: Float64Array;
  /** Σ_k (p_k − 1[y = k])², 0..2. */
  readonly brier: Float64Array;
}

/** The predictions alone. */
export function judgePredictions(
  source: ProbabilityRows,
  labels: Int32Array,
  extras: RowExtras = {},
): JudgedPredictions {
  const { rows, predictions } = source;
  if (predictions !== undefined && extras.visit === undefined && extras.collector === undefined) {
    const { tops, confidence } = predictions;
    return { confidence, correct: Uint8Array.from(tops, (top, i) => (top === labels[i] ? 1 : 0)) };
  }
  const found = { confidence: new Float64Array(rows), correct: new Uint8Array(rows) };
  const sample = { source, labels: storedNumbers(labels), weights: undefined };
  judgePieces(sample, 'predictions', extras, ({ from, to, confidence, correct }) => {
    found.confidence.set(confidence.subarray(0, to - from), from);
    found.correct.set(correct.subarray(0, to - from), from);
  });
  return found;
}

/** Scores every row against its label in one pass over the probabilities. */
export function scoreRows(source: ProbabilityRows, labels: Int32Array): RowScores {
  const { rows } = source;
  const found = {
    confidence: new Float64Array(rows),
    correct: new Uint8Array(rows),
    nll: new Float64Array(rows),
    brier: new Float64Array(rows),
  };
  const sample = { source, labels: storedNumbers(labels), weights: undefined };
  judgePieces(sample, 'all', {}, ({ from, to, confidence, correct, nll, brier }) => {
    const count = to - from;
    found.confidence.set(confidence.subarray(0, count), from);
    found.correct.set(correct.subarray(0, count), from);
    found.nll.set(nll.subarray(0, count), from);
    found.brier.set(brier.subarray(0, count), from);
  });
  return found;
}
