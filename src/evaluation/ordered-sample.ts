import { type MeasureSample, withDerived } from '../metrics/measure-sample.ts';
import type { RowScores } from '../metrics/row-scores.ts';
import { gathered, inOrder } from './canonical-sample.ts';

/** Rows of a sample by number, in any order, left out or repeated; what each row scores is not worked out again. */
export function orderedSample(base: MeasureSample, order: Uint32Array): MeasureSample {
  let scores: RowScores | undefined;
  const rowScores = (): RowScores => {
    scores ??= scoresOf(base.rowScores(), order);
    return scores;
  };
  return withDerived(inOrder(base, order), base.binary, { rowScores });
}

function scoresOf({ confidence, correct, nll, brier }: RowScores, order: Uint32Array): RowScores {
  const { length } = order;
  return {
    confidence: gathered(confidence, order, new Float64Array(length)),
    correct: gathered(correct, order, new Uint8Array(length)),
    nll: gathered(nll, order, new Float64Array(length)),
    brier: gathered(brier, order, new Float64Array(length)),
  };
}
