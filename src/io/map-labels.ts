import { CalibrationError, printable } from '../core/errors.ts';
import { indexNames } from '../core/labels.ts';
import type { StoredNumbers } from '../core/number-store.ts';
import { nameReadings, numbersInOtherOrder, plainNames } from './class-names.ts';
import { classifyCell } from './decimal-number.ts';
import { nameHint, numberHint } from './label-hints.ts';
import type { LabelMapping } from './label-mapping.ts';
import type { LabelTexts } from './label-texts.ts';
import { booleanLabel, wholeLabel } from './whole-label.ts';

/** Class indices and what the classes are called. */
export interface MappedLabels extends ClassNaming {
  readonly labels: StoredNumbers<Int32Array>;
  /** The classes that some row has as its label. */
  readonly occurring: ReadonlySet<number>;
  /** What the labels call each class: its name, or its number. */
  readonly labelNames: readonly string[];
}

type IndexedLabels = Pick<MappedLabels, 'labels' | 'occurring'>;

/** What the classes are called, and whether the input says so. */
export interface ClassNaming {
  readonly classNames: readonly string[];
  readonly namedClasses: boolean;
}

/** Names listed in a message at most. */
const namesShown = 10;

/** What the classes are called where no labels help to tell. */
export function namesWithoutLabels({
  classes,
  classNames,
  headers,
}: Pick<LabelMapping, 'classes' | 'classNames' | 'headers'>): ClassNaming {
  const names = classNames ?? (headers === undefined ? undefined : plainNames(headers));
  return { classNames: names ?? indexNames(classes), namedClasses: names !== undefined };
}

/**
 * Turns label texts into class indices. A reading of the names under which every text is a name wins, a whole number
 * in any of its forms (`2`, `2.0`, `+2`, `2.000e+00`) being the name `2`; else the texts must be whole numbers from
 * `labelBase`, or `False` and `True` for two classes without names. Leading zeros are kept: `007` is a name or nothing.
 *
 * @throws CalibrationError `E_LABEL_UNKNOWN`, `E_LABEL_INT`, `E_LABEL_RANGE`, `E_LABEL_BASE` or `E_INT_UNSAFE`, at the
 * first line that shows it.
 */
export function mapLabels(found: LabelTexts, mapping: LabelMapping): MappedLabels {
  const { classNames, headers, labelBase } = mapping;
  const naming = namesWithoutLabels(mapping);
  const forms = plainForms(found.texts, naming, mapping);
  const readings =
    classNames !== undefined ? [classNames] : headers === undefined ? [] : nameReadings(headers);
  const numbered = labelBase !== undefined && forms.every((form) => form !== undefined);
  const otherOrder =
    numbered && classNames === undefined && headers !== undefined
      ? numbersInOtherOrder(headers, labelBase)
      : undefined;
  const byNames = numbered
    ? firstReading(found.texts, forms, otherOrder === undefined ? [] : [otherOrder])
    : firstReading(found.texts, forms, readings);
  if (byNames !== undefined) {
    const named = byNames.names.some((name, k) => name !== String(k));
    const { names, indices } = byNames;
    return { ...spread(found, indices), labelNames: names, classNames: names, namedClasses: named };
  }
  refuseStranger(found, forms, readings, mapping);
  const indexed = byNumber(found, forms, naming.classNames, mapping);
  const labelNames = Array.from({ length: mapping.classes }, (_, k) => String(k + (labelBase ?? 0)));
  return { ...indexed, labelNames, ...naming };
}

/** The whole number of each text, where it is one. */
function plainForms(
  texts: readonly string[],
  { namedClasses }: ClassNaming,
  { classes, decimalComma }: LabelMapping,
): readonly (string | undefined)[] {
  const booleans = classes === 2 && !namedClasses ? texts.map(booleanLabel) : [];
  return booleans.length > 0 && booleans.every((value) => value !== undefined)
    ? booleans.map(String)
    : texts.map((text) => wholeLabel(text, decimalComma));
}

/** The first reading under which every text is a name, by its letters or as a whole number. */
function firstReading(
  texts: readonly string[],
  forms: readonly (string | undefined)[],
  readings: readonly (readonly string[])[],
): { readonly names: readonly string[]; readonly indices: readonly number[] } | undefined {
  for (const names of readings) {
    const places = new Map(names.map((name, k) => [name, k]));
    const indices = texts.map((text, k) => places.get(text) ?? places.get(forms[k] ?? '') ?? -1);
    if (!indices.includes(-1)) return { names, indices };
  }
  return undefined;
}

/** Where some labels are names, the first that is none is the mistake. */
function refuseStranger(
  { texts, firstLines }: LabelTexts,
  forms: readonly (string | undefined)[],
  readings: readonly (readonly string[])[],
  mapping: LabelMapping,
): void {
  const names = readings.find((reading) =>
    texts.some((text, k) => reading.includes(text) && forms[k] === undefined),
  );
  const stranger = names === undefined ? -1 : texts.findIndex((text) => !names.includes(text));
  if (names !== undefined && stranger >= 0) {
    throw unknownLabel(texts, { text: texts[stranger]!, row: firstLines[stranger]! }, names, mapping);
  }
}

function byNumber(
  found: LabelTexts,
  forms: readonly (string | undefined)[],
  names: readonly string[],
  mapping: LabelMapping,
): IndexedLabels {
  const { texts, firstLines } = found;
  const base = mapping.labelBase ?? 0;
  const values = forms.map((form, k) => {
    const place = { text: texts[k]!, row: firstLines[k]! };
    if (form === undefined) throw noNumber(texts, place, names, mapping);
    return safeNumber(form, place, mapping);
  });
  const top = mapping.classes - 1 + base;
  const outside = values.findIndex((value) => value < base || value > top);
  if (outside >= 0) throw outOfRange(values, outside, { found, base, top }, mapping);
  return spread(
    found,
    values.map((value) => value - base),
  );
}

/** A label text and the line it is first found on. */
interface FoundText {
  readonly text: string;
  readonly row: number;
}

function safeNumber(form: string, { text, row }: FoundText, { file }: LabelMapping): number {
  const value = Number(form);
  if (Number.isSafeInteger(value)) return value;
  throw new CalibrationError('E_INT_UNSAFE', {
    ...(file === undefined ? {} : { file }),
    row,
    what: `${printable(text)} cannot be held exactly`,
    value: text,
  });
}

/** A text that is neither a name nor a whole number. */
function noNumber(
  texts: readonly string[],
  place: FoundText,
  names: readonly string[],
  mapping: LabelMapping,
): CalibrationError {
  const { text, row } = place;
  const kind = classifyCell(text, mapping.decimalComma);
  const numeric = kind === 'nan' || kind === 'infinite' || (kind === 'number' && /[.,]/.test(text));
  if (!numeric) return unknownLabel(texts, place, names, mapping);
  return new CalibrationError('E_LABEL_INT', {
    ...(mapping.file === undefined ? {} : { file: mapping.file }),
    row,
    what: `label ${printable(text)} is not a whole number`,
    ...(kind === 'nan' ? { hint: `Pass --ignore-label=${text} to leave out rows without a label.` } : {}),
    value: text,
  });
}

function unknownLabel(
  texts: readonly string[],
  { text, row }: FoundText,
  names: readonly string[],
  mapping: LabelMapping,
): CalibrationError {
  const hint = nameHint(texts, names, mapping);
  return new CalibrationError('E_LABEL_UNKNOWN', {
    ...(mapping.file === undefined ? {} : { file: mapping.file }),
    row,
    what: `"${printable(text)}" is not one of ${listed(names)} (names are case-sensitive)`,
    ...(hint === undefined ? {} : { hint }),
    value: text,
  });
}

/** Whole numbers of which one is no class: counted from 1, names of their own, or a marker. */
function outOfRange(
  values: readonly number[],
  outside: number,
  { found, base, top }: { readonly found: LabelTexts; readonly base: number; readonly top: number },
  mapping: LabelMapping,
): CalibrationError {
  const { classes, input, isOneColumn, labelBase } = mapping;
  const noun = input === 'logits' ? 'logit' : 'probability';
  const columns = isOneColumn ? `one ${noun} column` : `${classes} ${noun} columns`;
  const hint = numberHint(values, mapping);
  const file = mapping.file === undefined ? {} : { file: mapping.file };
  const least = Math.min(...values);
  const isShifted = labelBase === undefined && least >= 1 && Math.max(...values) === classes;
  if (isShifted && values.length > 1) {
    const needs = isOneColumn ? 'needs 0 and 1' : `need 0..${classes - 1}`;
    return new CalibrationError('E_LABEL_BASE', {
      ...file,
      what: `labels run ${least}..${classes} but ${columns} ${needs}`,
      ...(hint === undefined ? {} : { hint }),
    });
  }
  const [value, text] = [values[outside]!, found.texts[outside]!];
  return new CalibrationError(value < 0 ? 'E_LABEL_INT' : 'E_LABEL_RANGE', {
    ...file,
    ...(value < 0 || mapping.column === undefined ? {} : { column: mapping.column }),
    row: found.firstLines[outside]!,
    what:
      value < 0
        ? `label ${printable(text)} is not a whole number of 0 or more`
        : `${value} is outside ${base}..${top} (${columns})`,
    ...(hint === undefined ? {} : { hint }),
    value: text,
  });
}

/** The class of each row, looked up as the rows are read. */
function spread({ ids }: LabelTexts, indices: readonly number[]): IndexedLabels {
  let classes = new Int32Array(0);
  const labels = {
    length: ids.length,
    read: (from: number, to: number) => {
      const some = ids.read(from, to);
      if (classes.length < some.length) classes = new Int32Array(some.length);
      for (let i = 0; i < some.length; i += 1) classes[i] = indices[some[i]!]!;
      return classes.subarray(0, some.length);
    },
  };
  return { labels, occurring: new Set(indices) };
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, namesShown).map(printable).join(', ');
  return names.length > namesShown ? `${shown}, … (${names.length} in all)` : shown;
}
