import { CalibrationError, printable } from '../core/errors.ts';
import { type Notice, notice } from '../core/notices.ts';
import { columnReference } from './column-references.ts';
import type { CsvSettings } from './csv-settings.ts';
import { forEachLabel, type LabelTexts } from './label-texts.ts';
import type { LabelColumn, RawTable } from './raw-table.ts';

/**
 * Several columns may be headed as labels only if they say the same in every row, each in its own words.
 *
 * @returns A notice that says which of them is used.
 * @throws CalibrationError `E_LABEL_COLUMN` where they differ.
 */
export function agreeingLabels(raw: RawTable, settings: CsvSettings): readonly Notice[] {
  const { labels, roles, nameOf, rivals } = raw;
  const [first] = rivals;
  if (labels === undefined || roles.label === undefined || first === undefined) return [];
  const { file } = settings;
  const used = `"${printable(nameOf(roles.label))}"`;
  const other = rivals.find((rival) => !areOneToOne(labels, rival));
  if (other !== undefined) {
    const columns = [roles.label, other.column];
    throw new CalibrationError('E_LABEL_COLUMN', {
      ...(file === undefined ? {} : { file }),
      what: `columns ${used} and "${printable(nameOf(other.column))}" are both headed as labels and differ`,
      hint: 'Name the label column with --label.',
      columns: roles.findings,
      suggestions: columns.map((column) => ({
        label: columnReference(column, roles.findings),
        when: `if column "${printable(nameOf(column))}" holds the labels`,
      })),
    });
  }
  const others = rivals.map(({ column }) => `"${printable(nameOf(column))}"`).join(', ');
  const what = `${used} was read as the labels; ${others} ${rivals.length === 1 ? 'says' : 'say'} the same in every row.`;
  return [notice('W_LABEL_COLUMNS', what, file === undefined ? {} : { file })];
}

/** Whether each label of one column always goes with one label of the other, and the other way round. */
export function areOneToOne(labels: LabelTexts, { texts: rival }: LabelColumn): boolean {
  if (rival.ids.length !== labels.ids.length || rival.texts.length !== labels.texts.length) return false;
  const partner = new Map<number, number>();
  let agree = true;
  forEachLabel(labels, (row, id) => {
    if (!agree) return;
    const other = rival.ids.read(row, row + 1)[0]!;
    const known = partner.get(id);
    if (known === undefined) partner.set(id, other);
    else if (known !== other) agree = false;
  });
  return agree && new Set(partner.values()).size === partner.size;
}
