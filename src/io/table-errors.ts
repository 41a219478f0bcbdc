import type { ColumnFinding, SuggestedOptions } from '../core/column-finding.ts';
import { CalibrationError, type ErrorDetails, printable } from '../core/errors.ts';

/** A table without a row of data. */
export function emptyTable(file: string | undefined, headed: boolean): CalibrationError {
  const source = file === undefined ? 'the text' : printable(file);
  return new CalibrationError('E_EMPTY', {
    ...(file === undefined ? {} : { file }),
    placed: 'within',
    what: headed ? `${source} has a header but no rows` : `${source} has no rows`,
  });
}

/** A table whose every row was bad or ignored. */
export function nothingLeft(file: string | undefined, rows: number): CalibrationError {
  return new CalibrationError('E_EMPTY', {
    ...(file === undefined ? {} : { file }),
    what: `all ${rows} rows were left out, none can be used`,
  });
}

export function negativeWeight(text: string, row: number, file: string | undefined): CalibrationError {
  return new CalibrationError('E_WEIGHT_NEGATIVE', {
    ...(file === undefined ? {} : { file }),
    row,
    what: `weight ${text}; weights must be 0 or more`,
    value: Number(text),
  });
}

/** A label column with so many labels that it is none; `elsewhere` are the options for columns that may be it. */
export function tooManyLabels(
  found: number,
  column: string,
  file: string | undefined,
  columns?: readonly ColumnFinding[],
  elsewhere: readonly SuggestedOptions[] = [],
): CalibrationError {
  return new CalibrationError('E_LABEL_COLUMN', {
    ...(file === undefined ? {} : { file }),
    column,
    what: `${found} different labels, far more than there are score columns`,
    hint: 'Pass --label to name the label column, or --labels with a file of labels.',
    ...(columns === undefined ? {} : { columns }),
    suggestions: [
      ...elsewhere,
      ...(columns === undefined
        ? []
        : [{ labelsFile: true as const, when: 'if the labels are in a separate file' }]),
    ],
  });
}

/** A column name that appears twice in the header and is needed once. */
export function doubledHeader(
  name: string,
  [first, second]: readonly [number, number],
  file: string | undefined,
  hint: string,
  more: Pick<ErrorDetails, 'columns' | 'suggestions'> = {},
): CalibrationError {
  const where = file === undefined ? '' : `${printable(file)}: `;
  return new CalibrationError('E_HEADER_DUP', {
    ...(file === undefined ? {} : { file }),
    column: name,
    placed: 'within',
    what: `${where}column "${printable(name)}" appears twice (${first + 1} and ${second + 1})`,
    hint,
    value: name,
    ...more,
  });
}

/** A row of a one-hot truth with no 1, or with several. */
export function notOneHot(
  ones: number,
  first: string,
  last: string,
  row: number,
  file: string | undefined,
): CalibrationError {
  return new CalibrationError('E_LABEL_COLUMN', {
    ...(file === undefined ? {} : { file }),
    row,
    what: `${ones === 0 ? 'none' : ones} of the truth columns "${printable(first)}" to "${printable(last)}" ${ones > 1 ? 'are' : 'is'} 1, expected exactly one`,
    hint: 'Rows with several labels or none cannot be read; expected one label a row.',
  });
}
