import { CalibrationError, printable } from './errors.ts';
import { foundText, isPlainObject } from './found-text.ts';
import { nearestName } from './nearest-name.ts';
import { isScoreList } from './number-cells.ts';

/**
 * Refuses options that are no plain object, and option names that do not exist, naming the nearest one that does.
 *
 * @throws CalibrationError `E_OPTION` at the first unknown name.
 */
export function checkOptionNames(options: object, allowed: readonly string[]): void {
  checkOptionsObject(options);
  for (const name of Object.keys(options)) {
    if (allowed.includes(name)) continue;
    const nearest = nearestName(name, allowed);
    throw new CalibrationError('E_OPTION', {
      what:
        nearest === undefined
          ? `unknown option "${printable(name)}"; the options are ${allowed.join(', ')}`
          : `unknown option "${printable(name)}"; did you mean "${nearest}"?`,
      value: name,
    });
  }
  checkCommonOptions(options as Readonly<Record<string, unknown>>);
}

/** Refuses options that are no plain object. */
export function checkOptionsObject(options: unknown): void {
  if (isPlainObject(options)) return;
  throw new CalibrationError('E_OPTION', {
    what: `the options are ${foundText(options)}, expected a plain object of options by name`,
    value: options,
  });
}

/** Checks the options that have one meaning everywhere. */
function checkCommonOptions({
  signal,
  onProgress,
  onNotice,
  onIteration,
  random,
}: Readonly<Record<string, unknown>>): void {
  const isSignal = typeof signal === 'object' && signal !== null && 'aborted' in signal;
  if (signal !== undefined && !isSignal) throw optionError('signal', 'an AbortSignal', signal);
  checkFunction('onProgress', onProgress);
  checkFunction('onNotice', onNotice);
  checkFunction('onIteration', onIteration);
  if (random !== undefined) checkFunction('random.below', Object(random).below ?? null);
}

/** Refuses what is there and no function. */
export function checkFunction(name: string, value: unknown): void {
  if (value !== undefined && typeof value !== 'function') throw optionError(name, 'a function', value);
}

/** Refuses an argument that is no function. */
export function checkRequired(name: string, value: unknown): void {
  if (typeof value === 'function') return;
  throw new CalibrationError('E_OPTION', {
    what: `the ${name} is ${foundText(value)}, expected a function`,
    value,
  });
}

/** Refuses what is not text. */
export function checkText(name: string, value: unknown): asserts value is string {
  if (typeof value !== 'string') throw optionError(name, 'text', value);
}

/** Refuses what is neither true nor false. */
export function checkFlag(name: string, value: unknown): asserts value is boolean {
  if (typeof value !== 'boolean') throw optionError(name, 'true or false', value);
}

/** Whether a value can name a group: text, or a number other than NaN. */
export function isName(value: unknown): boolean {
  return typeof value === 'string' || (typeof value === 'number' && !Number.isNaN(value));
}

/** Refuses what is not a list, and the first of its values that `isRight` does not hold for. */
export function checkList<Value>(
  name: string,
  values: unknown,
  expected: string,
  isRight: (value: unknown) => boolean,
): asserts values is ArrayLike<Value> {
  if (!isScoreList(values)) throw optionError(name, `a list of ${expected}`, values);
  for (let i = 0; i < values.length; i += 1) {
    if (!isRight(values[i])) throw optionError(`${name}[${i}]`, expected.replace(/s$/, ''), values[i]);
  }
}

/** Refuses what is not a finite number above 0. NaN cannot pass. */
export function checkPositive(name: string, value: unknown): asserts value is number {
  if (!(typeof value === 'number' && value > 0 && value < Number.POSITIVE_INFINITY)) {
    throw optionError(name, 'a finite number above 0', value);
  }
}

/** Refuses what is not a number inside `[low, high]`. NaN cannot pass. */
export function checkWithin(
  name: string,
  value: unknown,
  low: number,
  high: number,
): asserts value is number {
  if (!(typeof value === 'number' && value >= low && value <= high)) {
    throw optionError(name, `a number in ${low}..${high}`, value);
  }
}

/** Refuses what is not a whole number inside `[low, high]`. */
export function checkWhole(name: string, value: unknown, low: number, high: number): asserts value is number {
  if (!(typeof value === 'number' && Number.isInteger(value) && value >= low && value <= high)) {
    throw optionError(name, `a whole number ${low}..${high}`, value);
  }
}

/** Refuses what is not one of the listed words. */
export function checkOneOf<Word extends string>(
  name: string,
  value: unknown,
  words: readonly Word[],
): asserts value is Word {
  if (!words.includes(value as Word)) throw optionError(name, `one of ${words.join(', ')}`, value);
}

/** Refuses a bin count outside 1..10000 (with a code of its own, as bins are asked for everywhere). */
export function checkBinCount(bins: unknown): asserts bins is number {
  if (!(typeof bins === 'number' && Number.isInteger(bins) && bins >= 1 && bins <= 10_000)) {
    throw new CalibrationError('E_BINS', {
      what: `bins must be a whole number 1..10000, got ${shown(bins)}`,
      value: bins,
    });
  }
}

function optionError(name: string, expected: string, value: unknown): CalibrationError {
  return new CalibrationError('E_OPTION', {
    what: `option "${name}" must be ${expected}, got ${shown(value)}`,
    value,
  });
}

function shown(value: unknown): string {
  return typeof value === 'string' ? `"${printable(value)}"` : foundText(value);
}
