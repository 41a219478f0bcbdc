import type { NumberStorage } from '../core/number-store.ts';
import type { TableRule } from '../metrics/bin-options.ts';
import { classwiseBins } from '../metrics/classwise-bins.ts';
import { classwiseErrorOf } from '../metrics/classwise-calibration-error.ts';
import { histogramOf } from '../metrics/confidence-histogram.ts';
import { debiasedErrorOfTable, readDebiasOptions } from '../metrics/debiased-calibration-error.ts';
import { eceOfBins } from '../metrics/expected-calibration-error.ts';
import type { LabelledRows } from '../metrics/judge-pieces.ts';
import { mceOfBins } from '../metrics/maximum-calibration-error.ts';
import { MeanOverRows } from '../metrics/mean-over-rows.ts';
import type { BinaryView } from '../metrics/measure-options.ts';
import type { ReliabilityBins } from '../metrics/reliability-bins.ts';
import { tabulateStored } from '../metrics/tabulate.ts';
import { eceNoise } from './ece-noise.ts';
import type { Figures } from './evaluation.ts';
import { gapError } from './gap-error.ts';
import { forEachPiece, type JudgedColumns, judgedColumns } from './judged-columns.ts';
import { positiveColumns } from './positive-columns.ts';

/** The figures of a set of probabilities, with the row values they are means of. */
export interface JudgedRows {
  readonly figures: Figures;
  readonly rows: JudgedColumns;
}

/**
 * Works out all {@link Figures} in one pass over the probabilities (equal-mass class-wise bins take a second one for
 * their edges) and some over what it found of each row; no N×K matrix is made on the way.
 *
 * @param storage Where the rows' scores go, 25 bytes a row, and 9 more for the positive view.
 * @param binary What the bins hold against what.
 * @param clusterOf Number of each row's cluster; absent where rows are independent.
 */
export function judgeRows(
  sample: LabelledRows,
  rule: TableRule,
  storage: NumberStorage,
  binary: BinaryView = 'confidence',
  clusterOf?: Uint32Array,
): JudgedRows {
  const classwise = classwiseBins(sample, rule, storage);
  const predictions = judgedColumns(sample, classwise, storage);
  const isPositive = binary === 'positive';
  const rows = isPositive ? positiveColumns(sample, predictions, storage) : predictions;
  const tabulated = tabulateStored(rows, rule);
  const reliability: ReliabilityBins = isPositive
    ? { ...tabulated, rule: { ...tabulated.rule, binary } }
    : tabulated;
  const equalMass = tabulateStored(rows, { ...rule, scheme: 'equal-mass' });
  const noise = eceNoise(rows, reliability);
  const classwiseError = classwiseErrorOf(classwise.errors());
  const means = meansOf(rows);
  const figures: Figures = {
    nll: Number.isFinite(means.nll) ? means.nll : null,
    infiniteRows: means.infiniteRows,
    brier: means.brier,
    accuracy: isPositive ? meansOf(predictions).accuracy : means.accuracy,
    frequency: means.accuracy,
    meanConfidence: means.confidence,
    gapError: gapError(rows, means.accuracy - means.confidence, clusterOf),
    ece: eceOfBins(reliability),
    eceNoise: noise.mean,
    eceNoiseLimit: noise.limit,
    eceDebiased: debiasedErrorOfTable(reliability, readDebiasOptions({ norm: 1 })).value,
    mce: mceOfBins(reliability),
    eceEqualMass: eceOfBins(equalMass),
    equalMassBins: equalMass.bins.length,
    classwiseEce: classwiseError.mean,
    classwise: classwiseError.perClass,
    reliability,
    confidenceHistogram: histogramOf(rows),
  };
  return { figures, rows };
}

function meansOf(
  rows: JudgedColumns,
): Readonly<Record<'nll' | 'brier' | 'accuracy' | 'confidence' | 'infiniteRows', number>> {
  const means = {
    nll: new MeanOverRows(),
    brier: new MeanOverRows(),
    accuracy: new MeanOverRows(),
    confidence: new MeanOverRows(),
  };
  let infiniteRows = 0;
  forEachPiece(rows, ({ nll, brier, correct, confidence, weights }) => {
    for (let i = 0; i < nll.length; i += 1) {
      const w = weights === undefined ? 1 : weights[i]!;
      means.nll.add(nll[i]!, w);
      means.brier.add(brier[i]!, w);
      means.accuracy.add(correct[i]!, w);
      means.confidence.add(confidence[i]!, w);
      if (nll[i] === Number.POSITIVE_INFINITY) infiniteRows += 1;
    }
  });
  return {
    nll: means.nll.value,
    brier: means.brier.value,
    accuracy: means.accuracy.value,
    confidence: means.confidence.value,
    infiniteRows,
  };
}
