import type { LabelInput } from '../core/labels.ts';
import type { MatrixInput } from '../core/matrix.ts';
import type { TieBlocks } from '../numerics/tie-blocks.ts';
import type { ScoreOptions } from './measure-options.ts';
import { scoredSample } from './measure-sample.ts';

/** What is left when all rows below a confidence are turned away. */
export interface RiskCoveragePoint {
  /** Least confidence that is accepted. */
  readonly threshold: number;
  /** Share of the rows accepted, by weight. */
  readonly coverage: number;
  /** Share of errors among them. */
  readonly risk: number;
}

/**
 * Risk-coverage curve of selective prediction: for each confidence, the share of rows at least that confident and the
 * share of errors among them.
 *
 * @param scores N×K probabilities, or logits as `input` says; one column is the probability of class 1, or its logit.
 * @param labels N class indices, 0-based.
 * @returns One point per distinct confidence, the most confident first; the last covers all rows.
 * @throws CalibrationError `E_OPTION`, `E_PROB_RANGE`, `E_PROB_SUM`, `E_LOGIT_NAN`, `E_LOGIT_NEGINF`, or one of the
 * label and weight codes.
 *
 * Cost O(N) after sorting.
 *
 * @example
 * ```ts
 * import { riskCoverageCurve } from 'calibrant';
 *
 * assert.deepEqual(riskCoverageCurve([[0.75, 0.25], [0.5, 0.5]], [0, 1]), [
 *   { threshold: 0.75, coverage: 0.5, risk: 0 },
 *   { threshold: 0.5, coverage: 1, risk: 0.5 },
 * ]);
 * ```
 *
 * Source: El-Yaniv and Wiener 2010, "On the foundations of noise-free selective classification".
 */
export function riskCoverageCurve(
  scores: MatrixInput,
  labels: LabelInput,
  options: ScoreOptions = {},
): readonly RiskCoveragePoint[] {
  return riskCoverageOfBlocks(scoredSample(scores, labels, options).confidenceBlocks());
}

/** Risk-coverage curve of pooled confidences. */
function riskCoverageOfBlocks({
  values,
  weights,
  hits,
  totalWeight,
}: TieBlocks): readonly RiskCoveragePoint[] {
  const points: RiskCoveragePoint[] = [];
  let covered = 0;
  let errors = 0;
  for (let b = values.length - 1; b >= 0; b -= 1) {
    covered += weights[b]!;
    errors += weights[b]! - hits[b]!;
    points.push({ threshold: values[b]!, coverage: covered / totalWeight, risk: errors / covered });
  }
  return points;
}
