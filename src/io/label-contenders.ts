import { CalibrationError, printable } from '../core/errors.ts';
import { columnReference } from './column-references.ts';
import { expectedClasses } from './confirm-labels.ts';
import type { CsvSettings } from './csv-settings.ts';
import { knownRole } from './known-column.ts';
import { agreesMostly } from './label-agreement.ts';
import { areOneToOne } from './label-rivals.ts';
import type { LabelTexts } from './label-texts.ts';
import type { RawTable } from './raw-table.ts';

/**
 * Refuses labels that no header calls so, or whose header may name what a model answered, where another column may hold the labels as well: the
 * numbers of the classes beside texts, or values that mostly agree with those of the label column.
 *
 * @throws CalibrationError `E_LABEL_COLUMN` with a command for each.
 */
export function refuseContenders(raw: RawTable, settings: CsvSettings): void {
  const { labels, roles, nameOf, contenders } = raw;
  if (labels === undefined || roles.label === undefined || contenders.length === 0) return;
  const out = new Set([...roles.doubtful, ...roles.contenders]);
  const classes = Math.max(roles.scores.filter((column) => !out.has(column)).length, 2);
  const isHeaded = knownRole(nameOf(roles.label)) === 'label';
  const possibleLabels = contenders.filter(
    (one) =>
      one.texts.ids.length === labels.ids.length &&
      (isHeaded ? agreesMostly(labels, one.texts) : holdsClasses(one.texts, classes, settings)) &&
      !areOneToOne(labels, one),
  );
  if (possibleLabels.length === 0) return;
  const { file } = settings;
  const quoted = (column: number): string => `"${printable(nameOf(column))}"`;
  const found = possibleLabels.map(({ column }) => column);
  const possible = [roles.label, ...found];
  const hold = isHeaded ? ['', ''] : ['the texts of ', 'the numbers of '];
  throw new CalibrationError('E_LABEL_COLUMN', {
    ...(file === undefined ? {} : { file }),
    what: `the labels may be ${hold[0]}column ${quoted(roles.label)} or ${hold[1]}${found.length === 1 ? 'column' : 'columns'} ${found.map(quoted).join(', ')}, and they differ`,
    hint: 'Name the label column with --label.',
    columns: roles.findings.map((finding) =>
      possible.includes(finding.number - 1)
        ? {
            ...finding,
            role: 'unclear',
            why: `${isHeaded ? 'classes' : finding.number - 1 === roles.label ? 'texts' : 'whole numbers'} that may be the labels`,
          }
        : finding,
    ),
    suggestions: possible.map((column) => ({
      label: columnReference(column, roles.findings),
      when: `if column ${quoted(column)} holds the labels`,
    })),
  });
}

/** Whether the numbers are those of so many classes, counted from 0 or from 1, or -1 and 1. */
function holdsClasses(texts: LabelTexts, classes: number, settings: CsvSettings): boolean {
  if (texts.texts.length < 2) return false;
  const expected = expectedClasses(texts, settings);
  const isFromOne = settings.labelBase === undefined && !texts.texts.some((text) => Number(text) === 0);
  return expected === classes || (isFromOne && expected === classes + 1);
}
