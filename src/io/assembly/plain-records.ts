// Records of plain numbers, see io/javascript-plain-records.ts, which takes the same records and stops at the same places.

import { numberAt, numberEnd, prepareMoves, usualNumberAt, wantsPowers } from './plain-number';

const space: i32 = 0x20;
const lineFeed: i32 = 0x0a;
const carriageReturn: i32 = 0x0d;
const quote: i32 = 0x22;

const labelRole: i32 = -2;
const weightRole: i32 = -3;

/** Scores of larger size might span more than the doubles reach. */
const largest: f64 = 8e307;

/** Whole numbers below this are told as such where they are labels. */
const known: i32 = 65536;

/** Why reading stopped. */
const textRead: i32 = 0;
const isOdd: i32 = 1;
const isFull: i32 = 2;
const isPowerless: i32 = 3;

let roles: usize = 0;
let width: i32 = 0;
let scores: usize = 0;
let delimiter: i32 = 0;
let mark: i32 = 0;
let maxCell: usize = 0;
let trims: bool = false;
/** Whether cells of sixteen bytes are allowed, and a delimiter always ends a number. */
let isUsual: bool = false;

/** What a record has besides its scores: 32-bit start, lines ahead of it, and label with its place; the weight, a double. */
const recordSize: usize = 32;

/** Address behind the last record taken, or of the one that stopped the reading. */
export let textEnd: usize = 0;
/** Lines up to there. */
export let linesRead: i32 = 0;
/** Records read. */
export let recordsRead: i32 = 0;

/** The first address that the module's own tables leave free. */
export function freeAddress(): usize {
  return __heap_base;
}

/** Says how records are laid out. The roles of the columns stand at an address, 32 bits each. */
export function setLayout(
  rolesAt: usize,
  columns: i32,
  scoreCount: i32,
  delimiterByte: i32,
  decimalMark: i32,
  longestCell: i32,
  trimsSpaces: bool,
): void {
  roles = rolesAt;
  width = columns;
  scores = <usize>scoreCount;
  delimiter = delimiterByte;
  mark = decimalMark;
  maxCell = <usize>longestCell;
  trims = trimsSpaces;
  isUsual = longestCell >= 16 && (delimiterByte | 0x20) !== 0x65;
  prepareMoves();
}

/**
 * Reads records from one address to another, ahead of which a line ends.
 *
 * @param values Where their scores go, row by row.
 * @param records Where the rest goes.
 * @param most Records there is room for.
 * @returns Why it stopped.
 */
export function readRecords(from: usize, stop: usize, values: usize, records: usize, most: i32): i32 {
  const rolesEnd = roles + (<usize>width << 2);
  let end = from;
  let lines = 0;
  let count = 0;
  let outcome = textRead;
  while (end < stop) {
    let at = end;
    // A blank line is skipped.
    if (<i32>load<u8>(at) === carriageReturn && <i32>load<u8>(at + 1) === lineFeed) at++;
    if (<i32>load<u8>(at) === lineFeed) {
      lines++;
      end = at + 1;
      continue;
    }
    if (count === most) {
      outcome = isFull;
      break;
    }
    store<i32>(records, <i32>(end - from));
    store<i32>(records, lines, 4);
    // No label, and the weight of rows that have none.
    store<i32>(records, -1, 8);
    store<i64>(records, 0, 12);
    store<f64>(records, 1, 24);
    at = readRecord(at, rolesEnd, values, records);
    if (at === 0) {
      outcome = wantsPowers ? isPowerless : isOdd;
      break;
    }
    values += scores << 3;
    records += recordSize;
    count++;
    lines++;
    end = at;
  }
  textEnd = end;
  linesRead = lines;
  recordsRead = count;
  return outcome;
}

/** The address behind the record, or 0 where it is none of plain numbers. */
// @ts-ignore: decorator
@inline
function readRecord(from: usize, rolesEnd: usize, values: usize, record: usize): usize {
  const delimiters = i8x16.splat(<i8>delimiter);
  const decimal = mark;
  const isQuick = isUsual;
  let at = from;
  for (let column = roles; column < rolesEnd; column += 4) {
    const begin = at;
    const role = load<i32>(column);
    if (role >= 0 && isQuick) {
      // Where the delimiter stands is known before the number is read, and the next can be begun.
      const end = at + <usize>ctz(i8x16.bitmask(i8x16.eq(v128.load(at), delimiters)));
      const value = usualNumberAt(at, end, decimal);
      if (value === value && column + 4 < rolesEnd) {
        store<f64>(values + (<usize>role << 3), value);
        at = end + 1;
        continue;
      }
    }
    if (trims) while (<i32>load<u8>(at) === space) at++;
    if (role >= 0 || role === weightRole) {
      const value = numberAt(at, mark);
      // NaN, or too large to be sure of.
      if (!(value <= largest && value >= -largest)) return 0;
      store<f64>(role >= 0 ? values + (<usize>role << 3) : record + 24, value);
      at = numberEnd;
      if (trims) while (<i32>load<u8>(at) === space) at++;
    } else {
      const start = at;
      at = cellEnd(at);
      if (at === 0) return 0;
      if (role === labelRole) noteLabel(record, start, at);
    }
    if (at - begin > maxCell) return 0;
    if (column + 4 < rolesEnd) {
      if (<i32>load<u8>(at) !== delimiter) return 0;
      at++;
    }
  }
  if (<i32>load<u8>(at) === carriageReturn) at++;
  return <i32>load<u8>(at) === lineFeed ? at + 1 : 0;
}

/** Where the cell of plain ASCII text ends, or 0 where it is none. */
function cellEnd(from: usize): usize {
  let at = from;
  let byte = <i32>load<u8>(at);
  while (byte !== delimiter && byte !== lineFeed && byte !== carriageReturn) {
    if (byte === quote || byte < space || byte > 0x7e) return 0;
    at++;
    byte = <i32>load<u8>(at);
  }
  return at;
}

/** Notes a label: the whole number that it is, or −1, and where it stands. */
function noteLabel(record: usize, from: usize, end: usize): void {
  let to = end;
  if (trims) while (to > from && <i32>load<u8>(to - 1) === space) to--;
  store<i32>(record, wholeNumber(from, to), 8);
  store<i32>(record, <i32>from, 12);
  store<i32>(record, <i32>to, 16);
}

/** A whole number that is written as it is usual, without leading zeros; else −1. */
function wholeNumber(from: usize, to: usize): i32 {
  if (to === from || (to > from + 1 && <i32>load<u8>(from) === 0x30)) return -1;
  let value = 0;
  for (let at = from; at < to; at++) {
    const digit = <i32>load<u8>(at) - 0x30;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
    if (value >= known) return -1;
  }
  return value;
}
