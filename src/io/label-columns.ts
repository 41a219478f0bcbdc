import type { ColumnFinding, ColumnRole } from '../core/column-finding.ts';
import { CalibrationError } from '../core/errors.ts';
import type { KnownRole } from './column-names.ts';
import { columnReference } from './column-references.ts';
import type { CsvSettings } from './csv-settings.ts';
import { classifyCell } from './decimal-number.ts';
import { findColumn } from './find-column.ts';
import { isBit, isOne } from './header-groups.ts';
import { knownRole, labelRank } from './known-column.ts';
import { knownReason } from './known-reason.ts';
import { mostIds } from './row-ids.ts';
import { scoreFamilies } from './score-families.ts';
import { notOneHot } from './table-errors.ts';

/** Where the labels of a label source are. */
export interface LabelColumns {
  /** The column, for messages; the first of one-hot ones. */
  readonly column: number;
  /** Columns that name the rows, or may do so. */
  readonly ids: readonly number[];
  /** All columns that hold no label. */
  readonly leftOut: readonly ColumnFinding[];
  /** The label of a record. */
  readonly textOf: (cells: readonly string[], line: number) => string;
}

/**
 * Finds the label column of a label source: by option, as the only one, by header, as the only column beside those whose header
 * says that they hold something else, or as one-hot columns, one for each class.
 *
 * @throws CalibrationError `E_LABEL_COLUMN` where it cannot be told.
 */
export function labelColumns(
  header: readonly string[] | undefined,
  first: readonly string[],
  classes: number,
  settings: CsvSettings,
): LabelColumns {
  const { file, label } = settings;
  const places = first.map((_, column) => column);
  const plain = (column: number): LabelColumns => ({
    column,
    ...besideLabels(
      header,
      places.filter((c) => c !== column),
    ),
    textOf: (cells) => cells[column]!.trim(),
  });
  if (label !== undefined) return plain(findColumn(label, header, first.length, file));
  if (first.length === 1) return plain(0);
  const named = places.filter((c) => header !== undefined && knownRole(header[c]!) === 'label');
  const open = places.filter((c) => header !== undefined && knownRole(header[c]!) === undefined);
  const bits = header === undefined ? places : [...named, ...open];
  if (named.length !== 1 && bits.length === Math.max(classes, 2) && bits.every((c) => isBit(first[c]!))) {
    const rest = places.filter((c) => !bits.includes(c));
    return { ...oneHotColumns(bits, header, file), ...besideLabels(header, rest) };
  }
  if (named.length === 1) return plain(named[0]!);
  if (named.length === 0 && open.length === 1) return plain(open[0]!);
  throw unclearLabels(header, first, named, classes, settings);
}

/** The columns that hold no label; known names of rows come first among those that may name them. */
function besideLabels(
  header: readonly string[] | undefined,
  places: readonly number[],
): Pick<LabelColumns, 'ids' | 'leftOut'> {
  const knownOf = (c: number): KnownRole | undefined =>
    header === undefined ? undefined : knownRole(header[c]!);
  const isId = (c: number): boolean => knownOf(c) === 'id';
  const leftOut = places.map((c): ColumnFinding => {
    const known = knownOf(c);
    const [role, why]: readonly [ColumnRole, string] =
      known === undefined ? ['left out', 'not the label column'] : knownReason(known, header![c]!);
    return { number: c + 1, ...(header === undefined ? {} : { name: header[c]! }), role, why };
  });
  const ids = [...places.filter(isId), ...places.filter((c) => !isId(c))].slice(0, mostIds);
  return { ids, leftOut };
}

function oneHotColumns(
  bits: readonly number[],
  header: readonly string[] | undefined,
  file: string | undefined,
): Omit<LabelColumns, 'ids' | 'leftOut'> {
  const [family] =
    header === undefined ? [] : scoreFamilies(bits.map((column) => ({ column, name: header[column]! })));
  const stems = family?.columns.length === bits.length ? family.stems : undefined;
  const names = bits.map((c, k) => stems?.[k] ?? header?.[c] ?? String(k));
  const nameOf = (c: number): string => header?.[c] ?? String(c + 1);
  return {
    column: bits[0]!,
    textOf: (cells, line) => {
      const ones = bits.flatMap((c, k) => (isOne(cells[c]!) ? [k] : []));
      if (ones.length !== 1) throw notOneHot(ones.length, nameOf(bits[0]!), nameOf(bits.at(-1)!), line, file);
      return names[ones[0]!]!;
    },
  };
}

function unclearLabels(
  header: readonly string[] | undefined,
  first: readonly string[],
  named: readonly number[],
  classes: number,
  { file }: CsvSettings,
): CalibrationError {
  const columns = first.map((text, c): ColumnFinding => {
    const known = header === undefined ? undefined : knownRole(header[c]!);
    const role =
      known === 'single score' ? 'confidence' : known === 'weight' || known === 'other' ? 'left out' : known;
    const hold = classifyCell(text.trim()) === 'text' ? 'texts' : 'numbers';
    const name = header === undefined ? {} : { name: header[c]! };
    return {
      number: c + 1,
      ...name,
      role: role ?? 'unclear',
      why: role === undefined ? hold : 'by its header',
    };
  });
  const possible =
    named.length > 0
      ? [...named].sort((a, b) => labelRank(header![a]!) - labelRank(header![b]!))
      : [...columns.keys()]
          .filter((c) => columns[c]!.role === 'unclear')
          .sort((a, b) => Number(isClass(first[b]!, classes)) - Number(isClass(first[a]!, classes)));
  return new CalibrationError('E_LABEL_COLUMN', {
    ...(file === undefined ? {} : { file }),
    what:
      named.length > 1
        ? `${named.length} columns of the label source are headed as labels`
        : `the label source has ${first.length} columns and none is headed label, target, y or class`,
    hint: 'Pass --label to name the label column.',
    columns,
    suggestions: possible.slice(0, 4).map((c) => ({
      label: columnReference(c, columns),
      when: `if column ${columns[c]!.name === undefined ? c + 1 : `"${columns[c]!.name}"`} holds the labels`,
    })),
  });
}

/** A whole number of a class, or a text. */
function isClass(text: string, classes: number): boolean {
  const value = Number(text);
  return Number.isNaN(value) || (Number.isInteger(value) && value >= 0 && value < classes);
}
