import { type MeasureSample, withDerived } from '../metrics/measure-sample.ts';
import type { RowScores } from '../metrics/row-scores.ts';
import type { JudgedConfidences } from '../metrics/tabulate.ts';
import { gathered, inOrder } from './canonical-sample.ts';
import { rememberedRows } from './remembered-rows.ts';

/** Rows of a sample by number, in any order, left out or repeated; what each row scores is not worked out again. */
export function orderedSample(base: MeasureSample, order: Uint32Array): MeasureSample {
  let scores: RowScores | undefined;
  const rowScores = (): RowScores => {
    scores ??= scoresOf(base.rowScores(), order);
    return scores;
  };
  const sample = inOrder(base, order);
  if (base.binary === 'confidence') return withDerived(sample, base.binary, { rowScores });
  const events = (): JudgedConfidences => eventsOf(base.events(), order);
  return withDerived(sample, base.binary, { rowScores, events });
}

function eventsOf(
  { confidence, correct, weights }: JudgedConfidences,
  order: Uint32Array,
): JudgedConfidences {
  const { length } = order;
  return {
    confidence: gathered(confidence, order, new Float64Array(length)),
    correct: gathered(correct, order, new Uint8Array(length)),
    weights: weights === undefined ? undefined : gathered(weights, order, new Float64Array(length)),
  };
}

/** The same for rows that are read again and again: the probabilities of each are worked out once. */
export function rereadSample(base: MeasureSample, order: Uint32Array): MeasureSample {
  return orderedSample({ ...base, source: rememberedRows(base.source) }, order);
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
