import { CalibrationError, type ErrorCode, printable } from '../core/errors.ts';
import { indexNames } from '../core/labels.ts';
import type { StoredNumbers } from '../core/number-store.ts';
import type { ScoreKind } from '../core/scored-set.ts';
import { nameReadings, plainNames } from './class-names.ts';
import { classifyCell } from './decimal-number.ts';
import type { LabelTexts } from './label-texts.ts';

/** What label texts are mapped with. */
export interface LabelMapping {
  readonly input: ScoreKind;
  /** K, at least 2. */
  readonly classes: number;
  /** Names the caller gave. */
  readonly classNames: readonly string[] | undefined;
  /** Headers of the K score columns, where they name one class each. */
  readonly headers: readonly string[] | undefined;
  readonly labelBase: 0 | 1 | undefined;
  readonly decimalComma: boolean;
  /** File and column of the labels, for messages. */
  readonly file: string | undefined;
  readonly column: string | undefined;
}

/** Class indices and what the classes are called. */
export interface MappedLabels extends ClassNaming {
  readonly labels: StoredNumbers<Int32Array>;
}

/** What the classes are called, and whether the input says so. */
export interface ClassNaming {
  readonly classNames: readonly string[];
  readonly namedClasses: boolean;
}

/** Names listed in a message at most. */
const namesShown = 10;

/** Whole numbers as labels: no leading zero, no exponent; a decimal part of zeros, as floats are printed, is let pass. */
const wholeLabel = /^(?:0|-?[1-9][0-9]*)(?:[.,]0+)?$/;

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
 * Turns label texts into class indices. A reading of the names under which every text is a name wins; else the texts
 * must be whole numbers from `labelBase`. Nothing is matched by value: `007` and `1e5` are names or nothing.
 *
 * @throws CalibrationError `E_LABEL_UNKNOWN`, `E_LABEL_INT`, `E_LABEL_RANGE`, `E_LABEL_BASE` or `E_INT_UNSAFE`, at the
 * first line that shows it.
 */
export function mapLabels(found: LabelTexts, mapping: LabelMapping): MappedLabels {
  const { classNames, headers, labelBase } = mapping;
  const readings =
    classNames !== undefined ? [classNames] : headers === undefined ? [] : nameReadings(headers);
  const numbered = labelBase !== undefined && found.texts.every((text) => wholeLabel.test(text));
  const names = numbered
    ? undefined
    : readings.find((reading) => found.texts.every((text) => reading.includes(text)));
  if (names !== undefined) {
    const named = names.some((name, k) => name !== String(k));
    return { labels: byName(found, names), classNames: names, namedClasses: named };
  }
  refuseStranger(found, readings, mapping);
  const naming = namesWithoutLabels(mapping);
  return { labels: byNumber(found, naming.classNames, mapping), ...naming };
}

function byName(found: LabelTexts, names: readonly string[]): StoredNumbers<Int32Array> {
  const places = new Map(names.map((name, k) => [name, k]));
  return spread(
    found,
    found.texts.map((text) => places.get(text)!),
  );
}

/** Where some labels are names, the first that is none is the mistake. */
function refuseStranger(
  found: LabelTexts,
  readings: readonly (readonly string[])[],
  mapping: LabelMapping,
): void {
  const names = readings.find((reading) =>
    found.texts.some((text) => reading.includes(text) && !wholeLabel.test(text)),
  );
  const stranger = names === undefined ? -1 : found.texts.findIndex((text) => !names.includes(text));
  if (names !== undefined && stranger >= 0) {
    throw unknownLabel(found.texts[stranger]!, found.firstLines[stranger]!, names, mapping);
  }
}

function byNumber(
  found: LabelTexts,
  names: readonly string[],
  mapping: LabelMapping,
): StoredNumbers<Int32Array> {
  const base = mapping.labelBase ?? 0;
  const values = found.texts.map((text, k) => wholeNumber(text, found.firstLines[k]!, names, mapping));
  refuseShifted(values, mapping);
  const top = mapping.classes - 1 + base;
  for (const [k, value] of values.entries()) {
    if (value >= base && value <= top) continue;
    const scoreNoun = mapping.input === 'logits' ? 'logit' : 'probability';
    throw failure('E_LABEL_RANGE', mapping, found, k, {
      what: `${value} is outside ${base}..${top} (${mapping.classes} ${scoreNoun} columns)`,
      column: mapping.column,
    });
  }
  return spread(
    found,
    values.map((value) => value - base),
  );
}

function wholeNumber(text: string, line: number, names: readonly string[], mapping: LabelMapping): number {
  const place = { ...(mapping.file === undefined ? {} : { file: mapping.file }), row: line };
  if (wholeLabel.test(text)) {
    const value = Number(text.replace(/[.,]0+$/, ''));
    if (!Number.isSafeInteger(value)) {
      throw new CalibrationError('E_INT_UNSAFE', {
        ...place,
        what: `${printable(text)} cannot be held exactly`,
        value: text,
      });
    }
    if (value < 0) {
      throw new CalibrationError('E_LABEL_INT', {
        ...place,
        what: `label ${printable(text)} is not a whole number of 0 or more`,
        hint: 'Pass --ignore-label to leave such rows out.',
        value: text,
      });
    }
    return value;
  }
  const kind = classifyCell(text, mapping.decimalComma);
  const numeric = kind === 'nan' || kind === 'infinite' || (kind === 'number' && /[.,]/.test(text));
  if (numeric) {
    throw new CalibrationError('E_LABEL_INT', {
      ...place,
      what: `label ${printable(text)} is not a whole number`,
      value: text,
    });
  }
  throw unknownLabel(text, line, names, mapping);
}

function unknownLabel(
  text: string,
  row: number,
  names: readonly string[],
  { file, classNames, headers }: LabelMapping,
): CalibrationError {
  const nameless = classNames === undefined && headers === undefined;
  return new CalibrationError('E_LABEL_UNKNOWN', {
    ...(file === undefined ? {} : { file }),
    row,
    what: `"${printable(text)}" is not one of ${listed(names)} (names are case-sensitive)`,
    ...(nameless ? { hint: 'Pass --class-names with the names in column order.' } : {}),
    value: text,
  });
}

/** Labels from 1 to K can only be counted from 1. */
function refuseShifted(values: readonly number[], { labelBase, classes, input, file }: LabelMapping): void {
  if (labelBase !== undefined) return;
  const least = values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const most = values.reduce((a, b) => Math.max(a, b), 0);
  if (!(least >= 1 && most === classes && values.length > 1)) return;
  const noun = input === 'logits' ? 'logit' : 'probability';
  throw new CalibrationError('E_LABEL_BASE', {
    ...(file === undefined ? {} : { file }),
    what: `labels run ${least}..${most} but ${classes} ${noun} columns need 0..${classes - 1}`,
    hint: 'Pass --label-base 1 if the first class is 1.',
  });
}

/** The class of each row, looked up as the rows are read. */
function spread({ ids }: LabelTexts, indices: readonly number[]): StoredNumbers<Int32Array> {
  let classes = new Int32Array(0);
  return {
    length: ids.length,
    read: (from, to) => {
      const some = ids.read(from, to);
      if (classes.length < some.length) classes = new Int32Array(some.length);
      for (let i = 0; i < some.length; i += 1) classes[i] = indices[some[i]!]!;
      return classes.subarray(0, some.length);
    },
  };
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, namesShown).map(printable).join(', ');
  return names.length > namesShown ? `${shown}, … (${names.length} in all)` : shown;
}

function failure(
  code: ErrorCode,
  { file }: LabelMapping,
  found: LabelTexts,
  k: number,
  { what, column }: { readonly what: string; readonly column: string | undefined },
): CalibrationError {
  return new CalibrationError(code, {
    ...(file === undefined ? {} : { file }),
    ...(column === undefined ? {} : { column }),
    row: found.firstLines[k]!,
    what,
    value: found.texts[k],
  });
}
