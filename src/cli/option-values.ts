import { checkBinCount, checkWhole, checkWithin } from '../core/checks.ts';
import { CalibrationError, printable } from '../core/errors.ts';

const decimal = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

function numberOf(text: string): number {
  return decimal.test(text.trim()) ? Number(text) : Number.NaN;
}

function refuse(option: string, expected: string, text: string): CalibrationError {
  return new CalibrationError('E_USAGE', {
    what: `option ${option} must be ${expected}, got "${printable(text)}"`,
    value: text,
  });
}

/** Reads a whole number inside `[low, high]`. */
export function wholeNumber(name: string, low: number, high: number): (text: string) => number {
  return (text) => {
    const value = numberOf(text);
    if (Number.isNaN(value)) throw refuse(`--${name}`, `a whole number ${low}..${high}`, text);
    checkWhole(name, value, low, high);
    return value;
  };
}

/** Reads a number inside `[low, high]`. */
export function numberWithin(name: string, low: number, high: number): (text: string) => number {
  return (text) => {
    const value = numberOf(text);
    if (Number.isNaN(value)) throw refuse(`--${name}`, `a number in ${low}..${high}`, text);
    checkWithin(name, value, low, high);
    return value;
  };
}

/** Reads any finite number. */
export function decimalNumber(name: string): (text: string) => number {
  return (text) => {
    const value = numberOf(text);
    if (!Number.isFinite(value)) throw refuse(`--${name}`, 'a number', text);
    return value;
  };
}

const units: Readonly<Record<string, number>> = {
  '': 1,
  b: 1,
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
  kib: 2 ** 10,
  mib: 2 ** 20,
  gib: 2 ** 30,
};

/** Reads an amount of memory, `512MB`, `2 GiB` or bytes, inside `[low, high]`. */
export function byteCount(name: string, low: number, high: number): (text: string) => number {
  return (text) => {
    const [, amount = '', unit = ''] = /^\s*([\d.]+)\s*([a-z]*)\s*$/i.exec(text) ?? [];
    const bytes = Math.round(numberOf(amount) * (units[unit.toLowerCase()] ?? Number.NaN));
    if (!(bytes >= low && bytes <= high)) {
      throw refuse(`--${name}`, `an amount such as 512MB or 2GiB, ${low / 1e6}MB at least`, text);
    }
    return bytes;
  };
}

/** Reads a number of bins. */
export function binCount(text: string): number {
  const value = numberOf(text);
  checkBinCount(Number.isNaN(value) ? text : value);
  return value;
}

/** Reads two temperatures, `0.05,20`. */
export function temperatureBounds(text: string): readonly [number, number] {
  const [low = Number.NaN, high = Number.NaN, ...rest] = text.split(',').map(numberOf);
  if (!(rest.length === 0 && 0 < low && low < high && high < Number.POSITIVE_INFINITY)) {
    throw refuse('--bounds', 'two temperatures above 0, the lower first, such as 0.05,20', text);
  }
  return [low, high];
}

/** Reads one of some words; each may have other spellings, which stand for it. */
export function oneOf<Word extends string>(
  name: string,
  words: readonly Word[],
  spellings: Readonly<Record<string, Word>> = {},
): (text: string) => Word {
  const known = new Map<string, Word>([
    ...words.map((word) => [word, word] as const),
    ...Object.entries(spellings),
  ]);
  return (text) => {
    const word = known.get(text);
    if (word === undefined) throw refuse(`--${name}`, `one of ${words.join(', ')}`, text);
    return word;
  };
}

/** Reads a list, `cat,dog,fox`; a part in double quotes may hold commas, and a doubled quote stands for one. */
export function commaList(name: string): (text: string) => readonly string[] {
  return (text) => {
    const parts: string[] = [];
    for (let at = 0; at <= text.length; ) {
      const [whole, quoted, plain] = /^(?:"((?:[^"]|"")*)"|([^",]*))(?=,|$)/.exec(text.slice(at)) ?? [];
      if (whole === undefined) throw refuse(`--${name}`, 'a list separated by commas', text);
      parts.push(quoted === undefined ? (plain as string) : quoted.replaceAll('""', '"'));
      at += whole.length + 1;
    }
    return parts;
  };
}

/** Reads a list of columns, by name or 1-based number; `2..11` stands for the numbers 2 to 11. An option given again adds to it. */
export function columnList(
  name: string,
): (text: string, before?: readonly (string | number)[]) => readonly (string | number)[] {
  const list = commaList(name);
  return (text, before = []) => [
    ...before,
    ...list(text).flatMap((part): (string | number)[] => {
      const [, from, to] = /^([1-9]\d{0,8})\.\.([1-9]\d{0,8})$/.exec(part) ?? [];
      if (from === undefined || to === undefined) return [part];
      const first = Number(from);
      const last = Number(to);
      if (!(first <= last && last - first < 100_000))
        throw refuse(`--${name}`, 'columns such as 2..11', text);
      return Array.from({ length: last - first + 1 }, (_, i) => first + i);
    }),
  ];
}

/** Reads a cell separator: a character, or the name of one that shells make hard to type. */
export function delimiterCharacter(text: string): string {
  const names: Readonly<Record<string, string>> = {
    comma: ',',
    semicolon: ';',
    pipe: '|',
    space: ' ',
    '\\t': '\t',
  };
  return Object.hasOwn(names, text) ? (names[text] as string) : text;
}
