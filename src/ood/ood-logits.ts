import { checkOptionNames } from '../core/checks.ts';
import { type MatrixInput, toMatrix } from '../core/matrix.ts';
import { checkLogits, checkSeveralClasses, checkTemperature } from '../numerics/logit-checks.ts';
import { type RowReduction, reduceRows } from '../numerics/row-transform.ts';

/** Options of the scores. */
export interface OodScoreOptions {
  /** T > 0, finite: the logits are divided by it. Each score names its default. */
  readonly temperature?: number;
}

/** One number per row of checked logits. */
export function scoreRows(
  logits: MatrixInput,
  options: OodScoreOptions,
  defaultTemperature: number,
  score: RowReduction,
): Float64Array {
  checkOptionNames(options, ['temperature']);
  const { temperature = defaultTemperature } = options;
  checkTemperature(temperature);
  const matrix = toMatrix(logits);
  checkSeveralClasses(matrix);
  checkLogits(matrix);
  return reduceRows(matrix, temperature, score);
}
