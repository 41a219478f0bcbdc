import type { CalibrationError, ErrorCode } from '../core/errors.ts';

/** What the exit status says; the table stands at the foot of `calibrant --help`. */
export const exitCodes = {
  done: 0,
  internal: 1,
  usage: 2,
  input: 3,
  output: 4,
  refused: 5,
  checkFailed: 6,
  interrupted: 130,
} as const;

const ofCall: readonly ErrorCode[] = ['E_USAGE', 'E_MEMORY', 'E_OPTION', 'E_BINS', 'E_TEMPERATURE'];

/** The exit status of a command that ended in this error. */
export function exitCodeOf({ code }: CalibrationError): number {
  if (code === 'E_ABORTED') return exitCodes.interrupted;
  if (ofCall.includes(code)) return exitCodes.usage;
  if (code.startsWith('E_INTERNAL') || code === 'E_FIT_NONFINITE') return exitCodes.internal;
  if (code.startsWith('E_OUT_') || code === 'E_RENDERER' || code === 'E_TEMP_FILE') return exitCodes.output;
  if (code.startsWith('E_FIT_')) return exitCodes.refused;
  return exitCodes.input;
}
