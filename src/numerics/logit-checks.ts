import { CalibrationError } from '../core/errors.ts';
import { foundText } from '../core/found-text.ts';
import type { Matrix } from '../core/matrix.ts';

/**
 * Refuses rows that have no softmax: with NaN, +Infinity, no class at all, or −Infinity (a masked class) throughout.
 *
 * @throws CalibrationError `E_SHAPE`, `E_LOGIT_NAN` or `E_LOGIT_NEGINF`, with the 0-based row.
 */
export function checkLogits({ data, rows, columns }: Matrix): void {
  if (rows > 0 && columns === 0) {
    throw new CalibrationError('E_SHAPE', { what: 'logits have no columns; at least one class is needed' });
  }
  for (let i = 0; i < rows; i += 1) {
    let anyFinite = false;
    for (let k = 0; k < columns; k += 1) {
      const value = data[i * columns + k]!;
      if (!(value < Number.POSITIVE_INFINITY)) {
        throw new CalibrationError('E_LOGIT_NAN', { index: i, what: `logit ${value} of class ${k}`, value });
      }
      anyFinite ||= value > Number.NEGATIVE_INFINITY;
    }
    if (!anyFinite) {
      throw new CalibrationError('E_LOGIT_NEGINF', { index: i, what: 'every class has logit -Infinity' });
    }
  }
}

/**
 * Refuses matrices of fewer than two classes where nothing sensible can be said of one.
 *
 * @throws CalibrationError `E_SHAPE`.
 */
export function checkSeveralClasses({ rows, columns }: Matrix): void {
  if (rows > 0 && columns < 2) {
    throw new CalibrationError('E_SHAPE', {
      what: `logits have ${columns} column${columns === 1 ? '' : 's'}, expected one per class`,
      hint: 'Write a single binary logit s as the two columns (0, s).',
    });
  }
}

/**
 * Refuses what is not a finite temperature above 0.
 *
 * @throws CalibrationError `E_TEMPERATURE`.
 */
export function checkTemperature(temperature: unknown): asserts temperature is number {
  if (!(typeof temperature === 'number' && temperature > 0 && temperature < Number.POSITIVE_INFINITY)) {
    throw new CalibrationError('E_TEMPERATURE', {
      what: `temperature must be a finite number above 0, got ${foundText(temperature)}`,
      value: temperature,
    });
  }
}
