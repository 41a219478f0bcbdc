import { classifyCell, parseDecimal } from './decimal-number.ts';
import { knownRole } from './known-column.ts';

/** Whether the first record names the columns: sure of it, sure of the contrary, or only by the record behind it. */
export type HeaderLook = 'header' | 'data' | 'numbers';

/** Cells of the first record as they bear on whether it is a header. */
interface Impression {
  readonly numbers: readonly number[];
  readonly texts: readonly string[];
}

/**
 * Looks at the first record. One without any number is a header; one with a number is data, unless the numbers may be
 * names: whole ones that count from 0 or 1, or stand beside a text. `numbers` then leaves it to {@link isNumberHeader}.
 */
export function headerLook(cells: readonly string[], decimalComma: boolean): HeaderLook {
  const { numbers, texts } = impressionOf(cells, decimalComma);
  if (numbers.length === 0) return 'header';
  if (!cells.every((cell) => isNameLike(cell.trim(), decimalComma))) return 'data';
  if (new Set(numbers).size < numbers.length) return 'data';
  const counts = countUp(numbers, 0) || countUp(numbers, 1);
  return texts.length > 0 || counts ? 'numbers' : 'data';
}

/**
 * Whether a first record of whole numbers names the columns, from the record behind it: texts over numbers show it, and
 * the name of a label column does. All of 0, 1, 2, … show it over a fraction, or where the labels are in a column: no row of data can be
 * `0,1,2,3`, as its label 3 would lie outside 0..2.
 *
 * @param next The record behind, where there is one.
 * @param holdsLabels Whether one of the columns is the label column.
 */
export function isNumberHeader(
  cells: readonly string[],
  next: readonly string[] | undefined,
  decimalComma: boolean,
  holdsLabels: boolean,
): boolean {
  const { numbers, texts } = impressionOf(cells, decimalComma);
  const below = (column: number): string => next?.[column]?.trim() ?? '';
  if (texts.length > 0) {
    const isOverNumber = cells.some(
      (cell, c) =>
        classifyCell(cell.trim(), decimalComma) === 'text' &&
        classifyCell(below(c), decimalComma) === 'number',
    );
    // Labels may themselves be called "true" or "y".
    return (
      isOverNumber ||
      texts.some(
        (text) =>
          knownRole(text) !== undefined && !/^(?:true|y|correct|right|wrong|error|match)$/i.test(text),
      )
    );
  }
  if (!countUp(numbers, 0)) return false;
  if (holdsLabels && numbers.length >= 3) return true;
  return cells.some((_, c) => isFraction(below(c), decimalComma));
}

/** Empty, a text, or a whole number without a decimal mark, such as the classes -1 and 1. */
function isNameLike(text: string, decimalComma: boolean): boolean {
  const kind = classifyCell(text, decimalComma);
  return kind === 'empty' || kind === 'text' || /^-?[0-9]+$/.test(text);
}

function isFraction(text: string, decimalComma: boolean): boolean {
  const value = parseDecimal(text, decimalComma);
  return !Number.isNaN(value) && !Number.isInteger(value);
}

function impressionOf(cells: readonly string[], decimalComma: boolean): Impression {
  const numbers: number[] = [];
  const texts: string[] = [];
  for (const cell of cells) {
    const text = cell.trim();
    const kind = classifyCell(text, decimalComma);
    if (kind === 'text') texts.push(text);
    else if (kind === 'number') numbers.push(parseDecimal(text, decimalComma));
    else if (kind !== 'empty' && kind !== 'nan') numbers.push(Number.NaN);
    else if (/nan/i.test(text)) numbers.push(Number.NaN);
  }
  return { numbers, texts };
}

function countUp(numbers: readonly number[], from: number): boolean {
  return numbers.every((value, k) => value === from + k);
}

/**
 * Whether the first record behind a header has one cell more, of which the first names the row: R writes row names so, without a header
 * for them.
 */
export function isAfterRowName(
  header: readonly string[] | undefined,
  cells: readonly string[],
): header is readonly string[] {
  if (header === undefined || cells.length !== header.length + 1 || cells.at(-1)!.trim() === '') return false;
  const [name, ...others] = cells.map((cell) => cell.trim());
  const isNumber = /^[1-9][0-9]*$/.test(name!) && others.some((cell) => isFraction(cell, false));
  return isNumber || classifyCell(name!) === 'text';
}

/** The names of a header whose line begins with the mark of a comment, as `numpy.savetxt` writes it. */
export function headerNames(cells: readonly string[]): readonly string[] {
  return cells.map((cell, c) => (c === 0 ? cell.trim().replace(/^#\s+(?=\S)/, '') : cell.trim()));
}

/** Whether the first cell of a header is the mark of a comment alone, above records of one cell less. */
export function isAfterMark(
  header: readonly string[] | undefined,
  cells: readonly string[],
): header is readonly string[] {
  return header !== undefined && header.length > 1 && header[0] === '#' && cells.length === header.length - 1;
}
