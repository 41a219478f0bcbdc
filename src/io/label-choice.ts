import type { ColumnLook } from './column-looks.ts';
import type { CsvSettings } from './csv-settings.ts';
import type { HeaderGroups } from './header-groups.ts';
import { labelRank, saysTruth } from './known-column.ts';
import { doubledHeader } from './table-errors.ts';
import type { LabelWhere, NamedRoles } from './table-roles.ts';

/** Where the labels are. */
export interface LabelChoice {
  readonly label: number | undefined;
  /** Further columns that their header calls labels. */
  readonly rivals: readonly number[];
  /** Columns that may hold the labels instead, where no header tells. */
  readonly contenders: readonly number[];
  readonly isOneHot: boolean;
  /** All columns that hold labels, in whatever form. */
  readonly all: readonly number[];
}

const nowhere: LabelChoice = { label: undefined, rivals: [], contenders: [], isOneHot: false, all: [] };

/** Finds the label column: by option, by header, as the only column of texts, as one-hot columns, or as the last where no header names the classes. */
export function labelChoice(
  free: readonly ColumnLook[],
  groups: HeaderGroups,
  first: readonly string[],
  named: NamedRoles,
  where: LabelWhere,
  settings: CsvSettings,
): LabelChoice {
  if (where === 'elsewhere') return nowhere;
  if (named.label !== undefined) return only(named.label);
  const isHeadless = free[0]?.name === undefined;
  const found = isHeadless
    ? headlessLabel(free, first, where, settings)
    : headedLabels(free, groups, first, settings.file);
  const [label, ...rivals] = found;
  if (label !== undefined && where !== 'here') return { ...only(label), all: found };
  if (label !== undefined) {
    const contenders = isHeadless ? [] : contendersOf(label, free, groups);
    return { ...only(label), rivals, contenders, all: found };
  }
  if (isHeadless) return nowhere;
  if (where === 'here' && groups.oneHot !== undefined) {
    return { ...nowhere, isOneHot: true, all: groups.oneHot.columns };
  }
  const last = lastColumn(free, groups, where, settings);
  return last === undefined ? nowhere : only(last);
}

function only(label: number): LabelChoice {
  return { ...nowhere, label, all: [label] };
}

/** More columns of unknown header beside a label are features. */
const mostContenders = 8;

/**
 * Columns of unknown header that may be the labels instead: whole numbers beside texts of unknown header, and whole numbers or texts beside a
 * column whose header may also name what a model answered.
 */
function contendersOf(
  label: number,
  free: readonly ColumnLook[],
  { members, numbers, others }: HeaderGroups,
): readonly number[] {
  const chosen = free.find(({ column }) => column === label)!;
  const isHeaded = chosen.known === 'label';
  if (isHeaded && saysTruth(chosen.name!)) return [];
  const open = free.filter(
    ({ column, known, cell }) =>
      column !== label &&
      known === undefined &&
      (cell === 'whole' || (isHeaded && cell === 'text')) &&
      !members.has(column) &&
      !numbers.includes(column) &&
      !others.includes(column),
  );
  return isHeaded && open.length > mostContenders ? [] : open.map(({ column }) => column);
}

function headlessLabel(
  free: readonly ColumnLook[],
  first: readonly string[],
  where: LabelWhere,
  { classes }: CsvSettings,
): readonly number[] {
  const texts = free.filter(({ cell, column }) => cell === 'text' && /\p{L}/u.test(first[column]!));
  if (texts.length === 1) return [texts[0]!.column];
  // One may be the truth and one a prediction.
  if (texts.length > 1 && where === 'here') return [];
  const last = free.at(-1);
  if (last === undefined) return [];
  if (where === 'here') return [last.column];
  return free.length === (classes ?? Number.NaN) + 1 && last.cell !== 'fraction' ? [last.column] : [];
}

/** Columns whose header names a label, best first; else the only column of texts that may be one. */
function headedLabels(
  free: readonly ColumnLook[],
  groups: HeaderGroups,
  first: readonly string[],
  file: string | undefined,
): readonly number[] {
  const like = free.filter(
    ({ known, cell, column }) => known === 'label' && cell !== 'fraction' && !groups.members.has(column),
  );
  for (const [k, { name, column }] of like.entries()) {
    const twin = like.slice(0, k).find((other) => other.name === name);
    if (twin === undefined) continue;
    const suggestions = [twin.column, column].map((place) => ({
      label: place + 1,
      when: `if column ${place + 1} holds the labels`,
    }));
    const hint = 'Rename one of them, or give the number of the label column with --label.';
    throw doubledHeader(name!, [twin.column, column], file, hint, { suggestions });
  }
  if (like.length > 0) {
    const classes = new Set([...free.map(({ name }) => name!), ...groups.stems]);
    const rankOf = ({ column, cell }: ColumnLook): number =>
      classes.has(first[column]!.trim()) ? 0 : cell === 'whole' ? 1 : 2;
    return [...like]
      .sort((a, b) => rankOf(a) - rankOf(b) || labelRank(a.name!) - labelRank(b.name!))
      .map(({ column }) => column);
  }
  const texts = free.filter(
    ({ cell, known, column }) => cell === 'text' && known === undefined && !groups.members.has(column),
  );
  return texts.length === 1 ? [texts[0]!.column] : [];
}

/** Under mere column numbers the last column holds the labels, as in a table without header. */
function lastColumn(
  free: readonly ColumnLook[],
  { numbers }: HeaderGroups,
  where: LabelWhere,
  { classes }: CsvSettings,
): number | undefined {
  const last = free.at(-1);
  if (last === undefined || last.cell === 'fraction') return undefined;
  if (where === 'here') return numbers.length > 1 && numbers.includes(last.column) ? last.column : undefined;
  const unknown = free.filter(({ known, cell }) => known === undefined && cell !== 'text');
  return unknown.length === (classes ?? Number.NaN) + 1 ? last.column : undefined;
}
