import { otherAffixes, scoreAffixes, truthAffixes } from './column-names.ts';
import { knownRole, nameKey } from './known-column.ts';

/** A column by its place and header. */
export interface NamedColumn {
  readonly column: number;
  readonly name: string;
}

/** Columns whose headers differ only in the class they name. */
export interface ScoreFamily {
  /** How the family is called in messages: `prob_*`, `0..9`. */
  readonly pattern: string;
  /** What the affix says: scores of a kind, a truth of zeros and ones, something else, or nothing. */
  readonly meaning: 'logits' | 'probabilities' | 'either' | 'truth' | 'other' | 'unknown';
  /** In the order of the table. */
  readonly columns: readonly number[];
  /** What each header says beside the affix. */
  readonly stems: readonly string[];
}

/**
 * The families that headers form: whole numbers alone, the first letters of the alphabet, a known affix beside numbers or names, and
 * any other start before numbers that count from 0 or 1. Fewer than two columns are no family.
 */
export function scoreFamilies(columns: readonly NamedColumn[]): readonly ScoreFamily[] {
  const numbers = columns.filter(({ name }) => /^-?[0-9]+$/.test(name));
  const letters = columns.filter(({ name }) => /^[a-zA-Z]$/.test(name));
  const families: ScoreFamily[] = [];
  if (numbers.length > 1) {
    const names = numbers.map(({ name }) => name);
    families.push(familyOf(`${names[0]}..${names.at(-1)}`, 'either', numbers, names));
  }
  if (areFirstLetters(letters.map(({ name }) => name))) {
    const names = letters.map(({ name }) => name);
    families.push(familyOf(`${names[0]}..${names.at(-1)}`, 'either', letters, names));
  }
  const taken = new Set(families.flatMap(({ columns }) => columns));
  const rest = columns.filter(({ column }) => !taken.has(column));
  for (const grouping of [affixFamilies, numberedFamilies]) {
    for (const family of grouping(rest.filter(({ column }) => !taken.has(column)))) {
      families.push(family);
      for (const column of family.columns) taken.add(column);
    }
  }
  return families;
}

function familyOf(
  pattern: string,
  meaning: ScoreFamily['meaning'],
  columns: readonly NamedColumn[],
  stems: readonly string[],
): ScoreFamily {
  return { pattern, meaning, columns: columns.map(({ column }) => column), stems };
}

/** All of A, B, C, … up to some letter, each once, in any order. */
function areFirstLetters(names: readonly string[]): boolean {
  const codes = names.map((name) => name.charCodeAt(0)).sort((a, b) => a - b);
  const first = codes[0];
  return (
    names.length > 1 && (first === 0x41 || first === 0x61) && codes.every((code, k) => code === first + k)
  );
}

const affixes = [...Object.keys(scoreAffixes), ...truthAffixes, ...otherAffixes]
  .sort((a, b) => b.length - a.length)
  .map((affix) => affix.replaceAll('_', '[_\\-. ]?'))
  .join('|');
// `prob_-1` is of the class -1, `prob-1` of 1.
const prefixed = new RegExp(
  `^[._ ]*(${affixes})(?:[_\\-. :]*[_\\-. :](-[0-9]+)|[_\\-. :]+(.+)|\\[(.+)\\]|\\((.+)\\)|([0-9]+))$`,
  'i',
);
const suffixed = new RegExp(`^(.+?)[_\\-. :]+(${affixes})$`, 'i');

interface Member extends NamedColumn {
  readonly affix: string;
  readonly pattern: string;
  readonly stem: string;
}

function memberOf({ column, name }: NamedColumn): Member | undefined {
  const before = prefixed.exec(name);
  if (before !== null) {
    const stem = before.slice(2).find((part) => part !== undefined)!;
    const start = name.slice(0, name.lastIndexOf(stem));
    return { column, name, affix: before[1]!, pattern: `${start}*`, stem };
  }
  const after = suffixed.exec(name);
  if (after === null) return undefined;
  return { column, name, affix: after[2]!, pattern: `*${name.slice(after[1]!.length)}`, stem: after[1]! };
}

function affixFamilies(columns: readonly NamedColumn[]): readonly ScoreFamily[] {
  const groups = new Map<string, Member[]>();
  for (const column of columns) {
    const member = memberOf(column);
    if (member === undefined) continue;
    const key = member.pattern.toLowerCase();
    groups.set(key, [...(groups.get(key) ?? []), member]);
  }
  return [...groups.values()]
    .map(withoutOutsiders)
    .filter((members) => members.length > 1)
    .map((members) =>
      familyOf(
        members[0]!.pattern,
        meaningOf(members[0]!.affix),
        members,
        members.map(({ stem }) => stem),
      ),
    );
}

/** Where classes are numbers, a name beside them is no class: `p_0, p_1, p_max`. */
function withoutOutsiders(members: readonly Member[]): readonly Member[] {
  const numbered = members.filter(({ stem }) => /^-?[0-9]+$/.test(stem));
  return numbered.length > 1 && countUp(numbered.map(({ stem }) => stem)) ? numbered : members;
}

function meaningOf(affix: string): ScoreFamily['meaning'] {
  const key = nameKey(affix);
  const known = Object.keys(scoreAffixes).find((name) => nameKey(name) === key);
  if (known !== undefined) return scoreAffixes[known]!;
  return otherAffixes.includes(affix.toLowerCase()) ? 'other' : 'truth';
}

function numberedFamilies(columns: readonly NamedColumn[]): readonly ScoreFamily[] {
  const groups = new Map<string, { readonly columns: NamedColumn[]; readonly stems: string[] }>();
  for (const column of columns) {
    const [, start, stem] = /^(.*?[^0-9])([0-9]+)\]?$/.exec(column.name) ?? [];
    if (start === undefined || stem === undefined) continue;
    const group = groups.get(start) ?? { columns: [], stems: [] };
    groups.set(start, group);
    group.columns.push(column);
    group.stems.push(stem);
  }
  return [...groups]
    .filter(([, { stems }]) => stems.length > 1 && countUp(stems))
    .map(([start, group]) => familyOf(`${start}*`, 'unknown', group.columns, group.stems));
}

/** Whether numbers, in any order, are all from 0 or 1 to some other. */
function countUp(stems: readonly string[]): boolean {
  const numbers = stems.map(Number).sort((a, b) => a - b);
  const first = numbers[0]!;
  return (first === 0 || first === 1) && numbers.every((value, k) => value === first + k);
}

/** Whether headers number the classes of scores, as `logit_0, logit_1`, `0..9` and `A..D` do. */
export function areNumberedScores(names: readonly string[]): boolean {
  const [family] = scoreFamilies(names.map((name, column) => ({ column, name })));
  return (
    family !== undefined &&
    family.columns.length === names.length &&
    ['logits', 'probabilities', 'either'].includes(family.meaning) &&
    (family.pattern === `${family.stems[0]}..${family.stems.at(-1)}` ||
      family.stems.every((stem) => /^-?[0-9]+$/.test(stem)))
  );
}

/** Whether a header has an affix of scores, such as `prob_cat`, and names no figure of the row. */
export function isScoreName(name: string): boolean {
  const stem = scoreStem(name);
  return stem !== undefined && !isSummary(stem);
}

/** Whether a header has an affix of scores, but names a figure of the row, such as `prob_std`. */
export function isRowFigure(name: string): boolean {
  const stem = scoreStem(name);
  return stem !== undefined && isSummary(stem);
}

/** `max` in `p_max`, `entropy` in `prob_entropy`: a figure of the row rather than a class. */
export function isSummary(stem: string): boolean {
  if (/^-?[0-9]+$/.test(stem)) return false;
  const role = knownRole(stem);
  return (
    (role !== undefined && stem.length > 1) ||
    /^(?:max|min|mean|avg|sum|total|top|best|winner|sd|std|norm|lse|logsumexp|range|gap|diff|ratio|median)$/.test(
      nameKey(stem),
    )
  );
}

/** What a header says beside an affix of scores. */
export function scoreStem(name: string): string | undefined {
  const member = memberOf({ column: 0, name });
  return member === undefined || ['truth', 'other'].includes(meaningOf(member.affix))
    ? undefined
    : member.stem;
}
