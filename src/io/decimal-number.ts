/**
 * What a cell holds. Only `number` carries a usable value; `infinite` and `nan` are words such as `-inf` and `NA`, `percent` is a
 * number with a percent sign, which is one where percentages are declared.
 */
export type CellKind = 'number' | 'percent' | 'empty' | 'nan' | 'infinite' | 'overflow' | 'text';

/** 10^0..10^22, the powers of ten that float64 holds exactly. */
const exactPowers = Float64Array.from({ length: 23 }, (_, k) => Number(`1e${k}`));

/** Whole numbers of at most this many digits are exact in float64. */
const exactDigits = 15;

const zero = 48;
const point = 46;
const comma = 44;

/**
 * The float64 nearest to a decimal number, or NaN where the text is not one or does not fit. The grammar: an optional
 * sign, digits with at most one decimal mark and at least one digit, an optional exponent `e` or `E` with optional
 * sign. No hexadecimal, no digit groups, no digits other than 0-9, no `Infinity`; spaces are the caller's to remove.
 *
 * Up to 15 digits and a power of ten up to 22 need one correctly rounded operation (Clinger 1990, "How to read
 * floating point numbers accurately", the fast path); the rest goes to the engine, whose reading is exact by standard.
 *
 * @param decimalComma Whether the decimal mark is `,` in place of `.`.
 */
export function parseDecimal(text: string, decimalComma = false): number {
  const mark = decimalComma ? comma : point;
  const length = text.length;
  let at = 0;
  const sign = length === 0 ? 0 : text.charCodeAt(0);
  if (sign === 45 || sign === 43) at = 1;
  let mantissa = 0;
  let digits = 0;
  let significant = 0;
  let places = 0;
  let marked = false;
  for (; at < length; at += 1) {
    const code = text.charCodeAt(at);
    const digit = code - zero;
    if (digit >= 0 && digit <= 9) {
      mantissa = mantissa * 10 + digit;
      digits += 1;
      if (mantissa !== 0) significant += 1;
      if (marked) places += 1;
    } else if (code === mark && !marked) {
      marked = true;
    } else {
      break;
    }
  }
  if (digits === 0) return Number.NaN;
  let exponent = 0;
  if (at < length) {
    if ((text.charCodeAt(at) | 32) !== 101) return Number.NaN;
    exponent = parseExponent(text, at + 1);
    if (Number.isNaN(exponent)) return Number.NaN;
  }
  const power = exponent - places;
  if (significant <= exactDigits && power >= -22 && power <= 22) {
    const size = power < 0 ? mantissa / exactPowers[-power]! : mantissa * exactPowers[power]!;
    return sign === 45 ? -size : size;
  }
  const value = Number(decimalComma ? text.replace(',', '.') : text);
  return Number.isFinite(value) ? value : Number.NaN;
}

/** The exponent's value, capped at ±100,000 as nothing beyond matters; NaN where it is malformed. */
function parseExponent(text: string, from: number): number {
  const sign = text.charCodeAt(from);
  const first = sign === 45 || sign === 43 ? from + 1 : from;
  if (first >= text.length) return Number.NaN;
  let size = 0;
  for (let at = first; at < text.length; at += 1) {
    const digit = text.charCodeAt(at) - zero;
    if (!(digit >= 0 && digit <= 9)) return Number.NaN;
    size = Math.min(size * 10 + digit, 100_000);
  }
  return sign === 45 ? -size : size;
}

/** The number before a percent sign, with or without spaces between them, or NaN. */
export function parsePercent(text: string, decimalComma = false): number {
  return text.endsWith('%') ? parseDecimal(text.slice(0, -1).trimEnd(), decimalComma) : Number.NaN;
}

/** Whether a text is a number with a decimal comma, or a percentage with one, that was read with a decimal point. */
export function hasDecimalComma(text: string): boolean {
  return (
    text.includes(',') && !(Number.isNaN(parseDecimal(text, true)) && Number.isNaN(parsePercent(text, true)))
  );
}

/** Sorts a cell that {@link parseDecimal} did not read. Words are matched in any case. */
export function classifyCell(text: string, decimalComma = false): CellKind {
  if (text === '') return 'empty';
  if (!Number.isNaN(parseDecimal(text, decimalComma))) return 'number';
  if (/^[+-]?inf(?:inity)?$/i.test(text)) return 'infinite';
  if (/^[+-]?nan$|^n\/?a$|^#n\/a$|^null$|^none$/i.test(text)) return 'nan';
  if (!Number.isNaN(parsePercent(text, decimalComma))) return 'percent';
  return isDecimalShaped(text, decimalComma) ? 'overflow' : 'text';
}

/** Whether a number that came out as 0 had a digit other than 0 before its exponent: it was rounded away. */
export function isUnderflow(text: string): boolean {
  return /^[^eE]*[1-9]/.test(text);
}

function isDecimalShaped(text: string, decimalComma: boolean): boolean {
  const plain = decimalComma ? text.replace(',', '.') : text;
  return (
    !(decimalComma && text.includes('.')) &&
    /^[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?$/.test(plain)
  );
}
