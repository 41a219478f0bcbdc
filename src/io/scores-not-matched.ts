import type { SuggestedOptions } from '../core/column-finding.ts';
import { CalibrationError, printable } from '../core/errors.ts';
import { choicesByAgreement } from './choices-by-agreement.ts';
import { columnReferences } from './column-references.ts';
import type { CsvSettings } from './csv-settings.ts';
import type { LabelTexts } from './label-texts.ts';
import type { DroppedColumns } from './narrow-scores.ts';
import type { RawTable } from './raw-table.ts';

/** Names in a message at most. */
const mostNames = 4;

/** Columns left out one at a time in suggestions up to this many. */
const mostChoices = 16;

/** With so many rows per column, a class that never occurs is less likely than a column that is no score. */
const rowsPerClass = 10;

/** Labels that are names, and score columns that none of them is. */
export function classesUnnamed(
  raw: RawTable,
  out: DroppedColumns,
  open: readonly number[],
  { file }: CsvSettings,
): CalibrationError {
  const { scores } = raw.roles;
  const all = placesLeft(raw, out);
  const names = open.slice(0, mostNames).map((k) => `"${printable(raw.nameOf(scores[k]!))}"`);
  const listed = `${names.join(', ')}${open.length > mostNames ? ', …' : ''}`;
  const several = open.length > 1;
  const whole = { scores: named(raw, all), when: 'if every one of them is a class' };
  const rest = {
    scores: named(
      raw,
      all.filter((k) => !open.includes(k)),
    ),
    when: `if ${listed} ${several ? 'are not classes' : 'is not a class'}`,
  };
  return refused(
    raw,
    file,
    `no row has the label of ${listed}, so ${several ? 'the columns' : 'the column'} may not be the score of a class`,
    raw.rows >= rowsPerClass * all.length ? [rest, whole] : [whole, rest],
  );
}

/** Labels that are numbers of fewer classes than there are columns that may be scores. */
export function classesUncounted(
  raw: RawTable,
  out: DroppedColumns,
  texts: LabelTexts,
  settings: CsvSettings,
  expected: number,
): CalibrationError {
  const all = placesLeft(raw, out);
  const ends = [all.slice(0, expected), all.slice(-expected)];
  const isOneLess = all.length - expected === 1 && all.length <= mostChoices;
  const choices = isOneLess ? all.map((k) => all.filter((other) => other !== k)) : ends;
  const best = expected < 2 ? [] : choicesByAgreement(raw, texts, settings, choices).slice(0, 2);
  const whole = { scores: named(raw, all), when: 'if every one of them is a class' };
  const fewer = best.map((places) => ({ scores: named(raw, places), when: 'if only these are classes' }));
  return refused(
    raw,
    settings.file,
    `the labels have ${expected} ${expected === 1 ? 'class' : 'classes'}, and ${all.length} columns may be scores`,
    raw.rows >= rowsPerClass * all.length ? [...fewer, whole] : [whole, ...fewer],
  );
}

function placesLeft({ roles }: RawTable, out: DroppedColumns): readonly number[] {
  return roles.scores.map((_, k) => k).filter((k) => !out.has(k));
}

function named({ roles }: RawTable, places: readonly number[]): readonly (string | number)[] {
  return columnReferences(
    places.map((k) => roles.scores[k]!),
    roles.findings,
  );
}

function refused(
  { roles }: RawTable,
  file: string | undefined,
  what: string,
  suggestions: readonly SuggestedOptions[],
): CalibrationError {
  return new CalibrationError('E_COLUMN', {
    ...(file === undefined ? {} : { file }),
    what,
    hint: 'Name the score columns with --scores.',
    columns: roles.findings,
    suggestions,
  });
}
