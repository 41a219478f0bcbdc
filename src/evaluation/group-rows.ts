import { checkList, isName } from '../core/checks.ts';
import { CalibrationError } from '../core/errors.ts';

/** The rows of a group, ascending. */
export interface GroupRows {
  readonly name: string;
  readonly rows: Uint32Array;
}

/** More groups than this are hardly groups. */
const mostGroups = 1000;

/**
 * The rows of every group, the largest group first, equal ones by name.
 *
 * @throws CalibrationError `E_OPTION` when there is not one group name per row, or there are more than 1,000 groups.
 */
export function groupRows(groups: ArrayLike<string | number>, rows: number): readonly GroupRows[] {
  checkList('groups', groups, 'names', isName);
  if (groups.length !== rows) {
    throw new CalibrationError('E_OPTION', { what: `${groups.length} group names for ${rows} rows` });
  }
  const found = new Map<string, number[]>();
  for (let i = 0; i < rows; i += 1) {
    const name = String(groups[i]!);
    const own = found.get(name);
    if (own !== undefined) own.push(i);
    else if (found.size < mostGroups) found.set(name, [i]);
    else {
      throw new CalibrationError('E_OPTION', {
        what: `there are more than ${mostGroups} groups, expected a few`,
        value: name,
        hint: 'Names that belong to a handful of rows each are clusters.',
      });
    }
  }
  return [...found]
    .map(([name, own]) => ({ name, rows: Uint32Array.from(own) }))
    .sort((a, b) => b.rows.length - a.rows.length || (a.name < b.name ? -1 : 1));
}
