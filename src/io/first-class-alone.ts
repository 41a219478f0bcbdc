import { CalibrationError, printable } from '../core/errors.ts';
import { columnReferences } from './column-references.ts';
import type { CsvSettings } from './csv-settings.ts';
import { nameKey } from './known-column.ts';
import type { LabelTexts } from './label-texts.ts';
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
  texts: LabelTexts | undefined,
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
  const order = classNames ?? orderOf(texts?.texts ?? [], stem);
  throw new CalibrationError('E_COLUMN', {
    ...(file === undefined ? {} : { file }),
    what: `column ${quoted} is headed as the score of the first class, expected that of the second`,
    hint: `Export ${input === 'probabilities' ? `1 - ${quoted}` : `-${quoted}`} in its place${order === undefined ? '' : ', or give the classes in the other order'}.`,
    columns: roles.findings,
    suggestions: [
      ...(order === undefined
        ? []
        : [
            {
              classNames: [order[1]!, order[0]!],
              when: `if ${quoted} is the score of class ${printable(order[0]!)}`,
            },
          ]),
      {
        scores: columnReferences([column!], roles.findings),
        when: `if ${quoted} is the score of the second class all the same`,
      },
    ],
  });
}

/** Two labels, that of the header first; 0 and 1 as they are counted. */
function orderOf(texts: readonly string[], stem: string): readonly string[] | undefined {
  if (texts.length !== 2) return undefined;
  const sorted = [...texts].sort();
  if (sorted.every((text) => /^[01]$/.test(text))) return sorted;
  const first = sorted.find((text) => nameKey(text) === nameKey(stem));
  return first === undefined ? undefined : [first, ...sorted.filter((text) => text !== first)];
}
