import { printable } from '../core/errors.ts';
import type { LabelMapping } from './label-mapping.ts';

/** What a hint about labels is made from. */
type Known = Pick<LabelMapping, 'classes' | 'classNames' | 'headers' | 'labelBase' | 'isOneColumn'>;

/** Numbers from here on serve as markers of missing labels: 99, 255, 999. */
const leastMarker = 99;

/** Words for a label that is not there. */
const missingMark = /^(?:na|n\/a|nan|null|none|missing|unknown|\?|\.|-)$/i;

/** Longest list of names that a hint spells out, in characters. */
const longestList = 120;

/**
 * What to do about labels that are whole numbers but not 0..K−1: K of them are the classes, unless they can only be
 * counted from 1; a single one beside them marks rows without a label.
 */
export function numberHint(values: readonly number[], known: Known): string | undefined {
  const { classes, labelBase } = known;
  const sorted = [...new Set(values)].sort((a, b) => a - b);
  const isFromOne = labelBase === undefined && sorted[0]! >= 1 && sorted.at(-1) === classes;
  if (isFromOne) return 'Pass --label-base 1 if the first class is 1.';
  if (labelBase === 1 && sorted[0] === 0 && sorted.at(-1)! < classes) {
    return 'Leave out --label-base 1: the labels start at 0.';
  }
  const asNames = sorted.length === classes ? orderHint(sorted.map(String), known) : undefined;
  const ignoring = markerHint(sorted, known);
  if (asNames !== undefined && ignoring !== undefined) return `Pass ${asNames}, or ${ignoring}.`;
  const only = asNames ?? ignoring;
  return only === undefined ? undefined : `Pass ${only}.`;
}

/** The one label outside the classes, where it is no neighbour of theirs. */
function markerHint(sorted: readonly number[], { classes, labelBase }: Known): string | undefined {
  const base = labelBase ?? (sorted.includes(classes) && !sorted.includes(0) ? 1 : 0);
  const outside = sorted.filter((value) => value < base || value > classes - 1 + base);
  const [marker] = outside;
  if (marker === undefined || outside.length > 1) return undefined;
  if (!(marker < 0 || (marker >= leastMarker && marker > classes + base))) return undefined;
  // Two classes called -1 and 1 are no marker and one class.
  if (marker < 0 && sorted.length === 2 && classes === 2) return undefined;
  const shift = labelBase === undefined && base === 1 ? ' --label-base 1' : '';
  return `--ignore-label=${marker}${shift} if ${marker} marks rows without a label`;
}

/** What to do about label texts that are no class names. */
export function nameHint(
  texts: readonly string[],
  names: readonly string[],
  known: Known,
): string | undefined {
  const respelled = respelling(texts, names);
  if (respelled !== undefined) return `Pass ${respelled} to spell the classes as the labels do.`;
  const { classes, classNames, headers, isOneColumn } = known;
  const [missing, another] = texts.filter((text) => !names.includes(text));
  if (missing !== undefined && another === undefined && missingMark.test(missing)) {
    return `Pass --ignore-label=${missing} if it marks rows without a label.`;
  }
  if (classNames !== undefined) return undefined;
  if (texts.length !== classes) {
    return headers === undefined ? 'Pass --class-names with the names in column order.' : undefined;
  }
  const sorted = sortedTexts(texts);
  const list = namesOption(sorted);
  if (list === undefined) return 'Pass --class-names with the names in column order.';
  if (classes > 2) {
    return `Pass --class-names with the names in column order, ${list} if the columns are sorted by name.`;
  }
  const [first, second] = sorted as [string, string];
  const reversed = namesOption([second, first])!;
  const named = headers === undefined ? 'the second score column' : `column "${printable(headers[1]!)}"`;
  const where = isOneColumn ? 'the score' : named;
  return `Pass ${list} if ${where} is that of "${printable(second)}", ${reversed} if it is that of "${printable(first)}".`;
}

/** `--class-names` with the names in order and when they are right. */
function orderHint(names: readonly string[], { isOneColumn }: Known): string | undefined {
  const list = namesOption(names);
  if (list === undefined) return undefined;
  const when = isOneColumn ? `the score is that of class ${names.at(-1)}` : 'the columns are in that order';
  return `${list} if ${when}`;
}

/** Names in column order as the labels spell them, where they differ in case alone. */
function respelling(texts: readonly string[], names: readonly string[]): string | undefined {
  const fold = (text: string): string => text.toLowerCase();
  const spelled = new Map(texts.map((text) => [fold(text), text]));
  const folded = new Set(names.map(fold));
  if (spelled.size !== texts.length || folded.size !== names.length) return undefined;
  if (!texts.every((text) => folded.has(fold(text)))) return undefined;
  return namesOption(names.map((name) => spelled.get(fold(name)) ?? name));
}

/** By code unit, as Python sorts: False before True, no before yes, negative before positive. */
function sortedTexts(texts: readonly string[]): readonly string[] {
  return [...texts].sort((a, b) => (a < b ? -1 : 1));
}

/** The option as it is typed; `undefined` where the list is long or a name cannot be typed plainly. */
function namesOption(names: readonly string[]): string | undefined {
  const list = names.join(',');
  const isTypeable = names.every(
    (name) => name !== '' && !/[",`$\\!]/.test(name) && printable(name) === name,
  );
  if (!isTypeable || list.length > longestList) return undefined;
  return /^[\p{L}\p{N}_.,+-]+$/u.test(list) ? `--class-names=${list}` : `--class-names="${list}"`;
}
