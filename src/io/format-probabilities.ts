import { checkList, checkOneOf, checkOptionNames, checkText } from '../core/checks.ts';
import { CalibrationError } from '../core/errors.ts';
import { indexNames } from '../core/labels.ts';
import { type Matrix, toMatrix } from '../core/matrix.ts';

/** Options of {@link formatProbabilities}. */
export interface FormatProbabilitiesOptions {
  /** Names of the K columns; default the column numbers from 0. */
  readonly classNames?: readonly string[];
  /** N predicted classes, written as a last column `prediction` of class names; absent by default. */
  readonly predicted?: ArrayLike<number>;
  /** Put before each class name in the header, default none. */
  readonly prefix?: string;
  /** Cell separator, default `,`. */
  readonly delimiter?: ',' | ';' | '\t';
  /** Write text cells as they are, even if a spreadsheet would run them as formulas. Default `escaped`. */
  readonly formulas?: 'escaped' | 'raw';
}

/** Characters gathered before a piece is handed out. */
const pieceLength = 65_536;

/** What makes a spreadsheet read a cell as a formula, full-width forms included, also behind spaces and quotes. */
const formulaStart = /^[\s'"]*[=+\-@\t\r＝＋－＠]/u;

/**
 * Writes a table of probabilities as CSV, piece by piece: a header of class names, then one line per row, ended by
 * line feeds. Numbers are the shortest decimal text that reads back to the same float64.
 *
 * Text that a spreadsheet would take for a formula is preceded by `'`; cells are quoted where they must be.
 *
 * @param probabilities N×K.
 * @returns Pieces of text of some 64 kB; nothing whole is ever held.
 * @throws CalibrationError `E_SHAPE` or `E_LABEL_RANGE` when names or predictions do not fit, `E_PROB_RANGE` for NaN
 * and infinities.
 *
 * @example
 * ```ts
 * import { formatProbabilities } from 'calibrant';
 *
 * const matrix = { data: Float64Array.of(0.25, 0.75), rows: 1, columns: 2 };
 * const text = [...formatProbabilities(matrix, { classNames: ['cat', 'dog'], predicted: [1] })].join('');
 * assert.equal(text, 'cat,dog,prediction\n0.25,0.75,dog\n');
 * ```
 */
export function* formatProbabilities(
  probabilities: Matrix,
  options: FormatProbabilitiesOptions = {},
): Generator<string, void, undefined> {
  checkOptionNames(options, ['classNames', 'predicted', 'prefix', 'delimiter', 'formulas']);
  const { predicted, ...rest } = options;
  const matrix = toMatrix(probabilities);
  checkFinite(matrix);
  checkPredictions(matrix, predicted);
  if (rest.classNames !== undefined) checkList('classNames', rest.classNames, 'names', isText);
  if (rest.prefix !== undefined) checkText('prefix', rest.prefix);
  yield* formatPieces(matrix.columns, [{ probabilities: matrix, predicted }], {
    ...rest,
    isPredicted: predicted !== undefined,
  });
}

/** Some rows of a table to be written, with their predictions. */
export interface ProbabilityPiece {
  readonly probabilities: Matrix;
  readonly predicted?: ArrayLike<number> | undefined;
}

/** {@link formatProbabilities} of a table whose rows come in pieces. */
export function* formatPieces(
  columns: number,
  pieces: Iterable<ProbabilityPiece>,
  options: Omit<FormatProbabilitiesOptions, 'predicted'> & { readonly isPredicted: boolean },
): Generator<string, void, undefined> {
  const { prefix = '', delimiter = ',', formulas = 'escaped', isPredicted } = options;
  checkOneOf('delimiter', delimiter, [',', ';', '\t']);
  checkOneOf('formulas', formulas, ['escaped', 'raw']);
  const classNames = options.classNames ?? indexNames(columns);
  if (classNames.length !== columns) {
    throw new CalibrationError('E_SHAPE', {
      what: `${classNames.length} class names for ${columns} columns`,
    });
  }
  const cell = (text: string): string => textCell(text, delimiter, formulas);
  const names = classNames.map(cell);
  const header = classNames.map((name) => cell(prefix + name));
  let text = `${[...header, ...(isPredicted ? ['prediction'] : [])].join(delimiter)}\n`;
  for (const { probabilities, predicted } of pieces) {
    const { data, rows } = probabilities;
    for (let i = 0; i < rows; i += 1) {
      for (let k = 0; k < columns; k += 1) {
        if (k > 0) text += delimiter;
        text += numberCell(data[i * columns + k]!);
      }
      text += predicted === undefined ? '\n' : `${delimiter}${names[predicted[i]!]!}\n`;
      if (text.length >= pieceLength) {
        yield text;
        text = '';
      }
    }
  }
  if (text !== '') yield text;
}

function numberCell(value: number): string {
  if (!Number.isFinite(value)) {
    throw new CalibrationError('E_INTERNAL_NONFINITE', { what: `a probability is ${String(value)}`, value });
  }
  return String(value);
}

function textCell(text: string, delimiter: string, formulas: 'escaped' | 'raw'): string {
  const safe = formulas === 'escaped' && formulaStart.test(text) ? `'${text}` : text;
  const plain = !safe.includes(delimiter) && !/["\r\n]|^\s|\s$/.test(safe) && safe !== '';
  return plain ? safe : `"${safe.replaceAll('"', '""')}"`;
}

function checkPredictions({ rows, columns }: Matrix, predicted: ArrayLike<number> | undefined): void {
  if (predicted === undefined) return;
  checkList('predicted', predicted, 'class indices', (value) => typeof value === 'number');
  if (predicted.length !== rows) {
    throw new CalibrationError('E_SHAPE', { what: `${predicted.length} predictions for ${rows} rows` });
  }
  for (let i = 0; i < rows; i += 1) {
    const value = predicted[i]!;
    if (Number.isInteger(value) && value >= 0 && value < columns) continue;
    throw new CalibrationError('E_LABEL_RANGE', {
      index: i,
      what: `prediction ${value} is no class of 0..${columns - 1}`,
      value,
    });
  }
}

function isText(value: unknown): boolean {
  return typeof value === 'string';
}

function checkFinite({ data, columns }: Matrix): void {
  const at = data.findIndex((value) => !Number.isFinite(value));
  if (at < 0) return;
  throw new CalibrationError('E_PROB_RANGE', {
    index: Math.floor(at / columns),
    what: `probability ${data[at]} of class ${at % columns} is not a finite number`,
    value: data[at],
  });
}
