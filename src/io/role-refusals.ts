import type { ColumnFinding, SuggestedOptions } from '../core/column-finding.ts';
import { type CalibrationError, printable } from '../core/errors.ts';
import type { ColumnLook } from './column-looks.ts';
import { columnReference, columnReferences } from './column-references.ts';
import { quoted, refusal } from './column-refusal.ts';
import type { CsvSettings } from './csv-settings.ts';
import { isBit, isOne } from './header-groups.ts';
import type { Alternative } from './score-choice.ts';
import { scoreFamilies } from './score-families.ts';

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
  const bits = oneHotBeside(looks, columns, scores);
  if (bits.length > 0) {
    const [first, last] = [bits[0]!, bits.at(-1)!].map((column) => quoted(columns[column]!));
    return refusal('E_LABEL_COLUMN', file, {
      what: `no label column can be identified, and columns ${first} to ${last} hold zeros with a single 1, as one-hot labels do`,
      hint: 'Head them true_ and the name of the class, in the order of the scores, or export the label as one column.',
      columns,
      suggestions: [{ labelsFile: true, when: 'if the labels are in a separate file' }],
    });
  }
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

/** Columns of zeros and a single 1 beside the scores, as many as these. */
function oneHotBeside(
  looks: readonly ColumnLook[],
  columns: readonly ColumnFinding[],
  scores: readonly number[],
): readonly number[] {
  const beside = looks.filter(
    ({ known, column }) =>
      known === undefined && !scores.includes(column) && columns[column]!.role !== 'ignored',
  );
  const areBits = beside.every(({ text }) => isBit(text));
  const ones = beside.filter(({ text }) => isOne(text)).length;
  return scores.length > 1 && beside.length === scores.length && areBits && ones === 1
    ? beside.map(({ column }) => column)
    : [];
}

/** Columns of whole numbers or texts that nothing else is known of: those beside the scores, else those among them. */
function possibleLabels(
  columns: readonly ColumnFinding[],
  looks: readonly ColumnLook[],
  scores: readonly number[],
  isSureFamily: boolean,
): readonly number[] {
  const ranked = new Set(
    scoreFamilies(looks.flatMap(({ column, name }) => (name === undefined ? [] : [{ column, name }])))
      .filter(({ meaning, stems }) => meaning === 'truth' && stems.every((stem) => /^[0-9]+$/.test(stem)))
      .flatMap((family) => family.columns),
  );
  const open = looks.filter(
    ({ known, cell, column }) =>
      known === undefined && (cell === 'whole' || cell === 'text') && !ranked.has(column),
  );
  const beside = open.filter(({ column }) => !scores.includes(column) && columns[column]!.role !== 'ignored');
  const fractions = scores.some((column) => looks[column]!.cell === 'fraction');
  const among = fractions ? open.filter(({ column }) => scores.includes(column)) : [];
  const possible = beside.length > 0 || isSureFamily ? beside : among;
  return possible.length > mostPossible ? [] : possible.map(({ column }) => column);
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
