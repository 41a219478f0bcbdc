import { CalibrationError, printable } from '../core/errors.ts';
import { columnReferences } from './column-references.ts';
import type { CsvSettings } from './csv-settings.ts';
import { nameKey } from './known-column.ts';
import type { RawTable } from './raw-table.ts';
import { scoreStem } from './score-families.ts';

/** What headers call the first of two classes. */
const firstClass = /^(?:0|neg|negative|false|no)$/;

/**
 * Refuses a single score whose header names the first of two classes, as `prob_0` does, unless an option names it: it would be read as the score of the
 * second.
 *
 * @throws CalibrationError `E_COLUMN`.
 */
export function refuseFirstClassAlone(
  { roles, nameOf, header }: RawTable,
  { input, file, classNames }: Pick<CsvSettings, 'input' | 'file' | 'classNames'>,
): void {
  const [column] = roles.scores;
  if (roles.scores.length !== 1 || roles.basis === 'named' || header === undefined) return;
  const name = nameOf(column!);
  const stem = scoreStem(name);
  if (stem === undefined) return;
  const isFirst = classNames === undefined ? firstClass.test(nameKey(stem)) : classNames[0] === stem;
  if (!isFirst) return;
  const quoted = `"${printable(name)}"`;
  const [first, second] = classNames ?? ['0', '1'];
  throw new CalibrationError('E_COLUMN', {
    ...(file === undefined ? {} : { file }),
    what: `column ${quoted} is headed as the score of the first class, expected that of the second`,
    hint: `Export ${input === 'probabilities' ? `1 - ${quoted}` : `-${quoted}`} in its place; or give the classes in the other order, ${printable(`--class-names=${second},${first}`)} for labels called so.`,
    columns: roles.findings,
    suggestions: [
      {
        scores: columnReferences([column!], roles.findings),
        when: `if ${quoted} is the score of the second class all the same`,
      },
    ],
  });
}
