import type { LabelInput } from '../core/labels.ts';
import type { MatrixInput } from '../core/matrix.ts';
import { CompensatedSum } from '../numerics/compensated-sum.ts';
import { type EventBinOptions, eventBinOptionNames, readBinOptions, type TableRule } from './bin-options.ts';
import { binSpreads } from './bin-spreads.ts';
import type { ReliabilityBin, ReliabilityBins } from './bin-table.ts';
import { effectiveRowsOf } from './effective-rows.ts';
import { meanOverRows } from './mean-over-rows.ts';
import { readSample } from './measure-sample.ts';
import { type JudgedConfidences, tabulate } from './tabulate.ts';

/** The three parts of a binned Brier score. */
export interface MurphyParts {
  /** Mean squared gap between the bins' mean probabilities and shares; 0 is ideal. */
  readonly reliability: number;
  /** Mean squared distance of the bins' shares from the overall share; larger is better. */
  readonly resolution: number;
  /** ȳ(1 − ȳ): the score of always giving the overall share. */
  readonly uncertainty: number;
}

/** A Brier score taken apart: score = reliability − resolution + uncertainty + within-bin variance − covariance. */
export interface MurphyDecomposition extends MurphyParts {
  /** Mean of (p − y)², 0..1. */
  readonly score: number;
  /** Mean squared distance of the probabilities from their bins' means. */
  readonly withinBinVariance: number;
  /** Twice the mean product of the distances of outcomes and probabilities from their bins' means. */
  readonly withinBinCovariance: number;
  /** The three parts less the bias of finitely many rows; `null` where all weight is on one row. */
  readonly corrected: MurphyParts | null;
}

/**
 * Murphy's decomposition of the Brier score of one probability per row into reliability, resolution and uncertainty,
 * with the two terms that make it exact for probabilities that vary within a bin.
 *
 * (1/n)Σ(p − y)² = Σ_b (n_b/n)(p̄_b − ȳ_b)² − Σ_b (n_b/n)(ȳ_b − ȳ)² + ȳ(1 − ȳ) + (1/n)ΣΣ(p − p̄_b)² −
 * (2/n)ΣΣ(y − ȳ_b)(p − p̄_b). The corrected parts take Σ_b (n_b/n)·ȳ_b(1 − ȳ_b)/(n_b − 1) off reliability and
 * resolution and put ȳ(1 − ȳ)/(n − 1) back on resolution and uncertainty; bins with one row take nothing off. Weighted
 * rows use effective numbers (Σw)²/Σw².
 *
 * @param scores N×K probabilities, or logits as `input` says; one column is the probability of class 1, or its logit.
 * @param labels N class indices, 0-based.
 * @returns The score and its parts. Corrected parts may fall below 0.
 * @throws CalibrationError as `reliabilityBins`.
 *
 * @example
 * ```ts
 * import { murphyDecomposition } from 'calibrant';
 *
 * const { score, reliability, resolution, uncertainty } = murphyDecomposition(
 *   [0.25, 0.25, 0.75, 0.75],
 *   [0, 0, 1, 0],
 *   { binary: 'positive' },
 * );
 * assert.deepEqual([reliability, resolution, uncertainty], [0.0625, 0.0625, 0.1875]);
 * assert.equal(score, reliability - resolution + uncertainty);
 * ```
 *
 * Source: Murphy 1973, "A new vector partition of the probability score"; Stephenson, Coelho and Jolliffe 2008, "Two
 * extra components in the Brier score decomposition"; Ferro and Fricker 2012, "A bias-corrected decomposition of the
 * Brier score".
 */
export function murphyDecomposition(
  scores: MatrixInput,
  labels: LabelInput,
  options: EventBinOptions = {},
): MurphyDecomposition {
  const rule = readBinOptions(options, eventBinOptionNames);
  return murphyOfEvents(readSample(scores, labels, options).events(), rule);
}

/** Murphy's decomposition of events. */
function murphyOfEvents(events: JudgedConfidences, rule: TableRule): MurphyDecomposition {
  const { confidence, correct, weights } = events;
  const table = tabulate(events, rule);
  const spreads = binSpreads(table, events, rule);
  const over = (values: Float64Array): number => meanOverRows(values) * (values.length / table.totalWeight);
  const squares = confidence.map((p, i) => (p - correct[i]!) * (p - correct[i]!));
  return {
    ...murphyOfTable(table),
    score: meanOverRows(squares, weights),
    withinBinVariance: over(spreads.variance),
    withinBinCovariance: 2 * over(spreads.covariance),
  };
}

/** The parts that a table tells of. */
export function murphyOfTable({
  bins,
  totalWeight: total,
}: ReliabilityBins): MurphyParts & Pick<MurphyDecomposition, 'corrected'> {
  const filled = bins.filter(({ weight }) => weight > 0);
  const over = (value: (bin: ReliabilityBin, rows: number) => number): number =>
    sumOf(filled.map((bin) => bin.weight * value(bin, effectiveRowsOf(bin)))) / total;
  const share = over(({ accuracy }) => accuracy!);
  const parts: MurphyParts = {
    reliability: over(({ gap }) => gap! * gap!),
    resolution: over(({ accuracy }) => (accuracy! - share) * (accuracy! - share)),
    uncertainty: share * (1 - share),
  };
  const bias = over(({ accuracy }, rows) =>
    rows > 1 + aloneTolerance ? (accuracy! * (1 - accuracy!)) / (rows - 1) : 0,
  );
  const squaredWeights = sumOf(filled.map((bin) => (bin.weight * bin.weight) / effectiveRowsOf(bin)));
  return { ...parts, corrected: corrected(parts, bias, (total * total) / squaredWeights) };
}

/** Rounding of an effective number of one row. */
const aloneTolerance = 1e-9;

function corrected(
  { reliability, resolution, uncertainty }: MurphyParts,
  bias: number,
  rows: number,
): MurphyParts | null {
  if (!(rows > 1 + aloneTolerance)) return null;
  const back = uncertainty / (rows - 1);
  return {
    reliability: reliability - bias,
    resolution: resolution - bias + back,
    uncertainty: uncertainty + back,
  };
}

function sumOf(values: readonly number[]): number {
  const sum = new CompensatedSum();
  for (const value of values) sum.add(value);
  return sum.value;
}
