import { checkOneOf, checkOptionNames } from '../core/checks.ts';
import type { LabelInput } from '../core/labels.ts';
import type { MatrixInput } from '../core/matrix.ts';
import { CompensatedSum } from '../numerics/compensated-sum.ts';
import { log1p } from '../numerics/logarithm.ts';
import type { TieBlocks } from '../numerics/tie-blocks.ts';
import { type ScoreOptions, scoreOptionNames } from './measure-options.ts';
import { readSample } from './measure-sample.ts';
import { forEachSelection } from './selective-rows.ts';

/** Options of {@link areaUnderRiskCoverage}. */
export interface RiskCoverageOptions extends ScoreOptions {
  /**
   * `mean`: mean of the risks at 1, 2, … n rows. `trapezoid`: area between straight lines through them, over the
   * coverage from 1/n to 1, as torch-uncertainty has it. Default `mean`.
   */
  readonly integration?: 'mean' | 'trapezoid';
}

/** Areas under the curves of selective prediction. */
export interface AreaUnderRiskCoverage {
  /** Mean share of errors among the k most confident rows, over k (AURC). */
  readonly area: number;
  /** The area less e + (1 − e)·ln(1 − e), the least area at error rate e on endlessly many rows (E-AURC). */
  readonly excess: number;
  /** The area less that of the same rows with all errors last: 0 where confidence sorts them perfectly, never below. */
  readonly attainableExcess: number;
  /** Mean share of all rows that are errors among the k most confident, over k (AUGRC), 0..½. */
  readonly generalized: number;
}

/**
 * Areas under the risk-coverage curve (AURC), over the best possible (E-AURC), and under the generalised risk (AUGRC):
 * how well confidence sorts the errors to the end.
 *
 * With rows in order of falling confidence, r(k) the share of errors among the first k: AURC = mean_k r(k), AUGRC =
 * mean_k r(k)·k/n. Ties count with the expected value over their order, so no order of the rows matters.
 *
 * @param scores N×K probabilities, or logits as `input` says; one column is the probability of class 1, or its logit.
 * @param labels N class indices, 0-based.
 * @returns The areas; smaller is better. E-AURC is above 0 on few rows even where the order is perfect, which the
 * attainable excess is not.
 * @throws CalibrationError `E_OPTION`, `E_PROB_RANGE`, `E_PROB_SUM`, `E_LOGIT_NAN`, `E_LOGIT_NEGINF`, or one of the
 * label and weight codes.
 *
 * Cost O(N) after sorting.
 *
 * @example
 * ```ts
 * import { areaUnderRiskCoverage } from 'calibrant';
 *
 * const { area, generalized } = areaUnderRiskCoverage([[0.75, 0.25], [0.5, 0.5]], [0, 1]);
 * assert.equal(area, (0 + 1 / 2) / 2);
 * assert.equal(generalized, (0 + 1 / 2) / 2);
 * ```
 *
 * Source: Geifman, Uziel and El-Yaniv 2019, "Bias-reduced uncertainty estimation for deep neural classifiers"; Traub et
 * al. 2024, "Overcoming common flaws in the evaluation of selective classification systems".
 */
export function areaUnderRiskCoverage(
  scores: MatrixInput,
  labels: LabelInput,
  options: RiskCoverageOptions = {},
): AreaUnderRiskCoverage {
  checkOptionNames(options, [...scoreOptionNames, 'integration']);
  const { integration = 'mean' } = options;
  checkOneOf('integration', integration, ['mean', 'trapezoid']);
  return riskCoverageAreaOfBlocks(readSample(scores, labels, options).confidenceBlocks(), integration);
}

/** Areas under the curves of pooled confidences. */
export function riskCoverageAreaOfBlocks(
  blocks: TieBlocks,
  integration: 'mean' | 'trapezoid' = 'mean',
): AreaUnderRiskCoverage {
  const mean = { risk: new CompensatedSum(), generalized: new CompensatedSum() };
  const lines = {
    risk: new CompensatedSum(),
    generalized: new CompensatedSum(),
    width: new CompensatedSum(),
  };
  let [lastRisk, lastGeneralized, isFirst] = [0, 0, true];
  let error = 0;
  forEachSelection(blocks, ({ risk, generalizedRisk, share }) => {
    mean.risk.add(share * risk);
    mean.generalized.add(share * generalizedRisk);
    if (!isFirst) {
      lines.risk.add((share * (risk + lastRisk)) / 2);
      lines.generalized.add((share * (generalizedRisk + lastGeneralized)) / 2);
      lines.width.add(share);
    }
    [lastRisk, lastGeneralized, isFirst] = [risk, generalizedRisk, false];
    error = risk;
  });
  const byLines = integration === 'trapezoid' && lines.width.value > 0;
  const area = byLines ? lines.risk.value / lines.width.value : mean.risk.value;
  return {
    area,
    excess: area - (error < 1 ? error + (1 - error) * log1p(-error) : 1),
    attainableExcess: Math.max(mean.risk.value - leastArea(error * blocks.rows, blocks.rows), 0),
    generalized: byLines ? lines.generalized.value / lines.width.value : mean.generalized.value,
  };
}

/** Mean risk where all errors come last, Σ_j j/(n − m + j)/n; a number that is not whole begins with its fraction. */
function leastArea(errors: number, rows: number): number {
  // Weights may have left a whole number of errors a rounding away from itself.
  const nearest = Math.round(errors);
  const count = Math.abs(errors - nearest) < 1e-9 * rows ? nearest : errors;
  const whole = Math.floor(count);
  const rest = count - whole;
  const sum = new CompensatedSum();
  if (rest > 0) sum.add((rest * rest) / (rows - whole));
  for (let j = 1; j <= whole; j += 1) sum.add((rest + j) / (rows - whole + j));
  return sum.value / rows;
}
