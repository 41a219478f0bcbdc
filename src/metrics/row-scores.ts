import { kernels } from '../kernels/kernels.ts';
import type { ClasswiseSums, RowVisitor } from '../kernels/kernels-contract.ts';
import { forEachBlock } from '../kernels/row-blocks.ts';
import type { ProbabilityRows } from './probability-rows.ts';

export type { RowVisitor } from '../kernels/kernels-contract.ts';

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

/** Sums of the classes' tables over one block of rows, handed on when the block is done. */
export interface ClasswiseCollector {
  readonly sums: ClasswiseSums;
  /** Takes the sums over a block of so many rows away, leaving 0. */
  readonly collect: (rows: number) => void;
}

/** The predictions alone. */
export function judgePredictions(
  source: ProbabilityRows,
  labels: Int32Array,
  extras: RowExtras = {},
): JudgedPredictions {
  const { rows } = source;
  const out = {
    tops: new Int32Array(rows),
    confidence: new Float64Array(rows),
    others: undefined,
    brier: undefined,
  };
  judge(source, labels, out, extras);
  return { confidence: out.confidence, correct: hits(out.tops, labels) };
}

/** What else is done with the probabilities while they are at hand. */
export interface RowExtras {
  /** Called with each row's probabilities; it must not start another pass. */
  readonly visit?: RowVisitor;
  readonly collector?: ClasswiseCollector;
}

/** Scores every row against its label in one pass over the probabilities. */
export function scoreRows(source: ProbabilityRows, labels: Int32Array, extras: RowExtras = {}): RowScores {
  const { rows } = source;
  const tops = new Int32Array(rows);
  const confidence = new Float64Array(rows);
  const others = new Float64Array(rows);
  const brier = new Float64Array(rows);
  judge(source, labels, { tops, confidence, others, brier }, extras);
  const nll = new Float64Array(rows);
  for (let i = 0; i < rows; i += 1) nll[i] = source.surprisal(i, labels[i]!, tops[i]!, others[i]!);
  return { confidence, correct: hits(tops, labels), nll, brier };
}

interface Judgements {
  readonly tops: Int32Array;
  readonly confidence: Float64Array;
  readonly others: Float64Array | undefined;
  readonly brier: Float64Array | undefined;
}

function judge(
  { rows, classes, scores, temperatures }: ProbabilityRows,
  labels: Int32Array,
  out: Judgements,
  { visit, collector }: RowExtras,
): void {
  const { judgeRows } = kernels();
  forEachBlock(rows, (from, to) => {
    judgeRows({ read: scores, columns: classes, from, to, labels, temperatures }, out, {
      visit,
      classwise: collector?.sums,
    });
    collector?.collect(to - from);
  });
}

function hits(tops: Int32Array, labels: Int32Array): Uint8Array {
  const correct = new Uint8Array(tops.length);
  for (let i = 0; i < tops.length; i += 1) correct[i] = tops[i] === labels[i] ? 1 : 0;
  return correct;
}
