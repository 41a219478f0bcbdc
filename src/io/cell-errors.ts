import { CalibrationError, type Place, printable } from '../core/errors.ts';
import { type CellKind, hasDecimalComma } from './decimal-number.ts';
import { within } from './scan-fault.ts';

/** A cell that holds no usable number, and where it is. */
export interface BadCell {
  readonly kind: CellKind;
  readonly text: string;
  readonly row: number;
  readonly column: string;
  readonly file: string | undefined;
  /** Whether the column may be one of names: its first score is no number. */
  readonly isFirstScore?: boolean;
}

/** NaN, infinite and empty cells can be dropped with their row; anything else is no number at all. */
export function isDroppable({ kind }: BadCell): boolean {
  return kind === 'nan' || kind === 'infinite' || kind === 'empty';
}

function placeOf({ file, row, column }: BadCell): Place {
  return { ...(file === undefined ? {} : { file }), row, column };
}

/** An error for a cell that stops the reading at once: empty, too large, or no number. */
export function cellError(cell: BadCell): CalibrationError {
  const { kind, text, file, row, column, isFirstScore = false } = cell;
  const value = text;
  if (kind === 'empty') {
    const place = `, column "${printable(column)}" is empty`;
    const error = within('E_NUM_EMPTY', file, row, place);
    return new CalibrationError('E_NUM_EMPTY', {
      ...placeOf(cell),
      placed: 'within',
      what: error.what.replace(' ,', ','),
      hint: 'Pass --drop-bad to skip such rows.',
      value,
    });
  }
  if (kind === 'percent') {
    return new CalibrationError('E_NUM', {
      ...placeOf(cell),
      what: `"${printable(text)}" is a percentage, not a decimal number`,
      hint: 'Pass --input probabilities --scale percent.',
      value,
    });
  }
  if (kind === 'overflow') {
    return new CalibrationError('E_NUM_OVERFLOW', {
      ...placeOf(cell),
      what: `"${printable(text)}" does not fit in a float64`,
      value,
    });
  }
  if (hasDecimalComma(text)) {
    const { column: _, ...place } = placeOf(cell);
    return decimalCommaError(text, place);
  }
  return new CalibrationError('E_NUM', {
    ...placeOf(cell),
    what: `"${printable(text)}" is not a decimal number`,
    ...(isFirstScore && isWord(text)
      ? { hint: `If the column holds no scores, pass --ignore ${asArgument(column)}.` }
      : {}),
    value,
  });
}

/** A number with a decimal comma where none was declared; it may be a percentage too. */
export function decimalCommaError(text: string, place: Place): CalibrationError {
  const isPercent = text.endsWith('%');
  return new CalibrationError('E_NUM', {
    ...place,
    what: `"${printable(text)}" is not a decimal number`,
    hint: isPercent
      ? 'Pass --decimal=, --input probabilities --scale percent.'
      : 'Pass --decimal=, to read decimal commas.',
    value: text,
  });
}

/** The error for the first of `count` cells that are NaN or infinite. */
export function nonFiniteError(cell: BadCell, count: number): CalibrationError {
  const more = count === 1 ? '' : ` (and ${count - 1} more bad ${count === 2 ? 'cell' : 'cells'})`;
  if (isNegativeInfinity(cell)) {
    return new CalibrationError('E_LOGIT_NEGINF', {
      ...placeOf(cell),
      what: `-Infinity${more}`,
      hint: 'Pass --allow-neg-inf if it masks a class, or --drop-bad to skip those rows.',
      value: cell.text,
    });
  }
  const word = cell.kind === 'nan' ? 'NaN' : 'Infinity';
  return new CalibrationError('E_LOGIT_NAN', {
    ...placeOf(cell),
    what: `${word}${more}`,
    hint: 'Pass --drop-bad to skip those rows.',
    value: cell.text,
  });
}

/** A name as it is typed behind an option. */
function asArgument(name: string): string {
  return /^[\p{L}\p{N}_.-]+$/u.test(name) ? name : `"${printable(name)}"`;
}

/** Text that was never meant for a number, as stands in a column of names. */
function isWord(text: string): boolean {
  return /^\p{L}/u.test(text);
}

/** `-inf` and the like, which can stand for a masked class. */
export function isNegativeInfinity({ kind, text }: Pick<BadCell, 'kind' | 'text'>): boolean {
  return kind === 'infinite' && text.startsWith('-');
}
