import { CalibrationError, printable } from '../core/errors.ts';

/** What commander reports about a call it cannot understand. */
export interface ParserFault {
  readonly code: string;
  readonly message: string;
}

/**
 * A fault of the argument parser as one line in the form of all our errors: what was found, the nearest known name, and
 * where the options are listed.
 */
export function usageError({ message }: ParserFault, command: string): CalibrationError {
  const [first = '', ...rest] = message.replace(/^error: /, '').split('\n');
  const [, near] = /Did you mean (?:one of )?(.*?)\?/.exec(rest.join(' ')) ?? [];
  const finding = printable(first.replaceAll(/'([^']*)'/g, '"$1"').replace(/\.$/, ''));
  return new CalibrationError('E_USAGE', {
    what: near === undefined ? finding : `${finding}; did you mean ${near}?`,
    hint: `Run "${command} --help" to see what it takes.`,
  });
}
