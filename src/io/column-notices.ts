import type { ColumnFinding } from '../core/column-finding.ts';
import { printable } from '../core/errors.ts';
import { type Notice, notice } from '../core/notices.ts';
import type { CsvSettings } from './csv-settings.ts';
import type { MappedLabels } from './map-labels.ts';
import type { RawTable } from './raw-table.ts';

/** Columns named in a notice at most. */
const mostNames = 6;

type Place = { readonly file?: string };

function placeOf({ file }: CsvSettings): Place {
  return file === undefined ? {} : { file };
}

/** What is to be said of the header and of columns that are not used though no option says so. */
export function columnNotices(raw: RawTable, settings: CsvSettings): readonly Notice[] {
  const notices: Notice[] = [];
  if (raw.isNumberHeaded) {
    const what =
      'the first line holds column numbers and was read as a header; pass --no-header if it is data.';
    notices.push(notice('W_HEADER_NUMBERS', what, placeOf(settings)));
  }
  if (raw.repeatedIds !== undefined) {
    const { column, values, rows } = raw.repeatedIds;
    const name = printable(raw.nameOf(column));
    const what = `column "${name}" has ${values} different values in ${rows} rows, so rows may not be independent; pass --clusters ${/^[\p{L}\p{N}_.-]+$/u.test(name) ? name : 'with it'} if it names cases of several rows, else intervals are too narrow.`;
    notices.push(notice('W_REPEATED_IDS', what, placeOf(settings)));
  }
  const left = raw.roles.basis === 'named' ? [] : raw.roles.findings.filter(isLeftOut);
  return [...notices, ...leftOutNotices(left, placeOf(settings))];
}

/** That columns of headers which name no class, and form no family, are the classes in their order; nothing where headers are the names. */
export function orderNotices(
  { roles, nameOf }: RawTable,
  { labelNames, classNames }: Pick<MappedLabels, 'labelNames' | 'classNames'>,
  settings: CsvSettings,
): readonly Notice[] {
  const headers = roles.scores.map(nameOf);
  if (roles.basis !== 'unrelated' || headers.length < 2) return [];
  if (settings.classNames !== undefined || headers.some((name) => labelNames.includes(name))) return [];
  if (
    labelNames.every((name, k) => name === classNames[k]) &&
    classNames.some((name) => !headers.includes(name))
  )
    return [];
  const shown = headers.slice(0, mostNames).map((name) => `"${printable(name)}"`);
  const more = headers.length > mostNames ? `, and ${headers.length - mostNames} more` : '';
  const what = `columns ${shown.join(', ')}${more} were read as the scores of classes ${labelNames.slice(0, mostNames).join(', ')}${more === '' ? '' : ', …'} in this order.`;
  return [notice('W_CLASSES_BY_ORDER', what, placeOf(settings))];
}

/** What is said of columns that are not used; nothing where there are none. */
export function leftOutNotices(left: readonly ColumnFinding[], place: Place): readonly Notice[] {
  if (left.length === 0) return [];
  const named = left.slice(0, mostNames).map((finding) => `${nameOf(finding)} (${finding.why})`);
  const more = left.length > mostNames ? `, and ${left.length - mostNames} more` : '';
  const noun = left.length === 1 ? '1 column is' : `${left.length} columns are`;
  return [notice('W_COLUMNS_LEFT_OUT', `${noun} left out: ${named.join(', ')}${more}.`, place)];
}

function isLeftOut({ role }: ColumnFinding): boolean {
  return ['prediction', 'right or wrong', 'confidence', 'id', 'left out'].includes(role);
}

/** Classes that no row has as its label, with their columns; nothing in sets of fewer rows than classes. */
export function absentClassNotices(
  raw: RawTable,
  { occurring, classNames }: Pick<MappedLabels, 'occurring' | 'classNames'>,
  settings: CsvSettings,
): readonly Notice[] {
  const absent = classNames.map((_, k) => k).filter((k) => !occurring.has(k));
  if (absent.length === 0 || raw.rows < classNames.length) return [];
  const { scores } = raw.roles;
  const named = absent.slice(0, mostNames).map((k) => {
    const column = scores.length === 1 ? undefined : scores[k];
    const name = `"${printable(classNames[k]!)}"`;
    if (column === undefined) return name;
    const header = raw.nameOf(column);
    return header === classNames[k]
      ? `${name} (column ${column + 1})`
      : `${name} (column ${column + 1}, "${printable(header)}")`;
  });
  const more = absent.length > mostNames ? `, and ${absent.length - mostNames} more` : '';
  const what = `${absent.length} of ${classNames.length} classes ${absent.length === 1 ? 'occurs' : 'occur'} in no label: ${named.join(', ')}${more}.`;
  return [notice('W_CLASS_ABSENT', what, placeOf(settings))];
}

function nameOf({ name, number }: ColumnFinding): string {
  return name === undefined || name === '' ? `column ${number}` : `"${printable(name)}"`;
}
