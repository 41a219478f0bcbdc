import type { ColumnFinding, SuggestedOptions } from '../core/column-finding.ts';
import { CalibrationError, type ErrorCode, printable } from '../core/errors.ts';

interface Refusal {
  readonly what: string;
  readonly hint: string;
  readonly column?: string;
  readonly columns: readonly ColumnFinding[];
  readonly suggestions: readonly SuggestedOptions[];
}

/** An error about the columns of a table. */
export function refusal(code: ErrorCode, file: string | undefined, details: Refusal): CalibrationError {
  return new CalibrationError(code, { ...(file === undefined ? {} : { file }), ...details });
}

/** The name of a column between quotes, or its number. */
export function quoted({ name, number }: ColumnFinding): string {
  return name === undefined || name === '' ? String(number) : `"${printable(name)}"`;
}
