import { printable } from '../core/errors.ts';

/** Why a thread ended, in brackets, as it stands in messages; empty where nothing is known. */
export function reasonText(reason: unknown): string {
  if (typeof reason === 'number') return ` (exit code ${reason})`;
  const text = reason instanceof Error ? reason.message : reason;
  return typeof text === 'string' && text !== '' ? ` (${printable(text)})` : '';
}
