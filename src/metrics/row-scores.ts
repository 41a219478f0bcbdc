import type { ProbabilityRows } from './probability-rows.ts';

/** What every mean over rows is a mean of: each array has one value per row. */
export interface RowScores {
  /** Probability of the predicted class. */
  readonly confidence: Float64Array;
  /** 1 where the prediction is the label, else 0. */
  readonly correct: Uint8Array;
  /** −ln p of the true class, nats; Infinity where it has probability 0. */
  readonly nll: Float64Array;
  /** Σ_k (p_k − 1[y = k])², 0..2. */
  readonly brier: Float64Array;
}

/** Called with each row's probabilities (a buffer that is reused) while they are at hand. */
export type RowVisitor = (row: number, probabilities: Float64Array) => void;

/** Scores every row against its label in one pass over the probabilities. */
export function scoreRows(source: ProbabilityRows, labels: Int32Array, visit?: RowVisitor): RowScores {
  const { rows, classes } = source;
  const confidence = new Float64Array(rows);
  const correct = new Uint8Array(rows);
  const nll = new Float64Array(rows);
  const brier = new Float64Array(rows);
  const p = new Float64Array(classes);
  for (let i = 0; i < rows; i += 1) {
    const predicted = source.read(i, p);
    const label = labels[i]!;
    confidence[i] = p[predicted]!;
    correct[i] = predicted === label ? 1 : 0;
    nll[i] = source.surprisal(label);
    brier[i] = squaredError(p, label);
    visit?.(i, p);
  }
  return { confidence, correct, nll, brier };
}

function squaredError(p: Float64Array, label: number): number {
  let sum = 0;
  for (let k = 0; k < p.length; k += 1) {
    const error = k === label ? p[k]! - 1 : p[k]!;
    sum += error * error;
  }
  return sum;
}
