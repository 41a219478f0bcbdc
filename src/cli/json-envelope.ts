import type { CalibrationError } from '../core/errors.ts';
import type { Notice } from '../core/notices.ts';
import { toolVersion } from '../node/index.ts';
import { noticeRecord } from '../report/json-records.ts';
import { exitCodeOf } from './exit-codes.ts';
import type { Session } from './session.ts';

/** The record a command prints under `--json` when it is done. */
export function successRecord({ command, notices, written }: Session, result: unknown): string {
  return asLine({ ...head(command, 'done', notices), written, result });
}

/** The record a command prints under `--json` when it ends in an error. */
export function failureRecord(command: string, notices: readonly Notice[], error: CalibrationError): string {
  const { code, message, what, hint, file, row, column, columns = null, suggestions = [] } = error;
  const place = { file: file ?? null, row: row ?? null, column: column ?? null };
  return asLine({
    ...head(command, 'failed', notices),
    error: {
      code,
      message,
      what,
      hint: hint ?? null,
      ...place,
      columns,
      suggestions,
      exitCode: exitCodeOf(error),
    },
  });
}

function head(command: string, status: 'done' | 'failed', notices: readonly Notice[]): object {
  const warnings = notices.map(noticeRecord);
  return { tool: 'calibrant', version: toolVersion, command, status, warnings };
}

function asLine(record: object): string {
  return `${JSON.stringify(record, null, 2)}\n`;
}
