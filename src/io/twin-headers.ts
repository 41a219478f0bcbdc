import type { SuggestedOptions } from '../core/column-finding.ts';
import { CalibrationError, printable } from '../core/errors.ts';
import type { CsvSettings } from './csv-settings.ts';
import { classifyCell } from './decimal-number.ts';
import { doubledHeader } from './table-errors.ts';
import type { ColumnRoles } from './table-roles.ts';

/**
 * Refuses two score columns of one name: as a doubled class where the labels are names, else as a doubled header.
 *
 * @param first The first row of data, which shows whether labels are names.
 */
export function refuseTwins(
  header: readonly string[],
  first: readonly string[],
  { scores, label, findings }: ColumnRoles,
  { file, decimalComma }: CsvSettings,
): void {
  const seen = new Map<string, number>();
  for (const c of scores) {
    const name = header[c]!;
    const twin = seen.get(name);
    if (twin === undefined) {
      seen.set(name, c);
      continue;
    }
    const twins = { columns: findings, suggestions: keepOne(name, header, scores) };
    const place = file === undefined ? {} : { file };
    const named = label !== undefined && classifyCell(first[label]!.trim(), decimalComma) === 'text';
    if (named) {
      throw new CalibrationError('E_CLASS_DUP', {
        ...place,
        what: `class name "${printable(name)}" appears twice (columns ${twin + 1} and ${c + 1})`,
        hint: 'Rename one of them, or leave one out with --scores.',
        value: name,
        ...twins,
      });
    }
    throw doubledHeader(name, [twin, c], file, 'Rename one of them, or leave one out with --scores.', twins);
  }
}

/** The scores with each of the columns of one name in turn, if two classes or more remain. */
function keepOne(
  name: string,
  header: readonly string[],
  scores: readonly number[],
): readonly SuggestedOptions[] {
  const twins = scores.filter((c) => header[c] === name);
  if (scores.length - twins.length < 1) return [];
  return twins.map((kept) => ({
    scores: scores.filter((c) => c === kept || !twins.includes(c)).map((c) => c + 1),
    when: `if column ${kept + 1} holds the scores of "${printable(name)}"`,
  }));
}
