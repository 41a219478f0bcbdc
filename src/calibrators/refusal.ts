import { CalibrationError, type ErrorCode } from '../core/errors.ts';
import type { ScoreKind } from '../core/scored-set.ts';
import type { TemperatureModel, TemperatureStatus } from '../core/temperature-model.ts';
import { checkModel } from './check-model.ts';

/** The error of a fit without a temperature: what the CLI prints and `message` holds. */
export function separableError(rows: number): CalibrationError {
  return new CalibrationError('E_FIT_SEPARABLE', {
    what: `every one of the ${rows} rows is already predicted correctly, so no finite temperature is best (it runs to 0)`,
    hint: 'Use more validation rows, or pass --bounds 0.05,20 to accept the edge.',
  });
}

/** The error of probabilities that are 1 for the true class of every row. */
export function certainError(rows: number): CalibrationError {
  return new CalibrationError('E_FIT_SEPARABLE', {
    what: `every one of the ${rows} rows is right with certainty: its true class has probability 1, which no temperature changes`,
    hint: 'Use the scores as they are, and check that they are not made from the labels.',
  });
}

/** @param meanMargin Mean of z_y − mean_k z_k, ≤ 0, where z is the logarithm of a probability. */
export function noSignalError(input: ScoreKind, meanMargin: number): CalibrationError {
  const margin = Number(meanMargin.toPrecision(3));
  const [noun, column, check] =
    input === 'logits'
      ? ['logits', 'logit', 'logits are not negated']
      : ['probabilities', 'probability', 'the probabilities are not those of other classes'];
  return new CalibrationError('E_FIT_NO_SIGNAL', {
    what: `the ${noun} do not favour the true labels (mean margin ${margin}${input === 'logits' ? '' : ' in log p'}), so the temperature runs to infinity`,
    hint: `Check that label numbers match the ${column} columns and that ${check}.`,
  });
}

/** The error of scores that temperature cannot change. */
export function constantError(input: ScoreKind): CalibrationError {
  return new CalibrationError('E_FIT_CONSTANT', {
    what: `all ${input} are equal within every row, so temperature has no effect`,
  });
}

/** The error of a search that ran out of passes. */
export function budgetError(steps: number, slope: number, limit: number): CalibrationError {
  return new CalibrationError('E_FIT_BUDGET', {
    what: `stopped after ${steps} steps with slope ${slope.toExponential(1)} (limit ${limit.toExponential(1)})`,
  });
}

const codes: Partial<Record<TemperatureStatus, ErrorCode>> = {
  separable: 'E_FIT_SEPARABLE',
  'no-signal': 'E_FIT_NO_SIGNAL',
  constant: 'E_FIT_CONSTANT',
};

/**
 * Refuses a fitted model that has no temperature, with the line that says why.
 *
 * @throws CalibrationError `E_FIT_SEPARABLE`, `E_FIT_NO_SIGNAL` or `E_FIT_CONSTANT`, whose message is `model.message`.
 *
 * @example
 * ```ts
 * import { assertUsable, fitTemperature } from 'calibrant';
 *
 * const model = fitTemperature([[2, 2], [1, 1]], [0, 1]);
 * assert.equal(model.status, 'constant');
 * assert.throws(() => assertUsable(model), { message: model.message });
 * ```
 */
export function assertUsable(
  model: TemperatureModel,
): asserts model is TemperatureModel & { readonly temperature: number } {
  checkModel(model);
  if (model.temperature !== null) return;
  const code = codes[model.status] ?? 'E_TEMPERATURE';
  const what = model.message.startsWith(`${code}: `) ? model.message.slice(code.length + 2) : model.message;
  throw new CalibrationError(code, { what });
}
