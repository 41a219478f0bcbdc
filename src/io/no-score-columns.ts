import type { ColumnFinding, SuggestedOptions } from '../core/column-finding.ts';
import type { CalibrationError } from '../core/errors.ts';
import type { ColumnLook } from './column-looks.ts';
import { columnReference, columnReferences } from './column-references.ts';
import { quoted, refusal } from './column-refusal.ts';
import type { CsvSettings } from './csv-settings.ts';
import { parseDecimal } from './decimal-number.ts';
import type { LabelWhere } from './table-roles.ts';

/** No column can be told to hold scores. */
export function noScoreColumns(
  columns: readonly ColumnFinding[],
  looks: readonly ColumnLook[],
  first: readonly string[],
  where: LabelWhere,
  { file, decimalComma }: CsvSettings,
): CalibrationError {
  const confidence = columns.find(({ role }) => role === 'confidence');
  const correct = columns.find(({ role }) => role === 'right or wrong');
  if (confidence !== undefined && correct !== undefined) {
    return refusal('E_LABEL_COLUMN', file, {
      what: `the table holds the confidence of a prediction (${quoted(confidence)}) and whether it was right (${quoted(correct)}), expected one score column per class and a label column`,
      hint: 'Export the scores of all classes.',
      columns,
      suggestions: [],
    });
  }
  const list = looks.find(
    ({ column, cell }) =>
      cell === 'text' && (columns[column]!.role === 'confidence' || isList(first[column]!)),
  );
  if (list !== undefined) {
    return refusal('E_LABEL_COLUMN', file, {
      what: `column ${quoted(columns[list.column]!)} holds texts, such as lists of numbers, expected one column of numbers per class`,
      hint: 'Export one column per class: with pandas, DataFrame(df[column].tolist()) splits lists before the file is written.',
      columns,
      suggestions: [],
    });
  }
  const predicted = confidenceOfPrediction(looks);
  if (predicted !== undefined) {
    const [figure, prediction] = predicted;
    const isWeka = figure.known === 'prediction';
    return refusal('E_LABEL_COLUMN', file, {
      what: `column ${quoted(columns[figure.column]!)} holds the confidence of the prediction (${quoted(columns[prediction.column]!)}), which is not the score of one class`,
      hint: `Export the scores of all classes, one column per class${isWeka ? ', in Weka the class distribution' : ''}.`,
      columns: columns.map((finding, column) =>
        column === figure.column
          ? { ...finding, role: 'confidence', why: 'the confidence of a prediction' }
          : finding,
      ),
      suggestions: [],
    });
  }
  if (isSpaceSeparated(first)) {
    return refusal('E_LABEL_COLUMN', file, {
      what: 'the table has 1 column, of numbers separated by spaces',
      hint: 'Pass --delimiter space.',
      columns,
      suggestions: [{ delimiter: 'space' }],
    });
  }
  if (
    decimalComma &&
    !first.some((cell) => isNumber(cell, true)) &&
    first.some((cell) => isNumber(cell, false))
  ) {
    return refusal('E_LABEL_COLUMN', file, {
      what: 'no cell of the first row is a number with a decimal comma, and some are with a decimal point',
      hint: 'Leave out --decimal.',
      columns,
      suggestions: [],
    });
  }
  const [firstName = ''] = columns.map(({ name }) => name);
  if (firstName.startsWith('sep=')) {
    return refusal('E_LABEL_COLUMN', file, {
      what: 'the first line is for Excel, and tells it what separates the cells',
      hint: 'Delete that line.',
      columns,
      suggestions: [],
    });
  }
  const width = columns.length;
  const needed =
    where === 'here' ? 'a label column and at least one score column' : 'at least one score column';
  const numeric = columns.filter(
    ({ role, number }) =>
      !['label', 'id', 'ignored', 'kept', 'weight'].includes(role) &&
      looks[number - 1]!.cell === 'fraction' &&
      // Margins, entropies, losses: figures of the row.
      looks[number - 1]!.known !== 'other',
  );
  const isLabelled = where !== 'here' || columns.some(({ role }) => role === 'label');
  return refusal('E_LABEL_COLUMN', file, {
    what: `the table has ${width} ${width === 1 ? 'column' : 'columns'}${numeric.length > 0 ? ' and none that is known to hold scores of classes' : ''}, expected ${needed}`,
    hint: hintFor(where, isLabelled, numeric.length, width),
    columns,
    suggestions: isLabelled ? scoresProposed(numeric, columns) : predictedScore(columns, looks),
  });
}

function hintFor(where: LabelWhere, isLabelled: boolean, numeric: number, width: number): string {
  if (where !== 'here' || numeric > 0) return 'Check --ignore and --scores.';
  return isLabelled && width > 1
    ? 'Export the scores of all classes, one column per class.'
    : 'Labels can come from a second file; --label names their column.';
}

/** Fractions headed as a prediction beside the only column of whole numbers of unknown header: the one may be the score, and the other the labels. */
function predictedScore(
  columns: readonly ColumnFinding[],
  looks: readonly ColumnLook[],
): readonly SuggestedOptions[] {
  const [score, other] = looks.filter(({ known, cell }) => known === 'prediction' && cell === 'fraction');
  const [label, second] = looks.filter(({ known, cell }) => known === undefined && cell === 'whole');
  if (score === undefined || label === undefined || other !== undefined || second !== undefined) return [];
  return [
    {
      label: columnReference(label.column, columns),
      scores: columnReferences([score.column], columns),
      when: `if column ${quoted(columns[score.column]!)} holds the score of class 1`,
    },
  ];
}

/** More columns of numbers are not each proposed as the only score. */
const mostSingle = 3;

function scoresProposed(
  numeric: readonly ColumnFinding[],
  columns: readonly ColumnFinding[],
): readonly SuggestedOptions[] {
  const places = numeric.map(({ number }) => number - 1);
  const single = places.map((place) => ({
    scores: columnReferences([place], columns),
    when: `if column ${quoted(columns[place]!)} holds the score of the second class`,
  }));
  const all = { scores: columnReferences(places, columns), when: 'if each of these is the score of a class' };
  return [...(places.length > 1 ? [all] : []), ...(places.length > mostSingle ? [] : single)];
}

/** The confidence of a prediction and the prediction, if the table holds both: Weka heads the two `prediction` and `predicted`. */
function confidenceOfPrediction(looks: readonly ColumnLook[]): readonly [ColumnLook, ColumnLook] | undefined {
  const named = looks.filter(({ known, cell }) => known === 'prediction' && cell !== 'fraction');
  const prediction = named.find(({ cell }) => cell === 'text') ?? named[0];
  const figures = looks.filter(({ cell }) => cell === 'fraction' || cell === 'whole');
  const figure =
    figures.find(({ known }) => known === 'confidence') ??
    figures.find(
      ({ known, cell }) => known === 'prediction' && (cell === 'fraction' || prediction?.cell === 'text'),
    );
  return prediction === undefined || figure === undefined ? undefined : [figure, prediction];
}

/** Whether a cell holds several numbers in brackets. */
function isList(text: string): boolean {
  return /^\s*[[(].*\d[,;\s].*[\])]\s*$/s.test(text);
}

/** Whether the only cell of a row holds several texts between spaces, some of them numbers. */
function isSpaceSeparated(first: readonly string[]): boolean {
  const parts = first.length === 1 ? first[0]!.trim().split(/ +/) : [];
  return parts.length > 1 && parts.some((part) => isNumber(part, false) || isNumber(part, true));
}

function isNumber(text: string, decimalComma: boolean): boolean {
  return !Number.isNaN(parseDecimal(text.trim(), decimalComma));
}
