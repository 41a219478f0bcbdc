import { checkList, checkOptionNames, checkWhole } from '../core/checks.ts';
import { CalibrationError } from '../core/errors.ts';
import type { LabelInput } from '../core/labels.ts';
import type { MatrixInput } from '../core/matrix.ts';
import { poolTies } from '../numerics/tie-blocks.ts';
import { type ScoreOptions, scoreOptionNames } from './measure-options.ts';
import { type MeasureSample, readSample } from './measure-sample.ts';

/** Options of {@link netBenefit}. */
export interface NetBenefitOptions extends ScoreOptions {
  /** Probabilities from which on a row is treated, inside 0..1, ends excluded. Default 0.01, 0.02, …, 0.99. */
  readonly thresholds?: readonly number[];
  /** The class that treatment is for, 0-based. Default 1. */
  readonly positiveClass?: number;
}

/** Net benefit of treating by the probabilities, at one threshold. Treating nobody has 0. */
export interface NetBenefit {
  readonly threshold: number;
  /** True positives less false positives at the threshold's odds, per row. */
  readonly netBenefit: number;
  /** The same where everybody is treated. */
  readonly treatAll: number;
  /** Share of the rows that is treated. */
  readonly treated: number;
}

/**
 * Net benefit over thresholds (decision curve): what treating the rows at or above a threshold is worth, in true
 * positives per row.
 *
 * TP/n − (FP/n)·t/(1 − t) with treatment where p ≥ t: a threshold t says that a false positive weighs t/(1 − t) of a
 * true positive.
 *
 * @param scores N×K probabilities, or logits as `input` says; one column is the probability of class 1, or its logit.
 * @param labels N class indices, 0-based.
 * @returns One record per threshold, in the order given.
 * @throws CalibrationError `E_OPTION`, `E_PROB_RANGE`, `E_PROB_SUM`, `E_LOGIT_NAN`, `E_LOGIT_NEGINF`, or one of the
 * label and weight codes.
 *
 * Cost O(N) after sorting, and O(log N) per threshold.
 *
 * @example
 * ```ts
 * import { netBenefit } from 'calibrant';
 *
 * const [half] = netBenefit([0.25, 0.5, 0.75, 1], [0, 1, 0, 1], { thresholds: [0.5] });
 * assert.deepEqual(half, { threshold: 0.5, netBenefit: 0.25, treatAll: 0, treated: 0.75 });
 * ```
 *
 * Source: Vickers and Elkin 2006, "Decision curve analysis: a novel method for evaluating prediction models".
 */
export function netBenefit(
  scores: MatrixInput,
  labels: LabelInput,
  options: NetBenefitOptions = {},
): readonly NetBenefit[] {
  checkOptionNames(options, [...scoreOptionNames, 'thresholds', 'positiveClass']);
  const { thresholds = hundredths, positiveClass = 1 } = options;
  checkList('thresholds', thresholds, 'numbers inside 0..1', (t) => typeof t === 'number');
  const wrong = thresholds.find((t) => !(t > 0 && t < 1));
  if (wrong !== undefined) {
    throw new CalibrationError('E_OPTION', {
      what: `option "thresholds" must hold numbers inside 0..1, got ${wrong}`,
      value: wrong,
    });
  }
  const sample = readSample(scores, labels, options);
  checkWhole('positiveClass', positiveClass, 0, sample.source.classes - 1);
  return netBenefitOfSample(sample, thresholds, positiveClass);
}

const hundredths: readonly number[] = Array.from({ length: 99 }, (_, i) => (i + 1) / 100);

/** Net benefit of a checked sample. */
function netBenefitOfSample(
  { source, labels, weights }: MeasureSample,
  thresholds: readonly number[],
  positiveClass: number,
): readonly NetBenefit[] {
  const { rows, classes } = source;
  const p = new Float64Array(classes);
  const values = new Float64Array(rows);
  for (let i = 0; i < rows; i += 1) {
    source.read(i, p);
    values[i] = p[positiveClass]!;
  }
  const isPositive = labels.map((label) => (label === positiveClass ? 1 : 0));
  const blocks = poolTies(values, isPositive, weights);
  const last = blocks.values.length;
  // Entry b: sums over the blocks from b on.
  const treated = new Float64Array(last + 1);
  const hits = new Float64Array(last + 1);
  for (let b = last - 1; b >= 0; b -= 1) {
    treated[b] = treated[b + 1]! + blocks.weights[b]!;
    hits[b] = hits[b + 1]! + blocks.hits[b]!;
  }
  const total = treated[0]!;
  return thresholds.map((threshold) => {
    const first = firstAtLeast(blocks.values, threshold);
    const odds = threshold / (1 - threshold);
    const worth = (b: number): number => (hits[b]! - (treated[b]! - hits[b]!) * odds) / total;
    return {
      threshold,
      netBenefit: worth(first),
      treatAll: worth(0),
      treated: treated[first]! / total,
    };
  });
}

function firstAtLeast(values: Float64Array, threshold: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (values[middle]! < threshold) low = middle + 1;
    else high = middle;
  }
  return low;
}
