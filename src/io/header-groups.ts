import type { ColumnLook } from './column-looks.ts';
import { type ScoreFamily, scoreFamilies } from './score-families.ts';

/** The families among a table's columns, sorted by what they can be. */
export interface HeaderGroups {
  /** Families that a known affix, numbers or letters show to be scores. */
  readonly scores: readonly ScoreFamily[];
  /** Families of an unknown start before numbers. */
  readonly numbered: readonly ScoreFamily[];
  /** Columns that a known family says are features or another truth. */
  readonly others: readonly number[];
  /** Columns of a one-hot truth. */
  readonly oneHot: ScoreFamily | undefined;
  /** Columns headed by mere numbers. */
  readonly numbers: readonly number[];
  /** Columns of `scores`, which are no labels whatever their header. */
  readonly members: ReadonlySet<number>;
  readonly stems: readonly string[];
}

/** Sorts columns into families by header and by the first row of data. */
export function headerGroups(free: readonly ColumnLook[], first: readonly string[]): HeaderGroups {
  const named = free.flatMap(({ column, name, known, cell }) =>
    name !== undefined &&
    (known === undefined || /^[a-z]$/i.test(name) || (known === 'label' && cell === 'fraction'))
      ? [{ column, name }]
      : [],
  );
  const isNumeric = new Set(free.filter(({ cell }) => cell !== 'text').map(({ column }) => column));
  const families = scoreFamilies(named)
    .filter(({ columns }) => columns.some((column) => isNumeric.has(column)))
    .map((family) => withContent(family, first));
  const scores = families.filter(({ meaning }) => !['truth', 'other', 'unknown'].includes(meaning));
  const numbered = families.filter(({ meaning }) => meaning === 'unknown');
  const truths = families.filter(({ meaning }) => meaning === 'truth');
  const oneHot = oneHotOf(truths, [...scores, ...numbered], first);
  const isTruth = (family: ScoreFamily): boolean => family === oneHot;
  const kept = scores.filter((family) => !isTruth(family));
  return {
    scores: kept,
    numbered: numbered.filter((family) => !isTruth(family)),
    others: families
      .filter(({ meaning }) => meaning === 'truth' || meaning === 'other')
      .flatMap(({ columns }) => columns),
    oneHot,
    numbers: kept
      .filter(({ stems, pattern }) => pattern === `${stems[0]}..${stems.at(-1)}` && /^-?[0-9]/.test(pattern))
      .flatMap(({ columns }) => columns),
    members: new Set(
      kept.filter(({ pattern }) => !/^-?[0-9]+\.\./.test(pattern)).flatMap(({ columns }) => columns),
    ),
    stems: kept.flatMap(({ stems }) => stems),
  };
}

/** Columns called `true_*` or `y_*` hold a truth only if they hold zeros and ones. */
function withContent(family: ScoreFamily, first: readonly string[]): ScoreFamily {
  return family.meaning === 'truth' && !areZerosAndOnes(family, first)
    ? { ...family, meaning: 'unknown' }
    : family;
}

function areZerosAndOnes({ columns }: ScoreFamily, first: readonly string[]): boolean {
  return columns.every((column) => isBit(first[column]!));
}

/** A family called a truth, or one of two of the same size that holds zeros with a single 1. */
function oneHotOf(
  truths: readonly ScoreFamily[],
  others: readonly ScoreFamily[],
  first: readonly string[],
): ScoreFamily | undefined {
  if (truths.length === 1) return truths[0];
  const [a, b] = others;
  if (truths.length > 1 || a === undefined || b === undefined || others.length > 2) return undefined;
  if (a.columns.length !== b.columns.length) return undefined;
  const hot = [a, b].filter(
    (family) =>
      !/^[._ ]*pred/i.test(family.pattern) &&
      areZerosAndOnes(family, first) &&
      family.columns.filter((column) => isOne(first[column]!)).length === 1,
  );
  return hot.length === 1 ? hot[0] : undefined;
}

/** Whether a cell may be one of a one-hot truth. */
export function isBit(text: string): boolean {
  return /^\s*(?:[01](?:\.0*)?|true|false)\s*$/i.test(text);
}

/** Whether a cell of a one-hot truth says 1. */
export function isOne(text: string): boolean {
  return /^\s*(?:1(?:\.0*)?|true)\s*$/i.test(text);
}
