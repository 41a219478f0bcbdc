import type { ColumnFinding } from '../core/column-finding.ts';
import { CalibrationError } from '../core/errors.ts';
import { columnReference } from './column-references.ts';
import type { CsvSettings } from './csv-settings.ts';
import { classifyCell } from './decimal-number.ts';
import { findColumn } from './find-column.ts';
import { isBit, isOne } from './header-groups.ts';
import { knownRole, labelRank } from './known-column.ts';
import { scoreFamilies } from './score-families.ts';
import { notOneHot } from './table-errors.ts';

/** Where the labels of a label source are. */
export interface LabelColumns {
  /** The column, for messages; the first of one-hot ones. */
  readonly column: number;
  /** Columns that name the rows. */
  readonly ids: readonly number[];
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
  const ids = header === undefined ? [] : places.filter((c) => knownRole(header[c]!) === 'id');
  const plain = (column: number): LabelColumns => ({
    column,
    ids: ids.filter((c) => c !== column),
    textOf: (cells) => cells[column]!.trim(),
  });
  if (label !== undefined) return plain(findColumn(label, header, first.length, file));
  if (first.length === 1) return plain(0);
  const named = places.filter((c) => header !== undefined && knownRole(header[c]!) === 'label');
  const open = places.filter((c) => header !== undefined && knownRole(header[c]!) === undefined);
  const bits = header === undefined ? places : [...named, ...open];
  if (named.length !== 1 && bits.length === classes && bits.every((c) => isBit(first[c]!))) {
    return oneHotColumns(bits, ids, header, file);
  }
  if (named.length === 1) return plain(named[0]!);
  if (named.length === 0 && open.length === 1) return plain(open[0]!);
  throw unclearLabels(header, first, named, classes, settings);
}

function oneHotColumns(
  bits: readonly number[],
  ids: readonly number[],
  header: readonly string[] | undefined,
  file: string | undefined,
): LabelColumns {
  const [family] =
    header === undefined ? [] : scoreFamilies(bits.map((column) => ({ column, name: header[column]! })));
  const stems = family?.columns.length === bits.length ? family.stems : undefined;
  const names = bits.map((c, k) => stems?.[k] ?? header?.[c] ?? String(k));
  const nameOf = (c: number): string => header?.[c] ?? String(c + 1);
  return {
    column: bits[0]!,
    ids,
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
