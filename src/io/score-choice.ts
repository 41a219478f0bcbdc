import type { ScoreKind } from '../core/scored-set.ts';
import type { ColumnLook } from './column-looks.ts';
import type { CsvSettings } from './csv-settings.ts';
import type { HeaderGroups } from './header-groups.ts';
import { isNumberedWeight, isUnnamed } from './known-column.ts';
import type { LabelChoice } from './label-choice.ts';
import { isRowFigure, isScoreName, isSummary, type ScoreFamily } from './score-families.ts';
import type { LabelWhere, NamedRoles, ScoreBasis } from './table-roles.ts';

/** The score columns and what speaks for them. */
export interface ScoreChoice {
  readonly columns: readonly number[];
  readonly basis: ScoreBasis;
  readonly doubtful: readonly number[];
  /** Why these. */
  readonly why: string;
  /** Why other columns are left out. */
  readonly outside: string;
  /** The pattern of a family. */
  readonly pattern?: string;
  /** Choices of which none is more likely than the others. */
  readonly alternatives: readonly Alternative[];
}

/** Score columns that might be meant. */
export interface Alternative {
  readonly columns: readonly number[];
  readonly input: ScoreKind | undefined;
}

/** Finds the score columns when the labels are found. */
export function scoreChoice(
  free: readonly ColumnLook[],
  groups: HeaderGroups,
  labels: LabelChoice,
  first: readonly string[],
  named: NamedRoles,
  where: LabelWhere,
  settings: CsvSettings,
): ScoreChoice {
  if (named.scores !== undefined) {
    return choice(named.scores, 'named', 'named by the option', 'not among the named scores');
  }
  const out = new Set([...labels.all, ...named.kept]);
  const left = free.filter(({ column }) => !out.has(column));
  if (free[0]?.name === undefined) {
    // Texts in the first or the last place name the rows; elsewhere a score may have been lost.
    const ends = [free[0], free.at(-1)];
    const isName = (look: ColumnLook): boolean =>
      look.cell === 'text' && ends.includes(look) && /\p{L}/u.test(first[look.column]!);
    const scores = where === 'elsewhere' ? left.filter((look) => !isName(look)) : left;
    const columns = scores.map(({ column }) => column);
    return choice(columns, 'headless', 'numbers, in a table without header', '');
  }
  const label = labels.label === undefined ? undefined : first[labels.label]!.trim();
  const family = familyChoice(left, groups, label, out, settings);
  if (family !== undefined) return family;
  return unrelatedChoice(left, groups, where, label, free, labels);
}

function choice(
  columns: readonly number[],
  basis: ScoreBasis,
  why: string,
  outside: string,
  doubtful: readonly number[] = [],
): ScoreChoice {
  return { columns, basis, why, outside, doubtful, alternatives: [] };
}

function familyChoice(
  left: readonly ColumnLook[],
  groups: HeaderGroups,
  label: string | undefined,
  out: ReadonlySet<number>,
  { input }: CsvSettings,
): ScoreChoice | undefined {
  const remaining = groups.scores
    .map((family) => without(family, out))
    .filter(({ columns }) => columns.length > 1 || (groups.numbers.length > 0 && columns.length > 0));
  const inFamilies = new Set(remaining.flatMap(({ columns }) => columns));
  const stems = new Set(remaining.flatMap((family) => family.stems));
  // A label that is the header of another column shows where the classes are.
  const isOutside = left.some(({ name, column }) => name === label && !inFamilies.has(column));
  if (label !== undefined && isOutside && !stems.has(label)) return undefined;
  const agreeing = remaining.filter(({ meaning }) => meaning === input);
  const possible = agreeing.length === 1 ? agreeing : remaining;
  const [family, second] = possible;
  if (family !== undefined && second === undefined) return familyScores(family, groups, out);
  if (second !== undefined) {
    const alternatives = possible.map(({ columns, meaning }) => ({
      columns,
      input: meaning === 'logits' || meaning === 'probabilities' ? meaning : undefined,
    }));
    return { ...choice([], 'family', '', ''), alternatives };
  }
  const [numbered, another] = groups.numbered;
  const others = left.filter(
    ({ column, known, cell, name }) =>
      (known === undefined || known === 'single score') &&
      !isNumberedWeight(name ?? '') &&
      cell !== 'text' &&
      !numbered?.columns.includes(column) &&
      !groups.others.includes(column),
  );
  if (numbered === undefined || another !== undefined || others.length > 0) return undefined;
  return familyScores(numbered, groups, out);
}

function familyScores(family: ScoreFamily, groups: HeaderGroups, out: ReadonlySet<number>): ScoreChoice {
  const { columns, pattern, stems } = family;
  const lostOne =
    columns.some((column) => groups.numbers.includes(column)) &&
    groups.numbers.some((column) => out.has(column));
  if (lostOne) return choice(columns, 'headless', 'headed by a column number', 'not headed by a number');
  const doubtful = columns.filter((_, k) => isSummary(stems[k]!));
  return {
    ...choice(
      columns,
      'family',
      `one of the family ${pattern}`,
      `not one of the family ${pattern}`,
      columns.length - doubtful.length > 1 ? doubtful : [],
    ),
    pattern,
  };
}

function without(family: ScoreFamily, out: ReadonlySet<number>): ScoreFamily {
  const kept = family.columns.map((column) => !out.has(column));
  if (!kept.includes(false)) return family;
  const columns = family.columns.filter((_, k) => kept[k]);
  const stems = family.stems.filter((_, k) => kept[k]);
  return { ...family, columns, stems };
}

function unrelatedChoice(
  left: readonly ColumnLook[],
  groups: HeaderGroups,
  where: LabelWhere,
  label: string | undefined,
  free: readonly ColumnLook[],
  labels: LabelChoice,
): ScoreChoice {
  const numeric = left.filter(({ cell, column }) => cell !== 'text' && !groups.others.includes(column));
  const isClassLike = ({ known, cell, name }: ColumnLook): boolean =>
    (known === undefined && !isRowFigure(name!)) ||
    (known === 'label' && (cell === 'fraction' || name!.length === 1));
  const classes = numeric.filter(isClassLike);
  const known = numeric.filter((look) => !isClassLike(look) && look.known !== 'label');
  const likely = numeric.filter(
    ({ name, known: role }) => role === 'single score' || (role === undefined && isScoreName(name!)),
  );
  const isNamedLabel = free.some(({ column, cell }) => column === labels.label && cell === 'text');
  // A cell of a score may have been lost in the first row, so the other column is not taken alone.
  const lost = left.filter(({ cell, known: role }) => cell === 'text' && role === undefined);
  if (classes.length === 1 && likely.length === 0 && known.length === 0 && lost.length > 0) {
    const columns = [...classes, ...lost].map(({ column }) => column).sort((a, b) => a - b);
    return choice(columns, 'unrelated', 'numbers', '');
  }
  // Whole numbers beside fractions that are headed as a prediction are the labels more likely than a score.
  const isPredicted = left.some(({ known: role, cell }) => role === 'prediction' && cell === 'fraction');
  const isLabelFree = where === 'here' && labels.all.length === 0;
  if (isPredicted && isLabelFree && classes.length === 1 && classes[0]!.cell === 'whole') {
    return choice([], 'unrelated', '', '');
  }
  const single = singleChoice(classes, known, likely, isNamedLabel && label !== undefined);
  if (single !== undefined) return single;
  // Without a column that may be a class there are only known ones: none of them is a score unasked.
  if (classes.length === 0 && !(isNamedLabel && known.some(({ name }) => name === label))) {
    return choice([], 'unrelated', '', '');
  }
  const doubtful = known.filter(({ name }) => !isUnnamed(name!)).map(({ column }) => column);
  const columns = numeric
    .map(({ column }) => column)
    .filter((column) => doubtful.includes(column) || classes.some((look) => look.column === column));
  const why = where === 'here' ? 'numbers under a header that may name a class' : 'numbers';
  return choice(columns, 'unrelated', why, 'matches no label', doubtful);
}

/** One score column for two classes, where it is sure which. */
function singleChoice(
  classes: readonly ColumnLook[],
  known: readonly ColumnLook[],
  likely: readonly ColumnLook[],
  isNamedLabel: boolean,
): ScoreChoice | undefined {
  const extras = known.filter(({ known: role }) => role !== 'single score');
  const isAlone = classes.length + likely.filter(({ known: role }) => role === 'single score').length === 1;
  if (!isAlone || (isNamedLabel && extras.some(({ known: role }) => role !== 'id'))) return undefined;
  const column = [...classes, ...likely][0]!;
  const isSure = likely.length === 1 || extras.every(({ known: role }) => role === 'id');
  const scores = choice(
    [column.column],
    'single',
    'the only column of numbers that may be scores',
    'not the score',
  );
  if (isSure) return scores;
  const both = [...classes, ...extras].map((look) => look.column).sort((a, b) => a - b);
  return {
    ...scores,
    columns: [],
    alternatives: [[column.column], both].map((columns) => ({ columns, input: undefined })),
  };
}
