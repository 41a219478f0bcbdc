import { numberAt, numberEnd } from './plain-number.ts';

/** What a table wants of the records that hold nothing but plain numbers and a short label. */
export interface PlainLayout {
  /** Of each column: its place among the scores, or one of {@link plainRoles}. */
  readonly roles: Int32Array;
  /** Number of scores. */
  readonly scores: number;
  readonly decimalMark: number;
  /** Longest cell allowed, in characters. */
  readonly maxCell: number;
  /**
   * Takes a record. Says no, having taken nothing, where it wants to see the cells themselves.
   *
   * @param values The scores, in a buffer that is reused.
   * @param label The label's text, without spaces around it; empty where there is no label column.
   */
  readonly take: (
    values: Float64Array | Float32Array,
    label: string,
    weight: number,
    line: number,
  ) => boolean;
}

/** Columns that are no scores. */
export const plainRoles = { skipped: -1, label: -2, weight: -3 } as const;

/** What {@link plainRecords} went through. */
export interface PlainProgress {
  /** Position behind the last record taken. */
  readonly end: number;
  /** Lines up to there. */
  readonly lines: number;
  /** Whether it stopped at a record that it leaves to others, rather than for want of bytes. */
  readonly isOdd: boolean;
}

const space = 0x20;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const quote = 0x22;

/** Scores of larger size might span more than the doubles reach. */
const largest = 8e307;

/**
 * Reads records of plain numbers straight from their bytes. It takes only what it is sure of: records of the right width, ended by a
 * line feed, of ASCII without quotes, each number read to the nearest double. At the first that is otherwise it stops, and the
 * reader for everything goes on from there; both read the same records to the same values.
 */
export function plainRecords(
  layout: PlainLayout,
  delimiter: number,
): (bytes: Uint8Array, to: number, line: number) => PlainProgress {
  const { roles, scores, decimalMark, maxCell, take } = layout;
  const width = roles.length;
  const values = new Float64Array(scores);
  const labelOf = labelReader();
  const trims = delimiter !== space;

  return (bytes, to, line) => {
    const stop = bytes.subarray(0, to).lastIndexOf(lineFeed) + 1;
    let end = 0;
    let lines = 0;
    while (end < stop) {
      let at = end;
      // A blank line is skipped, as everywhere.
      if (bytes[at] === carriageReturn && bytes[at + 1] === lineFeed) at += 1;
      if (bytes[at] === lineFeed) {
        lines += 1;
        end = at + 1;
        continue;
      }
      let label = '';
      let weight = 1;
      for (let column = 0; column < width; column += 1) {
        const begin = at;
        const role = roles[column]!;
        if (trims) while (bytes[at] === space) at += 1;
        if (role >= 0 || role === plainRoles.weight) {
          const value = numberAt(bytes, at, stop, decimalMark);
          // NaN, or too large to be sure of.
          if (!(value <= largest && value >= -largest)) return { end, lines, isOdd: true };
          if (role >= 0) values[role] = value;
          else weight = value;
          at = numberEnd.at;
          if (trims) while (bytes[at] === space) at += 1;
        } else {
          const from = at;
          at = cellEnd(bytes, at, delimiter);
          if (at < 0) return { end, lines, isOdd: true };
          if (role === plainRoles.label)
            label = labelOf(bytes, from, trims ? beforeSpaces(bytes, from, at) : at);
        }
        if (at - begin > maxCell) return { end, lines, isOdd: true };
        if (column < width - 1) {
          if (bytes[at] !== delimiter) return { end, lines, isOdd: true };
          at += 1;
        }
      }
      if (bytes[at] === carriageReturn) at += 1;
      if (bytes[at] !== lineFeed) return { end, lines, isOdd: true };
      if (!take(values, label, weight, line + lines)) return { end, lines, isOdd: true };
      lines += 1;
      end = at + 1;
    }
    return { end, lines, isOdd: false };
  };
}

/** Where the cell of plain ASCII text ends, or −1 where it is none. There is a line feed ahead. */
function cellEnd(bytes: Uint8Array, from: number, delimiter: number): number {
  for (let at = from; ; at += 1) {
    const byte = bytes[at]!;
    if (byte === delimiter || byte === lineFeed || byte === carriageReturn) return at;
    if (byte === quote || byte < space || byte > 0x7e) return -1;
  }
}

function beforeSpaces(bytes: Uint8Array, from: number, to: number): number {
  let end = to;
  while (end > from && bytes[end - 1] === space) end -= 1;
  return end;
}

/** Whole numbers up to here are looked up. */
const known = 65_536;

/** The text of a label; those that are small whole numbers are made once. */
function labelReader(): (bytes: Uint8Array, from: number, to: number) => string {
  const wholes: string[] = [];
  return (bytes, from, to) => {
    let value = 0;
    let at = from;
    for (; at < to && value < known; at += 1) {
      const digit = bytes[at]! - 0x30;
      if (!(digit >= 0 && digit <= 9)) break;
      value = value * 10 + digit;
    }
    // A leading zero is part of a label's text.
    if (at === to && to > from && value < known && (to === from + 1 || bytes[from] !== 0x30)) {
      wholes[value] ??= String(value);
      return wholes[value]!;
    }
    let text = '';
    for (let place = from; place < to; place += 1) text += String.fromCharCode(bytes[place]!);
    return text;
  };
}
