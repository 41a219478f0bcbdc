import { CalibrationError } from '../core/errors.ts';
import { decimalCommaError } from './cell-errors.ts';
import { hasDecimalComma } from './decimal-number.ts';

const comma = 0x2c;
const tab = 0x09;
const names = new Map([
  [comma, ','],
  [tab, 'tab'],
  [0x3b, ';'],
  [0x7c, '|'],
]);

/** What the command calls them. */
const words = new Map([
  [comma, 'comma'],
  [tab, 'tab'],
  [0x3b, 'semicolon'],
  [0x7c, 'pipe'],
]);

/** Bytes that may separate cells when the caller names none. */
export const candidateDelimiters: readonly number[] = [...names.keys()];

/**
 * The separator of a table, from its first record alone: the only candidate in it outside quotes, or the first candidate if there is
 * none (a single column). Beside decimal commas a comma separates cells only if it is the only candidate, and the cells are headers or
 * quoted numbers.
 *
 * @param record Bytes of the first record.
 * @throws CalibrationError `E_CSV` when more than one candidate occurs, `E_NUM` when that is for decimal commas.
 */
export function detectDelimiter(
  record: Uint8Array,
  decimal: '.' | ',',
  place: { readonly file?: string; readonly row: number },
): number {
  const found = new Map<number, number>();
  let quoted = false;
  for (const byte of record) {
    if (byte === 0x22) quoted = !quoted;
    else if (!quoted && candidateDelimiters.includes(byte)) found.set(byte, (found.get(byte) ?? 0) + 1);
  }
  if (decimal === ',' && found.has(comma) && (found.size > 1 || !separatesCells(record))) found.delete(comma);
  if (found.size <= 1) return [...found.keys()][0] ?? (decimal === ',' ? tab : comma);
  refuseDecimalCommas(record, found, place);
  const byCount = [...found].sort(([, a], [, b]) => b - a);
  const listed = byCount.map(([byte, count]) => `"${names.get(byte)}" (${count} times)`).join(' and ');
  throw new CalibrationError('E_CSV', {
    ...place,
    what: `cells could be separated by ${listed}`,
    hint: `Pass ${byCount.map(([byte]) => `--delimiter ${words.get(byte)}`).join(' or ')}.`,
  });
}

/** Whether commas outside quotes separate cells: headers, or numbers whose decimal commas are quoted. */
function separatesCells(record: Uint8Array): boolean {
  const text = new TextDecoder().decode(record);
  return /"[^",]*[0-9],[0-9][^",]*"/.test(text) || !/(?:^|,)\s*[+-]?[0-9]/.test(text);
}

/** `1,5;2,5` is a table of decimal commas, and has a plainer message. */
function refuseDecimalCommas(
  record: Uint8Array,
  found: ReadonlyMap<number, number>,
  place: { readonly file?: string; readonly row: number },
): void {
  const other = [...found.keys()].find((byte) => byte !== comma);
  if (found.size !== 2 || !found.has(comma) || other === undefined) return;
  const cells = new TextDecoder().decode(record).split(String.fromCharCode(other));
  const first = cells.find((cell) => cell.includes(','))?.trim() ?? '';
  if (hasDecimalComma(first)) throw decimalCommaError(first, place);
}
