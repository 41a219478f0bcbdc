import type { ColumnFinding, SuggestedOptions } from '../core/column-finding.ts';
import { CalibrationError, type ErrorCode, printable } from '../core/errors.ts';
import type { ColumnLook } from './column-looks.ts';
import { columnReference, columnReferences } from './column-references.ts';
import type { CsvSettings } from './csv-settings.ts';
import { parseDecimal } from './decimal-number.ts';
import type { Alternative } from './score-choice.ts';
import type { LabelWhere } from './table-roles.ts';

interface Refusal {
  readonly what: string;
  readonly hint: string;
  readonly column?: string;
  readonly columns: readonly ColumnFinding[];
  readonly suggestions: readonly SuggestedOptions[];
}

function refusal(code: ErrorCode, file: string | undefined, details: Refusal): CalibrationError {
  return new CalibrationError(code, { ...(file === undefined ? {} : { file }), ...details });
}

/** No column can be told to hold the labels. */
export function noLabelColumn(
  columns: readonly ColumnFinding[],
  looks: readonly ColumnLook[],
  scores: readonly number[],
  isSureFamily: boolean,
  { file }: CsvSettings,
): CalibrationError {
  const prediction = columns.find(({ role }) => role === 'prediction');
  const isNoTruth =
    prediction === undefined ? '' : `, and a prediction (${quoted(prediction)}) is not the true label`;
  const texts = looks.filter(
    ({ name, cell, column }) => name === undefined && cell === 'text' && scores.includes(column),
  );
  if (texts.length > 1) return severalTexts(columns, texts, file);
  const suggestions: SuggestedOptions[] = possibleLabels(columns, looks, scores, isSureFamily).map(
    (column) => ({
      label: columnReference(column, columns),
      when: `if column ${quoted(columns[column]!)} holds the labels`,
    }),
  );
  return refusal('E_LABEL_COLUMN', file, {
    what: `no label column can be identified${isNoTruth}`,
    hint: 'Name the label column with --label, or give a file of labels with --labels.',
    columns,
    suggestions: [...suggestions, { labelsFile: true, when: 'if the labels are in a separate file' }],
  });
}

/** A header such as `answer` beside a column that says whether it was right: it holds what the model answered. */
export function predictionAsLabel(
  label: ColumnFinding,
  correct: ColumnFinding,
  columns: readonly ColumnFinding[],
  looks: readonly ColumnLook[],
  scores: readonly number[],
  { file }: CsvSettings,
): CalibrationError {
  const others = possibleLabels(columns, looks, scores, true).filter((column) => column !== label.number - 1);
  return refusal('E_LABEL_COLUMN', file, {
    what: `column ${quoted(label)} may hold the truth or what the model answered, since column ${quoted(correct)} says whether it was right`,
    hint: 'Name the column of true labels with --label.',
    columns: columns.map((finding) =>
      finding.number === label.number
        ? { ...finding, role: 'unclear', why: 'a label or a prediction' }
        : finding,
    ),
    suggestions: [label.number - 1, ...others].map((column) => ({
      label: columnReference(column, columns),
      when: `if column ${quoted(columns[column]!)} holds the true labels`,
    })),
  });
}

/** Without a header, one column of texts may be the truth and another a prediction or the name of the row. */
function severalTexts(
  columns: readonly ColumnFinding[],
  texts: readonly ColumnLook[],
  file: string | undefined,
): CalibrationError {
  const places = texts.map(({ column }) => column);
  return refusal('E_LABEL_COLUMN', file, {
    what: `there is no header, and columns ${places.map((column) => column + 1).join(', ')} hold texts: any of them may be the labels`,
    hint: 'Name the label column with --label, and leave the others out with --ignore.',
    columns: columns.map((finding) =>
      places.includes(finding.number - 1)
        ? { ...finding, role: 'unclear', why: 'texts that may be the labels' }
        : finding,
    ),
    suggestions: [...places]
      .reverse()
      .slice(0, mostPossible)
      .map((column) => ({
        label: column + 1,
        ignore: columnReferences(
          places.filter((other) => other !== column),
          columns,
        ),
        when: `if column ${column + 1} holds the labels`,
      })),
  });
}

/** Of more columns that may be the labels, none is proposed; the reader proposes those that look most like labels. */
const mostPossible = 24;

/** Columns of whole numbers or texts that nothing else is known of: those beside the scores, else those among them. */
function possibleLabels(
  columns: readonly ColumnFinding[],
  looks: readonly ColumnLook[],
  scores: readonly number[],
  isSureFamily: boolean,
): readonly number[] {
  const open = looks.filter(
    ({ known, cell }) => known === undefined && (cell === 'whole' || cell === 'text'),
  );
  const beside = open.filter(({ column }) => !scores.includes(column) && columns[column]!.role !== 'ignored');
  const fractions = scores.some((column) => looks[column]!.cell === 'fraction');
  const among = fractions ? open.filter(({ column }) => scores.includes(column)) : [];
  const possible = beside.length > 0 || isSureFamily ? beside : among;
  return possible.length > mostPossible ? [] : possible.map(({ column }) => column);
}

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
  const list = looks.find(({ column, cell }) => cell === 'text' && columns[column]!.role === 'confidence');
  if (list !== undefined) {
    return refusal('E_LABEL_COLUMN', file, {
      what: `column ${quoted(columns[list.column]!)} holds texts, such as lists of numbers, expected one column of numbers per class`,
      hint: 'Export one column per class: with pandas, DataFrame(df[column].tolist()) splits lists before the file is written.',
      columns,
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
  const width = columns.length;
  const needed =
    where === 'here' ? 'a label column and at least one score column' : 'at least one score column';
  const numeric = columns.filter(
    ({ role, number }) =>
      !['label', 'id', 'ignored', 'kept', 'weight'].includes(role) && looks[number - 1]!.cell === 'fraction',
  );
  const isLabelled = where !== 'here' || columns.some(({ role }) => role === 'label');
  return refusal('E_LABEL_COLUMN', file, {
    what: `the table has ${width} ${width === 1 ? 'column' : 'columns'}${numeric.length > 0 ? ' and none that is known to hold scores of classes' : ''}, expected ${needed}`,
    hint:
      where === 'here' && numeric.length === 0
        ? 'Labels can come from a second file; --label names their column.'
        : 'Check --ignore and --scores.',
    columns,
    suggestions: isLabelled ? scoresProposed(numeric, columns) : [],
  });
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

/** Whether the only cell of a row holds several texts between spaces, some of them numbers. */
function isSpaceSeparated(first: readonly string[]): boolean {
  const parts = first.length === 1 ? first[0]!.trim().split(/ +/) : [];
  return parts.length > 1 && parts.some((part) => isNumber(part, false) || isNumber(part, true));
}

function isNumber(text: string, decimalComma: boolean): boolean {
  return !Number.isNaN(parseDecimal(text.trim(), decimalComma));
}

/** Several sets of columns may be the scores. */
export function unclearScores(
  columns: readonly ColumnFinding[],
  alternatives: readonly Alternative[],
  { file }: CsvSettings,
  reason?: string,
): CalibrationError {
  const hasSingle = alternatives.some((one) => one.columns.length === 1);
  const whenOf = ({ columns: chosen }: Alternative): string => {
    if (chosen.length === 1) return `if ${rangeText(chosen, columns)} is the score of class 1`;
    return hasSingle
      ? 'if each of these is the score of a class'
      : `if the scores are ${rangeText(chosen, columns)}`;
  };
  const shown = alternatives.map((one) => rangeText(one.columns, columns)).join(' or ');
  return refusal('E_COLUMN', file, {
    what: `the score columns cannot be identified: ${reason ?? shown}`,
    hint: 'Name them with --scores.',
    columns,
    suggestions: alternatives.map((one) => ({
      scores: columnReferences(one.columns, columns),
      ...(one.input === undefined ? {} : { input: one.input }),
      when: whenOf(one),
    })),
  });
}

/** The labels are to come from elsewhere, and there is a column of labels. */
export function secondLabelColumn(
  second: ColumnFinding,
  columns: readonly ColumnFinding[],
  { file }: CsvSettings,
): CalibrationError {
  const name = second.name!;
  return refusal('E_LABEL_COLUMN', file, {
    column: name,
    what: 'the labels come from another source, and this table has a label column too',
    hint: `Pass --ignore ${printable(name)} to leave it out.`,
    columns,
    suggestions: [{ ignore: columnReferences([second.number - 1], columns) }],
  });
}

function rangeText(chosen: readonly number[], columns: readonly ColumnFinding[]): string {
  const first = quoted(columns[chosen[0]!]!);
  return chosen.length === 1
    ? first
    : `${first} to ${quoted(columns[chosen.at(-1)!]!)} (${chosen.length} columns)`;
}

function quoted({ name, number }: ColumnFinding): string {
  return name === undefined || name === '' ? String(number) : `"${printable(name)}"`;
}
