import { checkOptionNames, checkWithin } from '../core/checks.ts';
import type { LabelInput } from '../core/labels.ts';
import type { MatrixInput } from '../core/matrix.ts';
import type { TieBlocks } from '../numerics/tie-blocks.ts';
import { type ScoreOptions, scoreOptionNames } from './measure-options.ts';
import { readSample } from './measure-sample.ts';
import type { RiskCoveragePoint } from './risk-coverage-curve.ts';
import { forEachSelection, type Selection } from './selective-rows.ts';

/** Options of {@link riskAtCoverage}. */
export interface RiskAtCoverageOptions extends ScoreOptions {
  /** Share of the rows to keep, in (0, 1]. */
  readonly coverage: number;
}

/** Options of {@link coverageAtRisk}. */
export interface CoverageAtRiskOptions extends ScoreOptions {
  /** Share of errors to allow among the rows kept, 0..1. */
  readonly risk: number;
}

/** The rows that an allowed risk lets through; none where the coverage is 0. */
export interface CoverageAtRisk {
  readonly coverage: number;
  /** `null` where no rows are kept. */
  readonly risk: number | null;
  /** `null` where no rows are kept. */
  readonly threshold: number | null;
}

/** Slack for the rounding of a product of a share and a number of rows. */
const slack = 1e-12;

/**
 * Risk at a coverage: the share of errors among the most confident rows, when a given share of all rows is kept.
 *
 * The ⌈coverage·n⌉ most confident rows are kept. Where they end within a tie, the expected value over the order of the
 * tie counts.
 *
 * @param scores N×K probabilities, or logits as `input` says; one column is the probability of class 1, or its logit.
 * @param labels N class indices, 0-based.
 * @returns The risk, the coverage that whole rows give, and the confidence of the last row kept.
 * @throws CalibrationError `E_OPTION`, `E_PROB_RANGE`, `E_PROB_SUM`, `E_LOGIT_NAN`, `E_LOGIT_NEGINF`, or one of the
 * label and weight codes.
 *
 * Cost O(N) after sorting.
 *
 * @example
 * ```ts
 * import { riskAtCoverage } from 'calibrant';
 *
 * const rows = [[0.75, 0.25], [0.5, 0.5], [0.5, 0.5]];
 * // Of the two tied rows one is wrong and one of them is kept: half an error in two rows.
 * assert.equal(riskAtCoverage(rows, [0, 1, 0], { coverage: 0.6 }).risk, 0.25);
 * ```
 *
 * Source: Geifman and El-Yaniv 2017, "Selective classification for deep neural networks".
 */
export function riskAtCoverage(
  scores: MatrixInput,
  labels: LabelInput,
  options: RiskAtCoverageOptions,
): RiskCoveragePoint {
  checkOptionNames(options, [...scoreOptionNames, 'coverage']);
  checkWithin('coverage', options.coverage, Number.MIN_VALUE, 1);
  return riskAtCoverageOfBlocks(readSample(scores, labels, options).confidenceBlocks(), options.coverage);
}

/** Risk at a coverage of pooled confidences. */
export function riskAtCoverageOfBlocks(blocks: TieBlocks, coverage: number): RiskCoveragePoint {
  let found: Selection | undefined;
  let last: Selection | undefined;
  forEachSelection(blocks, (selection) => {
    if (found === undefined && selection.coverage >= coverage - slack) found = selection;
    last = selection;
  });
  const { threshold, coverage: covered, risk } = (found ?? last)!;
  return { threshold, coverage: covered, risk };
}

/**
 * Coverage at a risk: the largest share of rows that can be kept, the most confident first, with no more than a given
 * share of errors among them.
 *
 * Every number of rows is tried, so the risk may be higher at smaller coverages. Ties count with the expected value
 * over their order.
 *
 * @param scores N×K probabilities, or logits as `input` says; one column is the probability of class 1, or its logit.
 * @param labels N class indices, 0-based.
 * @returns The coverage, its risk and the confidence of the last row kept; coverage 0 where no number of rows will do.
 * @throws CalibrationError `E_OPTION`, `E_PROB_RANGE`, `E_PROB_SUM`, `E_LOGIT_NAN`, `E_LOGIT_NEGINF`, or one of the
 * label and weight codes.
 *
 * Cost O(N) after sorting.
 *
 * @example
 * ```ts
 * import { coverageAtRisk } from 'calibrant';
 *
 * const rows = [[0.75, 0.25], [0.5, 0.5]];
 * assert.equal(coverageAtRisk(rows, [0, 1], { risk: 0.1 }).coverage, 0.5);
 * assert.equal(coverageAtRisk(rows, [1, 1], { risk: 0.1 }).coverage, 0);
 * ```
 *
 * Source: Geifman and El-Yaniv 2017, "Selective classification for deep neural networks".
 */
export function coverageAtRisk(
  scores: MatrixInput,
  labels: LabelInput,
  options: CoverageAtRiskOptions,
): CoverageAtRisk {
  checkOptionNames(options, [...scoreOptionNames, 'risk']);
  checkWithin('risk', options.risk, 0, 1);
  return coverageAtRiskOfBlocks(readSample(scores, labels, options).confidenceBlocks(), options.risk);
}

/** Coverage at a risk of pooled confidences. */
export function coverageAtRiskOfBlocks(blocks: TieBlocks, allowed: number): CoverageAtRisk {
  let found: CoverageAtRisk = { coverage: 0, risk: null, threshold: null };
  forEachSelection(blocks, ({ coverage, risk, threshold }) => {
    if (risk <= allowed + slack) found = { coverage, risk, threshold };
  });
  return found;
}
