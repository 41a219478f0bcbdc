import { CalibrationError } from '../core/errors.ts';
import { foundText } from '../core/found-text.ts';

/**
 * Refuses what is no path.
 *
 * @throws CalibrationError `E_OPTION`.
 */
export function checkPath(path: unknown): asserts path is string {
  if (typeof path === 'string' && path !== '') return;
  throw new CalibrationError('E_OPTION', {
    what: `the path is ${foundText(path)}, expected the name of a file`,
    value: path,
  });
}
