import { CalibrationError, printable } from '../core/errors.ts';
import type { CsvSettings } from './csv-settings.ts';
import { knownRole, nameKey } from './known-column.ts';
import type { RawTable, RepeatedIds } from './raw-table.ts';
import type { ScoreTable } from './score-table.ts';

/** Rows and columns looked at. */
const mostRows = 4096;
const mostColumns = 32;

/** Fewer cases may have one row for each class by chance. */
const fewestCases = 4;

/**
 * The table, with a column of ids that come in several rows noted. One of a single score that has several rows for each id, one for each value of
 * another column, is refused: it has a row for each case and class, or for each case and model.
 */
export function withIdCheck(table: ScoreTable, settings: CsvSettings): ScoreTable {
  let isWatched: boolean | undefined;
  const records: (readonly string[])[] = [];
  return {
    ...table,
    plain: () => (isWatched === true && records.length < mostRows ? undefined : table.plain?.()),
    take: (cells, line) => {
      table.take(cells, line);
      if (isWatched === undefined) isWatched = table.width()?.header === true && idColumns(cells).length > 0;
      else if (isWatched && records.length < mostRows) records.push(cells);
    },
    finish: () => {
      const raw = table.finish();
      if (isWatched !== true) return raw;
      const ids = idColumns(raw.header ?? []);
      if (raw.roles.scores.length === 1) refuseLong(raw, ids, records, settings);
      const repeatedIds = repeatedAmong(raw, ids, records);
      return repeatedIds === undefined ? raw : { ...raw, repeatedIds };
    },
  };
}

function idColumns(header: readonly string[]): readonly number[] {
  return header.length > mostColumns
    ? []
    : header.flatMap((name, column) => (knownRole(name) === 'id' && name.trim() !== '' ? [column] : []));
}

function refuseLong(
  { roles, nameOf }: RawTable,
  ids: readonly number[],
  records: readonly (readonly string[])[],
  { file }: CsvSettings,
): void {
  const [score] = roles.scores;
  const width = records[0]?.length ?? 0;
  for (const id of ids) {
    for (let other = 0; other < width; other += 1) {
      if (other === id || other === score || isContrast(other, roles.label, records, nameOf)) continue;
      const perCase = rowsPerCase(records, id, other);
      if (perCase === undefined) continue;
      throw new CalibrationError('E_COLUMN', {
        ...(file === undefined ? {} : { file }),
        what: `the table has ${perCase} rows for each value of "${printable(nameOf(id))}", one for each value of "${printable(nameOf(other))}", expected one row for each case`,
        hint: 'Export one row per case and one score column per class: with pandas, df.pivot(index=…, columns=…, values=…) makes it of such a table.',
        columns: roles.findings,
      });
    }
  }
}

/** Two labels for each id may be a case and its opposite, each with its own score. */
function isContrast(
  column: number,
  label: number | undefined,
  records: readonly (readonly string[])[],
  nameOf: (column: number) => string,
): boolean {
  if (column !== label || /^(?:class|option|choice|category)/.test(nameKey(nameOf(column)))) return false;
  return new Set(records.map((cells) => cells[column]!)).size === 2;
}

/** With more different values than this share of the rows, or fewer than so many, ids do not name cases of several rows. */
const mostDifferent = 0.9;
const fewestRepeated = 5;

/** In fewer rows an id may come twice by a mistake. */
const fewestRows = 20;

/** The first column of ids, not kept for anything, that come in several rows. */
function repeatedAmong(
  { roles }: RawTable,
  ids: readonly number[],
  records: readonly (readonly string[])[],
): RepeatedIds | undefined {
  const rows = records.length;
  if (rows < fewestRows) return undefined;
  for (const column of ids) {
    if (roles.kept.includes(column)) return undefined;
    const values = new Set(records.map((cells) => cells[column]!)).size;
    if (values >= fewestRepeated && values <= mostDifferent * rows) return { column, values, rows };
  }
  return undefined;
}

/** How many rows each value of one column has, if it has one for each value of the other. */
function rowsPerCase(records: readonly (readonly string[])[], id: number, other: number): number | undefined {
  // The rows of the last case may not all be there.
  const last = records.length === mostRows ? records.at(-1)![id] : undefined;
  const found = new Map<string, Set<string>>();
  const values = new Set<string>();
  for (const cells of records) {
    const [name, value] = [cells[id]!, cells[other]!];
    if (name === last) continue;
    const own = found.get(name) ?? new Set();
    if (own.has(value)) return undefined;
    found.set(name, own.add(value));
    values.add(value);
  }
  const isLong = values.size > 1 && found.size >= fewestCases;
  return isLong && [...found.values()].every((own) => own.size === values.size) ? values.size : undefined;
}
