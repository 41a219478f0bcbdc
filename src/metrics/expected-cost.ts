import { checkOptionNames } from '../core/checks.ts';
import { CalibrationError } from '../core/errors.ts';
import type { LabelInput } from '../core/labels.ts';
import { type Matrix, type MatrixInput, toMatrix } from '../core/matrix.ts';
import { meanOverRows } from './mean-over-rows.ts';
import { type ScoreOptions, scoreOptionNames } from './measure-options.ts';
import { type MeasureSample, readSample } from './measure-sample.ts';

/** Options of {@link expectedCost}. */
export interface CostOptions extends ScoreOptions {
  /** K×A costs: that of action a where class k is the truth stands in row k, column a. Finite; gains are below 0. */
  readonly costs: MatrixInput;
}

/** What deciding by the probabilities costs per row. */
export interface ExpectedCost {
  /** Mean cost of the actions that the probabilities call for, at the true classes. */
  readonly realised: number;
  /** The mean cost that the probabilities promise for the same actions. */
  readonly believed: number;
  /** `realised − believed`: above 0 the model promises too much. 0 where it is calibrated for these decisions. */
  readonly gap: number;
  /** Mean cost of the best single action for all rows. */
  readonly bestFixed: number;
  /** Mean cost where each row's truth were known. */
  readonly perfect: number;
  /** Share of the rows, by weight, that each action is taken for. */
  readonly actions: readonly number[];
}

/**
 * Cost of deciding by the probabilities: each row takes the action of least expected cost.
 *
 * a_i = argmin_a Σ_k p_ik·C_ka, the first of equals; realised mean_i C_{y_i,a_i}, believed mean_i Σ_k p_ik·C_{k,a_i}.
 *
 * @param scores N×K probabilities, or logits as `input` says; one column is the probability of class 1, or its logit.
 * @param labels N class indices, 0-based.
 * @returns Costs per row, in the unit of `costs`.
 * @throws CalibrationError `E_SHAPE`, `E_OPTION`, `E_PROB_RANGE`, `E_PROB_SUM`, `E_LOGIT_NAN`, `E_LOGIT_NEGINF`, or one
 * of the label and weight codes.
 *
 * Cost O(NKA).
 *
 * @example
 * ```ts
 * import { expectedCost } from 'calibrant';
 *
 * // Treating costs 1, not treating the ill costs 4.
 * const { realised, believed } = expectedCost([0.5, 0.125], [1, 1], { costs: [[0, 1], [4, 1]] });
 * assert.equal(realised, (1 + 4) / 2);
 * assert.equal(believed, (1 + 0.5) / 2);
 * ```
 *
 * Source: Zhao et al. 2021, "Calibrating predictions to decisions".
 */
export function expectedCost(scores: MatrixInput, labels: LabelInput, options: CostOptions): ExpectedCost {
  checkOptionNames(options, [...scoreOptionNames, 'costs']);
  const sample = readSample(scores, labels, options);
  return expectedCostOfSample(sample, checkedCosts(options.costs, sample.source.classes));
}

function checkedCosts(input: MatrixInput, classes: number): Matrix {
  const costs = toMatrix(input, classes);
  if (costs.rows !== classes || costs.columns === 0) {
    throw new CalibrationError('E_SHAPE', {
      what: `option "costs" has ${costs.rows} rows and ${costs.columns} columns; expected ${classes} rows, one per class, and a column per action`,
    });
  }
  const bad = costs.data.findIndex((cost) => !Number.isFinite(cost));
  if (bad >= 0) {
    throw new CalibrationError('E_OPTION', {
      what: `option "costs" must hold finite numbers, got ${costs.data[bad]}`,
      value: costs.data[bad],
    });
  }
  return costs;
}

/** Costs of a checked sample under checked costs. */
function expectedCostOfSample(
  { source, labels, weights }: MeasureSample,
  { data, columns }: Matrix,
): ExpectedCost {
  const { rows, classes } = source;
  const p = new Float64Array(classes);
  const realised = new Float64Array(rows);
  const believed = new Float64Array(rows);
  const perfect = new Float64Array(rows);
  const taken = new Uint32Array(rows);
  for (let i = 0; i < rows; i += 1) {
    source.read(i, p);
    let least = Number.POSITIVE_INFINITY;
    for (let a = 0; a < columns; a += 1) {
      let cost = 0;
      for (let k = 0; k < classes; k += 1) cost += p[k]! * data[k * columns + a]!;
      if (!(cost < least)) continue;
      least = cost;
      taken[i] = a;
    }
    const truth = labels[i]! * columns;
    believed[i] = least;
    realised[i] = data[truth + taken[i]!]!;
    perfect[i] = Math.min(...data.subarray(truth, truth + columns));
  }
  const mean = (values: ArrayLike<number>): number => meanOverRows(values, weights);
  const eachAction = Array.from({ length: columns }, (_, a) => a);
  const fixed = eachAction.map((a) => mean(Float64Array.from(labels, (y) => data[y * columns + a]!)));
  const [real, promised] = [mean(realised), mean(believed)];
  return {
    realised: real,
    believed: promised,
    gap: real - promised,
    bestFixed: Math.min(...fixed),
    perfect: mean(perfect),
    actions: eachAction.map((a) => mean(taken.map((action) => (action === a ? 1 : 0)))),
  };
}
