import type { TableRule } from '../metrics/bin-options.ts';
import { classwiseBins } from '../metrics/classwise-bins.ts';
import { classwiseErrorOfTables } from '../metrics/classwise-calibration-error.ts';
import { histogramOf } from '../metrics/confidence-histogram.ts';
import { eceOfBins } from '../metrics/expected-calibration-error.ts';
import { mceOfBins } from '../metrics/maximum-calibration-error.ts';
import { meanOverRows } from '../metrics/mean-over-rows.ts';
import type { ProbabilityRows } from '../metrics/probability-rows.ts';
import { type RowScores, scoreRows } from '../metrics/row-scores.ts';
import { tabulate } from '../metrics/tabulate.ts';
import { eceNoise } from './ece-noise.ts';
import type { Figures } from './evaluation.ts';
import { gapError } from './gap-error.ts';

/** The figures of a set of probabilities, with the row values they are means of. */
export interface JudgedRows {
  readonly figures: Figures;
  readonly rows: RowScores;
}

/**
 * Works out all {@link Figures} in one pass over the probabilities (equal-mass class-wise bins take a second one for
 * their edges); no N×K matrix is made on the way.
 *
 * @param labels N checked class indices.
 * @param weights N checked weights, or none.
 */
export function judgeRows(
  source: ProbabilityRows,
  labels: Int32Array,
  weights: Float64Array | undefined,
  rule: TableRule,
): JudgedRows {
  const classwise = classwiseBins(source, labels, weights, rule);
  const rows = scoreRows(source, labels, classwise);
  const reliability = tabulate({ ...rows, weights }, rule);
  const equalMass = tabulate({ ...rows, weights }, { ...rule, scheme: 'equal-mass' });
  const noise = eceNoise(rows.confidence, weights, reliability);
  const classwiseError = classwiseErrorOfTables(classwise.tables());
  const nll = meanOverRows(rows.nll, weights);
  const figures: Figures = {
    nll: Number.isFinite(nll) ? nll : null,
    infiniteRows: countInfinite(rows.nll),
    brier: meanOverRows(rows.brier, weights),
    accuracy: meanOverRows(rows.correct, weights),
    meanConfidence: meanOverRows(rows.confidence, weights),
    gapError: gapError(rows, weights),
    ece: eceOfBins(reliability),
    eceNoise: noise.mean,
    eceNoiseLimit: noise.limit,
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

function countInfinite(nll: Float64Array): number {
  return nll.reduce((count, value) => count + (value === Number.POSITIVE_INFINITY ? 1 : 0), 0);
}
