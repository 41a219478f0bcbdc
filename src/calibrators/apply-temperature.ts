import { checkOneOf, checkOptionNames } from '../core/checks.ts';
import { CalibrationError } from '../core/errors.ts';
import { foundText } from '../core/found-text.ts';
import { isFlat, type Matrix, type MatrixInput } from '../core/matrix.ts';
import type { ScoreRows } from '../core/score-rows.ts';
import type { ScoreKind } from '../core/scored-set.ts';
import type { TemperatureModel } from '../core/temperature-model.ts';
import { logRows } from '../kernels/log-rows.ts';
import { pieceRows } from '../kernels/row-blocks.ts';
import { softmaxRows } from '../kernels/softmax-rows.ts';
import { checkedScores, type ScoreOptions } from './checked-scores.ts';
import { assertUsable } from './refusal.ts';

/** Options of {@link applyTemperature}. */
export interface ApplyTemperatureOptions {
  /** What the scores are. Default: what the model was fitted on, or `logits` with a bare temperature. */
  readonly input?: ScoreKind;
  /** Clips probabilities to [floor, 1] first, without renormalising. Default: no clipping. */
  readonly floor?: number;
}

/**
 * Calibrated probabilities softmax(z/T), z the logits or ln p. Which class is largest never changes.
 *
 * @param model A fitted model, or a temperature T > 0.
 * @param logits N×K scores of the kind the model was fitted on; one column s stands for the logits (0, s). A flat array
 * has rows of `model.classes`.
 * @returns N×K probabilities, a new matrix; a class of logit −Infinity has exactly 0.
 * @throws CalibrationError `E_FIT_SEPARABLE`, `E_FIT_NO_SIGNAL` or `E_FIT_CONSTANT` for a model without a temperature,
 * `E_TEMPERATURE`, `E_MODEL_KIND` and `E_MODEL_CLASSES` where model and scores do not fit, `E_LOGIT_NAN`,
 * `E_LOGIT_NEGINF`, `E_PROB_RANGE`, `E_PROB_SUM`, `E_SHAPE` or `E_OPTION`.
 *
 * @example
 * ```ts
 * import { applyTemperature } from 'calibrant';
 *
 * const { data } = applyTemperature(2, [[2, 1, 0.1]]);
 * assert.deepEqual([...data].map((p) => p.toFixed(4)), ['0.5017', '0.3043', '0.1940']);
 * ```
 */
export function applyTemperature(
  model: TemperatureModel | number,
  logits: MatrixInput,
  options: ApplyTemperatureOptions = {},
): Matrix {
  checkOptionNames(options, ['input', 'floor']);
  if (typeof model === 'number') return tempered(model, logits, options, undefined);
  assertUsable(model);
  const { input = model.input, floor } = options;
  checkOneOf('input', input, ['logits', 'probabilities']);
  if (input !== model.input) {
    throw new CalibrationError('E_MODEL_KIND', {
      what: `the model was fitted on ${model.input}, the data are declared as ${input}`,
      value: input,
    });
  }
  const { classes, temperature } = model;
  const rows = isFlat(logits) ? rowsOfFlat(logits.length, classes) : undefined;
  const probabilities = tempered(temperature, logits, { input, floor }, rows);
  if (probabilities.columns !== classes) {
    throw new CalibrationError('E_MODEL_CLASSES', {
      what: `model has ${classes} classes, the data has ${probabilities.columns} columns`,
      value: probabilities.columns,
    });
  }
  return probabilities;
}

function rowsOfFlat(values: number, classes: number): number {
  if (Number.isInteger(values / classes)) return values / classes;
  throw new CalibrationError('E_SHAPE', {
    what: `a flat array of ${values} values does not divide into rows of ${classes} classes`,
  });
}

/** The `predict` of temperature scaling. */
export function predictTemperature(model: TemperatureModel, scores: Matrix): Matrix {
  return applyTemperature(model, scores);
}

function tempered(
  temperature: number,
  input: MatrixInput,
  options: ScoreOptions,
  rows: number | undefined,
): Matrix {
  if (!(temperature > 0 && temperature < Number.POSITIVE_INFINITY)) {
    throw new CalibrationError('E_TEMPERATURE', {
      what: `temperature must be a finite number above 0, got ${foundText(temperature)}`,
      value: temperature,
    });
  }
  const { logits } = checkedScores(input, options, rows);
  checkUnmasked(logits, 0);
  return softmaxRows(logits, temperature);
}

/**
 * Calibrated probabilities of checked scores, some rows at a time: the same as {@link applyTemperature} of all of them.
 *
 * @param scores N×K checked scores of the kind and classes the model was fitted on.
 * @throws CalibrationError `E_FIT_SEPARABLE`, `E_FIT_NO_SIGNAL`, `E_FIT_CONSTANT`, and `E_LOGIT_NEGINF` at the row where no
 * class is left.
 */
export function* calibratedPieces(
  model: TemperatureModel,
  { rows, columns, read }: ScoreRows,
): Generator<Matrix, void, undefined> {
  assertUsable(model);
  const atOnce = pieceRows(columns);
  for (let from = 0; from < rows; from += atOnce) {
    const to = Math.min(from + atOnce, rows);
    const piece = { data: read(from, to), rows: to - from, columns };
    const logits = model.input === 'logits' ? piece : logRows(piece);
    checkUnmasked(logits, from);
    yield softmaxRows(logits, model.temperature);
  }
}

/** @param first Number of the first row. */
function checkUnmasked({ data, rows, columns }: Matrix, first: number): void {
  for (let i = 0; i < rows; i += 1) {
    let k = 0;
    while (k < columns && data[i * columns + k] === Number.NEGATIVE_INFINITY) k += 1;
    if (k < columns) continue;
    throw new CalibrationError('E_LOGIT_NEGINF', {
      index: first + i,
      what: 'every class has logit -Infinity',
    });
  }
}
