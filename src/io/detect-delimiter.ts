import { CalibrationError } from '../core/errors.ts';
import { parseDecimal } from './decimal-number.ts';

const comma = 0x2c;
const semicolon = 0x3b;
const names = new Map([
  [comma, ','],
  [0x09, 'tab'],
  [semicolon, ';'],
  [0x7c, '|'],
]);

/** What the command calls them. */
const words = new Map([
  [comma, 'comma'],
  [0x09, 'tab'],
  [semicolon, 'semicolon'],
  [0x7c, 'pipe'],
]);

/** Bytes that may separate cells when the caller names none. A decimal comma is no separator. */
export function candidateDelimiters(decimal: '.' | ','): readonly number[] {
  return [...names.keys()].filter((byte) => !(decimal === ',' && byte === comma));
}

/**
 * The separator of a table, from its first record alone: the only candidate that stands in it outside quotes, or the
 * first candidate where none does (a single column).
 *
 * @param record Bytes of the first record.
 * @throws CalibrationError `E_CSV` when more than one candidate occurs, `E_NUM` when that is for decimal commas.
 */
export function detectDelimiter(
  record: Uint8Array,
  candidates: readonly number[],
  place: { readonly file?: string; readonly row: number },
): number {
  const found = new Map<number, number>();
  let quoted = false;
  for (const byte of record) {
    if (byte === 0x22) quoted = !quoted;
    else if (!quoted && candidates.includes(byte)) found.set(byte, (found.get(byte) ?? 0) + 1);
  }
  if (found.size <= 1) return [...found.keys()][0] ?? candidates[0]!;
  refuseDecimalCommas(record, found, place);
  const byCount = [...found].sort(([, a], [, b]) => b - a);
  const listed = byCount.map(([byte, count]) => `"${names.get(byte)}" (${count} times)`).join(' and ');
  throw new CalibrationError('E_CSV', {
    ...place,
    what: `cells could be separated by ${listed}`,
    hint: `Pass ${byCount.map(([byte]) => `--delimiter ${words.get(byte)}`).join(' or ')}.`,
  });
}

/** `1,5;2,5` is a table of decimal commas, and worth a plainer message. */
function refuseDecimalCommas(
  record: Uint8Array,
  found: ReadonlyMap<number, number>,
  place: { readonly file?: string; readonly row: number },
): void {
  if (!(found.size === 2 && found.has(comma) && found.has(semicolon))) return;
  const cells = new TextDecoder().decode(record).split(';');
  const first = cells.find((cell) => cell.includes(','))?.trim() ?? '';
  if (Number.isNaN(parseDecimal(first, true))) return;
  throw new CalibrationError('E_NUM', {
    ...place,
    what: `"${first}" is not a decimal number.`,
    hint: 'Pass --decimal=, to read decimal commas.',
    value: first,
  });
}
