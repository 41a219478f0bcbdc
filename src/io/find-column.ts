import { CalibrationError, printable } from '../core/errors.ts';
import { nearestName } from '../core/nearest-name.ts';
import { doubledHeader } from './table-errors.ts';

/**
 * A column, 0-based, by name or 1-based number; a text of digits that names no column is a number.
 *
 * @throws CalibrationError `E_COLUMN` when there is none, `E_HEADER_DUP` when two have the name.
 */
export function findColumn(
  reference: string | number,
  header: readonly string[] | undefined,
  width: number,
  file: string | undefined,
): number {
  if (typeof reference === 'string' && header !== undefined) {
    const [first, second] = header.flatMap((name, c) => (name === reference ? [c] : []));
    if (first !== undefined && second !== undefined) {
      const hint = 'Rename one of them, or give the number of the column in place of its name.';
      throw doubledHeader(reference, [first, second], file, hint);
    }
    if (first !== undefined) return first;
  }
  const isNumber = typeof reference === 'number' || /^[1-9][0-9]{0,8}$/.test(reference);
  const number = isNumber ? Number(reference) : Number.NaN;
  if (Number.isInteger(number) && number >= 1 && number <= width) return number - 1;
  throw noColumn(reference, header, width, file);
}

function noColumn(
  reference: string | number,
  header: readonly string[] | undefined,
  width: number,
  file: string | undefined,
): CalibrationError {
  const near = typeof reference === 'string' ? nearestName(reference, header ?? []) : undefined;
  const shown = typeof reference === 'number' ? String(reference) : `"${printable(reference)}"`;
  const names = typeof reference === 'number' ? [] : header;
  const rest = near === undefined ? columnsThereAre(names, width) : `did you mean "${printable(near)}"?`;
  return new CalibrationError('E_COLUMN', {
    ...(file === undefined ? {} : { file }),
    what: `there is no column ${shown}; ${rest}`,
    value: reference,
  });
}

/** As many names as fit into a line. */
const mostNames = 8;

function columnsThereAre(header: readonly string[] | undefined, width: number): string {
  const number = `the table has ${width} ${width === 1 ? 'column' : 'columns'}`;
  if (header === undefined) return `${number} and no names`;
  if (header.length === 0) return number;
  const names = header.slice(0, mostNames).map(printable).join(', ');
  return `${number}: ${names}${header.length > mostNames ? ', ...' : ''}`;
}
