import type { ScoredSet } from '../core/scored-set.ts';
import type { BinaryView } from '../metrics/measure-options.ts';
import { type MeasureSample, withDerived } from '../metrics/measure-sample.ts';
import { probabilityRows, temperedRows } from '../metrics/probability-rows.ts';

/**
 * A loaded set as measures take it: as it came, or after a temperature. The set was checked when it was read; the rows are
 * those that `evaluate` judges, so that the figures of both are the same bits.
 *
 * @throws CalibrationError `E_OPTION` for `binary: 'positive'` with other than two classes.
 */
export function sampleOfSet(set: ScoredSet, temperature: number | null, binary: BinaryView): MeasureSample {
  const source =
    temperature === null && set.kind === 'probabilities'
      ? probabilityRows(set.scores)
      : temperedRows(set, temperature ?? 1);
  return withDerived({ source, labels: set.labels, weights: set.weights }, binary);
}
