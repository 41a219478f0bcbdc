import { classifyCell, parseDecimal } from './decimal-number.ts';

/** Headers that name the label column when no option does, best first. */
export const labelHeaders: readonly string[] = ['label', 'labels', 'target', 'class', 'y'];

/** Whether a header, in any case, is one of {@link labelHeaders}. */
export function isLabelHeader(name: string): boolean {
  return labelHeaders.includes(name.trim().toLowerCase());
}

/** Cells of the first record as they bear on whether it is a header. */
interface Impression {
  readonly numbers: readonly number[];
  readonly others: number;
}

/**
 * Whether the first record names the columns. A record without any number does; one with a number is data, but for
 * column numbers as names: `0,1,2,label`, or, in a table that holds its labels, all of `0,1,2,3`, which no row of
 * data can be, as its label 3 would lie outside 0..2.
 *
 * @param holdsLabels Whether one of the columns is the label column.
 */
export function isHeader(cells: readonly string[], decimalComma: boolean, holdsLabels: boolean): boolean {
  const { numbers, others } = impressionOf(cells, decimalComma);
  if (numbers.length === 0) return true;
  if (others === 0) return holdsLabels && numbers.length >= 3 && countUp(numbers, 0);
  const labelled = cells.some(isLabelHeader);
  return labelled && numbers.length >= 2 && (countUp(numbers, 0) || countUp(numbers, 1));
}

function impressionOf(cells: readonly string[], decimalComma: boolean): Impression {
  const numbers: number[] = [];
  let others = 0;
  for (const cell of cells) {
    const text = cell.trim();
    const kind = classifyCell(text, decimalComma);
    if (kind === 'text') others += 1;
    else if (kind === 'number') numbers.push(parseDecimal(text, decimalComma));
    else if (kind !== 'empty' && kind !== 'nan') numbers.push(Number.NaN);
    else if (/nan/i.test(text)) numbers.push(Number.NaN);
  }
  return { numbers, others };
}

function countUp(numbers: readonly number[], from: number): boolean {
  return numbers.every((value, k) => value === from + k);
}
