import type { SuggestedOptions } from '../core/column-finding.ts';
import { CalibrationError, printable } from '../core/errors.ts';
import { columnReferences } from './column-references.ts';
import type { CsvSettings } from './csv-settings.ts';
import type { DroppedColumns } from './narrow-scores.ts';
import type { RawTable } from './score-table.ts';

/** Names in a message at most. */
const mostNames = 4;

/** There are more columns that may be scores than classes that the labels speak of. */
export function classesNotMatched(
  raw: RawTable,
  out: DroppedColumns,
  open: readonly number[],
  { file }: CsvSettings,
  expected: number | undefined,
): CalibrationError {
  const { scores, findings } = raw.roles;
  const all = scores.map((_, k) => k).filter((k) => !out.has(k));
  const named = (places: readonly number[]): readonly (string | number)[] =>
    columnReferences(
      places.map((k) => scores[k]!),
      findings,
    );
  const names = open.slice(0, mostNames).map((k) => `"${printable(raw.nameOf(scores[k]!))}"`);
  const listed = `${names.join(', ')}${open.length > mostNames ? ', …' : ''}`;
  const counted = `the labels speak of ${expected} ${expected === 1 ? 'class' : 'classes'}, and ${all.length} columns may be scores`;
  const what =
    expected === undefined
      ? `no row has the label of ${listed}, so ${open.length === 1 ? 'the column may be' : 'the columns may be'} no score of a class`
      : counted;
  const whole: SuggestedOptions = { scores: named(all), when: 'if every one of them is a class' };
  const others =
    expected === undefined
      ? [
          {
            scores: named(all.filter((k) => !open.includes(k))),
            when: `if ${listed} ${open.length === 1 ? 'is no class' : 'are no classes'}`,
          },
        ]
      : [
          { scores: named(all.slice(0, expected)), when: 'if the first of them are the classes' },
          { scores: named(all.slice(-expected)), when: 'if the last of them are the classes' },
        ].filter(({ scores: chosen }) => chosen.length > 1);
  return new CalibrationError('E_COLUMN', {
    ...(file === undefined ? {} : { file }),
    what,
    hint: 'Name the score columns with --scores.',
    columns: findings,
    suggestions: [whole, ...others],
  });
}
