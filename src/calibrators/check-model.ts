import { CalibrationError } from '../core/errors.ts';
import { foundText } from '../core/found-text.ts';
import type { TemperatureModel } from '../core/temperature-model.ts';

/**
 * Checks what is used of a fitted model: at the border of every function that takes one.
 *
 * @throws CalibrationError `E_MODEL_FIELD`.
 */
export function checkModel(model: unknown): asserts model is TemperatureModel {
  if (typeof model !== 'object' || model === null) throw fieldError('the model', model, 'a fitted model');
  const { type, input, classes, temperature, status, message } = model as {
    readonly [name: string]: unknown;
  };
  if (type !== 'temperature') throw fieldError('type', type, '"temperature"');
  if (input !== 'logits' && input !== 'probabilities') throw fieldError('input', input, 'a kind of score');
  const isCount = Number.isSafeInteger(classes) && (classes as number) >= 1;
  if (!isCount) throw fieldError('classes', classes, 'a number of classes');
  const isTemperature =
    temperature === null ||
    (typeof temperature === 'number' && temperature > 0 && temperature < Number.POSITIVE_INFINITY);
  if (!isTemperature) throw fieldError('temperature', temperature, 'a finite number above 0, or null');
  if (typeof status !== 'string') throw fieldError('status', status, 'text');
  if (typeof message !== 'string') throw fieldError('message', message, 'text');
}

function fieldError(name: string, value: unknown, expected: string): CalibrationError {
  return new CalibrationError('E_MODEL_FIELD', {
    what: `${name === 'the model' ? name : `"${name}" of the model`} is ${foundText(value)}, expected ${expected}`,
    value,
  });
}
