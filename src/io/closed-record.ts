import { CalibrationError, printable } from '../core/errors.ts';

/** Checks one value of a file and returns it, or throws `E_MODEL_FIELD` naming the path. */
export type Rule<Value> = (value: unknown, path: string) => Value;

/** What a record of rules yields. */
export type Checked<Rules> = {
  readonly [Key in keyof Rules]: Rules[Key] extends Rule<infer Value> ? Value : never;
};

/** A record with exactly these fields. Only own keys are read, so `__proto__` is a field like any other: unknown. */
export function record<Rules extends Readonly<Record<string, Rule<unknown>>>>(
  rules: Rules,
  optional: readonly string[] = [],
): Rule<Checked<Rules>> {
  return (value, path) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      throw wrong(path, 'an object', value);
    for (const key of Object.keys(value)) {
      if (!Object.hasOwn(rules, key))
        throw fieldError(`unknown field "${printable(joined(path, key))}"`, value);
    }
    return fields(rules, optional)(value, path);
  };
}

/** These fields of a record, whatever else it holds. Only own keys are read. */
export function fields<Rules extends Readonly<Record<string, Rule<unknown>>>>(
  rules: Rules,
  optional: readonly string[] = [],
): Rule<Checked<Rules>> {
  return (value, path) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      throw wrong(path, 'an object', value);
    const checked: Record<string, unknown> = {};
    for (const [key, rule] of Object.entries(rules)) {
      if (Object.hasOwn(value, key)) {
        checked[key] = rule((value as Record<string, unknown>)[key], joined(path, key));
      } else if (!optional.includes(key)) {
        throw fieldError(`"${joined(path, key)}" is missing`, value);
      }
    }
    return checked as Checked<Rules>;
  };
}

export function finite(
  accepts: (value: number) => boolean = () => true,
  words = 'a finite number',
): Rule<number> {
  return (value, path) => {
    if (!(typeof value === 'number' && Number.isFinite(value) && accepts(value)))
      throw wrong(path, words, value);
    return value;
  };
}

export const positive = finite((value) => value > 0, 'a finite number above 0');
export const nonNegative = finite((value) => value >= 0, 'a finite number of 0 or more');

export function wholeFrom(least: number): Rule<number> {
  return finite(
    (value) => Number.isSafeInteger(value) && value >= least,
    `a whole number of ${least} or more`,
  );
}

export function text(pattern: RegExp, words: string): Rule<string> {
  return (value, path) => {
    if (!(typeof value === 'string' && pattern.test(value))) throw wrong(path, words, value);
    return value;
  };
}

export const anyText = text(/^/, 'a text');

export const flag: Rule<boolean> = (value, path) => {
  if (typeof value !== 'boolean') throw wrong(path, 'true or false', value);
  return value;
};

export function oneOf<const Word extends string>(words: readonly Word[]): Rule<Word> {
  return (value, path) => {
    if (!words.includes(value as Word))
      throw wrong(path, words.length === 1 ? `"${words[0]}"` : `one of ${words.join(', ')}`, value);
    return value as Word;
  };
}

export function nullable<Value>(rule: Rule<Value>): Rule<Value | null> {
  return (value, path) => (value === null ? null : rule(value, path));
}

export function list<Value>(rule: Rule<Value>): Rule<readonly Value[]> {
  return (value, path) => {
    if (!Array.isArray(value)) throw wrong(path, 'a list', value);
    return value.map((item, k) => rule(item, `${path}[${k}]`));
  };
}

export function pair<Value>(rule: Rule<Value>): Rule<readonly [Value, Value]> {
  return (value, path) => {
    if (!(Array.isArray(value) && value.length === 2)) throw wrong(path, 'a list of two', value);
    return [rule(value[0], `${path}[0]`), rule(value[1], `${path}[1]`)];
  };
}

/** A field that is there and wrong: `"temperature" must be a finite number above 0, got -1`. */
export function wrong(path: string, expected: string, value: unknown): CalibrationError {
  return fieldError(`"${path}" must be ${expected}, got ${shown(value)}`, value);
}

export function fieldError(what: string, value: unknown): CalibrationError {
  return new CalibrationError('E_MODEL_FIELD', { what, value });
}

function joined(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}

function shown(value: unknown): string {
  if (typeof value === 'string') return `"${printable(value)}"`;
  if (Array.isArray(value)) return `a list of ${value.length}`;
  return typeof value === 'object' && value !== null ? 'an object' : String(value);
}
