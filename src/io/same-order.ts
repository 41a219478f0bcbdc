import { CalibrationError, printable } from '../core/errors.ts';
import { type Notice, notice } from '../core/notices.ts';
import type { CsvSettings } from './csv-settings.ts';
import { isUnnamed } from './known-column.ts';
import type { RawLabels } from './label-list.ts';
import { firstDifference } from './row-ids.ts';
import type { RawTable } from './score-table.ts';

/**
 * Scores and labels of two sources that share a column of ids are paired by position only if it is the same in both.
 *
 * @returns A notice that they are in the same order.
 * @throws CalibrationError `E_ROW_ORDER` at the first row that differs.
 */
export function sameOrder(table: RawTable, labels: RawLabels, settings: CsvSettings): readonly Notice[] {
  const notices: Notice[] = [];
  const { file, labelsFile } = settings;
  for (const own of table.ids) {
    const other = labels.ids.find(({ key }) => key === own.key);
    if (other === undefined) continue;
    const row = firstDifference(own, other);
    const name = isUnnamed(own.name) ? 'the index column' : `column "${printable(own.name)}"`;
    if (row === undefined) {
      const what = `${name} is the same in both files, so the rows are in the same order.`;
      notices.push(notice('W_ROWS_PAIRED', what, file === undefined ? {} : { file }));
      continue;
    }
    const { findings } = table.roles;
    throw new CalibrationError('E_ROW_ORDER', {
      ...(file === undefined ? {} : { file }),
      placed: 'within',
      what: `${printable(file ?? 'the score source')} and ${printable(labelsFile ?? 'the label source')} differ in ${name}, first in row ${row + 1}, so their rows are in another order`,
      hint: 'Sort the rows of both files by it before the call, as calibrant does not join files; --ignore leaves it out only if the rows match all the same.',
      columns: findings,
    });
  }
  return notices;
}
