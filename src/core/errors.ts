import type { ColumnFinding, SuggestedOptions } from './column-finding.ts';

/**
 * Every code a {@link CalibrationError} can carry. The prefix says whose turn it is: `E_FIT_` the data admit no
 * fit, `E_OUT_` an output could not be written, `E_OPTION`, `E_USAGE` and `E_BINS` a call was wrong, `E_INTERNAL_`
 * the mistake is ours; every other code is about the input.
 */
export const errorCodes = [
  // fitting
  'E_FIT_SEPARABLE',
  'E_FIT_NO_SIGNAL',
  'E_FIT_CONSTANT',
  'E_FIT_BUDGET',
  'E_FIT_NONFINITE',
  'E_TOO_FEW',
  'E_WEIGHT',
  'E_WEIGHT_NEGATIVE',
  'E_WEIGHT_ZERO',
  // calls
  'E_OPTION',
  'E_USAGE',
  'E_MEMORY',
  'E_BINS',
  'E_TEMPERATURE',
  'E_ABORTED',
  // labels, shapes, meaning of columns
  'E_LABEL_RANGE',
  'E_LABEL_BASE',
  'E_LABEL_INT',
  'E_LABEL_UNKNOWN',
  'E_LABEL_COLUMN',
  'E_RECORD',
  'E_ROWS',
  'E_ROW_ORDER',
  'E_SHAPE',
  'E_TENSOR_DATA',
  'E_TENSOR_TYPE',
  'E_PROB_RANGE',
  'E_PROB_SUM',
  'E_PROB_ZERO_TRUE',
  'E_TRANSPOSED',
  'E_CLASS_DUP',
  // numbers
  'E_LOGIT_NAN',
  'E_LOGIT_NEGINF',
  'E_LOGIT_NEGINF_TRUE',
  'E_LOGIT_RANGE',
  'E_NUM',
  'E_NUM_EMPTY',
  'E_NUM_OVERFLOW',
  'E_INT_UNSAFE',
  'E_CELL_LONG',
  // text files
  'E_COLUMN',
  'E_CSV',
  'E_EMPTY',
  'E_ENCODING',
  'E_FORMAT',
  'E_HEADER_DUP',
  'E_LIMIT_COLUMNS',
  'E_NUL',
  'E_QUOTE',
  'E_QUOTE_OPEN',
  'E_ROW_LONG',
  'E_ROW_SHORT',
  'E_UTF8',
  'E_GZIP',
  'E_GZIP_CRC',
  'E_NPY_HEADER',
  'E_NPY_PICKLE',
  'E_NPY_SIZE',
  'E_NPY_TYPE',
  'E_ZIP',
  'E_ZIP_NAME',
  'E_ZIP_RATIO',
  // files
  'E_BASELINE',
  'E_IN_MISSING',
  'E_IN_READ',
  'E_OUT_DIR',
  'E_OUT_EXISTS',
  'E_OUT_LOCKED',
  'E_OUT_SAME',
  'E_OUT_SPACE',
  'E_OUT_WRITE',
  'E_TEMP_FILE',
  // calibrator files
  'E_MODEL_CLASSES',
  'E_MODEL_CHECKSUM',
  'E_MODEL_FIELD',
  'E_MODEL_JSON',
  'E_MODEL_KIND',
  'E_MODEL_ORDER',
  'E_MODEL_VERSION',
  // renderers that are not installed
  'E_RENDERER',
  // ours
  'E_INTERNAL',
  'E_INTERNAL_BINS',
  'E_INTERNAL_ECE',
  'E_INTERNAL_NLL_UP',
  'E_INTERNAL_NONFINITE',
] as const;

/** One of {@link errorCodes}. */
export type ErrorCode = (typeof errorCodes)[number];

/** Where in the input something was found. Every part is optional; what is known is printed. */
export interface Place {
  /** File name as the user gave it. */
  readonly file?: string;
  /** 1-based line of the file. */
  readonly row?: number;
  /** 0-based row of an in-memory array; printed as `row index 6`, never together with `row`. */
  readonly index?: number;
  /** Column name as in the header. */
  readonly column?: string;
}

/** What a {@link CalibrationError} is made of. */
export interface ErrorDetails extends Place {
  /** What was found and what was expected, without the final full stop. */
  readonly what: string;
  /** Where the place stands: ahead of the finding (default), or `within` it, where `what` names the place itself. */
  readonly placed?: 'ahead' | 'within';
  /** The offending value, raw. */
  readonly value?: unknown;
  /** What to do about it: whole sentences, ending in a full stop. */
  readonly hint?: string;
  /** The underlying failure, where one exists. */
  readonly cause?: unknown;
  /** The columns of the table that was refused, each with the role it would get. */
  readonly columns?: readonly ColumnFinding[];
  /** Options that would make the table readable, most likely first. */
  readonly suggestions?: readonly SuggestedOptions[];
}

const userTextLimit = 200;

/**
 * Makes a piece of the user's text safe to print on one line: control, bidirectional and line-separator characters
 * and lone surrogates become `\u00XX`, and at most 200 characters are kept.
 */
export function printable(text: string): string {
  let shown = '';
  let count = 0;
  for (const character of text) {
    if (count === userTextLimit) return `${shown}…`;
    count += 1;
    const code = character.codePointAt(0) as number;
    shown += isUnprintable(code) ? escaped(code) : character;
  }
  return shown;
}

/** Makes text of any length safe to show on a terminal: what {@link printable} replaces, but line feeds and tabs stay, and nothing is cut. */
export function printableLines(text: string): string {
  let shown = '';
  let from = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.codePointAt(at) as number;
    const isPair = code > 0xffff;
    if (isUnprintable(code) && code !== 0x0a && code !== 0x09) {
      shown += `${text.slice(from, at)}${escaped(code)}`;
      from = at + 1;
    }
    if (isPair) at += 1;
  }
  return from === 0 ? text : shown + text.slice(from);
}

function escaped(code: number): string {
  return `\\u${code.toString(16).toUpperCase().padStart(4, '0')}`;
}

function isUnprintable(code: number): boolean {
  return (
    code < 0x20 ||
    (code >= 0x7f && code < 0xa0) ||
    (code >= 0xd800 && code <= 0xdfff) ||
    code === 0x061c ||
    (code >= 0x200b && code <= 0x200f) ||
    (code >= 0x2028 && code <= 0x202e) ||
    (code >= 0x2066 && code <= 0x2069) ||
    code === 0xfeff
  );
}

/** Writes a place as it stands in messages: `val.csv line 7, column "logit_2"`. Empty when nothing is known. */
export function placeText({ file, row, index, column }: Place): string {
  const line = row !== undefined ? `line ${row}` : index !== undefined ? `row index ${index}` : '';
  const whereabouts = [file === undefined ? '' : printable(file), line]
    .filter((part) => part !== '')
    .join(' ');
  const named = column === undefined ? '' : `column "${printable(column)}"`;
  return [whereabouts, named].filter((part) => part !== '').join(', ');
}

/**
 * The one error family of calibrant. The message is a single line: code, where, what was found and expected, what
 * to do. Hints name command-line options; a library option of the same meaning has the same name in camel case
 * (`--drop-bad` is `dropBad`).
 *
 * @example
 * ```ts
 * import { CalibrationError } from 'calibrant';
 *
 * const error = new CalibrationError('E_LABEL_INT', {
 *   row: 9,
 *   what: 'label 1.5 is not a whole number',
 *   value: 1.5,
 * });
 * assert.equal(error.message, 'E_LABEL_INT: line 9: label 1.5 is not a whole number.');
 * assert.equal(error.code, 'E_LABEL_INT');
 * ```
 */
export class CalibrationError extends Error {
  override readonly name = 'CalibrationError';
  readonly code: ErrorCode;
  readonly file: string | undefined;
  /** 1-based line of the file, where the input was a file. */
  readonly row: number | undefined;
  /** 0-based row of the array, where the input was in memory. */
  readonly index: number | undefined;
  readonly column: string | undefined;
  readonly value: unknown;
  readonly hint: string | undefined;
  /** What was found and expected, as it stands in the message. */
  readonly what: string;
  /** The columns of the table that was refused, each with the role it would get. */
  columns: readonly ColumnFinding[] | undefined;
  /** Options that would make the table readable, most likely first. */
  suggestions: readonly SuggestedOptions[] | undefined;

  constructor(code: ErrorCode, details: ErrorDetails) {
    const place = details.placed === 'within' ? '' : placeText(details);
    const finding = /[.?]$/.test(details.what) ? details.what : `${details.what}.`;
    const head = place === '' ? `${code}: ${finding}` : `${code}: ${place}: ${finding}`;
    super(
      details.hint === undefined ? head : `${head} ${details.hint}`,
      details.cause === undefined ? undefined : { cause: details.cause },
    );
    this.code = code;
    this.file = details.file;
    this.row = details.row;
    this.index = details.index;
    this.column = details.column;
    this.value = details.value;
    this.hint = details.hint;
    this.what = details.what;
    this.columns = details.columns;
    this.suggestions = details.suggestions;
  }
}
