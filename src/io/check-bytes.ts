import { CalibrationError } from '../core/errors.ts';
import { foundText } from '../core/found-text.ts';

/**
 * Refuses what are no bytes.
 *
 * @param what What they are: `the text`.
 * @throws CalibrationError `E_OPTION`.
 */
export function checkBytes(bytes: unknown, what: string): asserts bytes is Uint8Array {
  if (bytes instanceof Uint8Array) return;
  throw new CalibrationError('E_OPTION', {
    what: `${what} is ${foundText(bytes)}, expected bytes (a Uint8Array)`,
    value: bytes,
  });
}
