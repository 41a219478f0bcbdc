import { plainLabels } from './plain-labels.ts';
import { type PlainLayout, type PlainReader, plainRoles, recordsAtOnce } from './plain-layout.ts';
import { numberAt, numberEnd } from './plain-number.ts';

const space = 0x20;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const quote = 0x22;

/** Scores of larger size might span more than the doubles reach. */
const largest = 8e307;

/** The reader of plain records that is written to be read, and the oracle of the one in WebAssembly. */
export function javascriptPlainRecords(layout: PlainLayout, delimiter: number): PlainReader {
  const { roles, scores, decimalMark, maxCell, take } = layout;
  const width = roles.length;
  const most = recordsAtOnce(layout);
  const values = new Float64Array(most * scores);
  const labels: string[] = [];
  const weights = new Float64Array(most);
  const lines = new Uint32Array(most);
  /** Where each record starts. */
  const starts: number[] = [];
  const labelOf = plainLabels();
  const trims = delimiter !== space;

  /** Reads a record into a place of the batch. Returns the position behind it, or −1. */
  const readRecord = (bytes: Uint8Array, from: number, stop: number, place: number): number => {
    let at = from;
    labels[place] = '';
    weights[place] = 1;
    for (let column = 0; column < width; column += 1) {
      const begin = at;
      const role = roles[column]!;
      if (trims) while (bytes[at] === space) at += 1;
      if (role >= 0 || role === plainRoles.weight) {
        const value = numberAt(bytes, at, stop, decimalMark);
        // NaN, or too large to be sure of.
        if (!(value <= largest && value >= -largest)) return -1;
        if (role >= 0) values[place * scores + role] = value;
        else weights[place] = value;
        at = numberEnd.at;
        if (trims) while (bytes[at] === space) at += 1;
      } else {
        const start = at;
        at = cellEnd(bytes, at, delimiter);
        if (at < 0) return -1;
        if (role === plainRoles.label)
          labels[place] = labelOf(bytes, start, trims ? beforeSpaces(bytes, start, at) : at);
      }
      if (at - begin > maxCell) return -1;
      if (column < width - 1) {
        if (bytes[at] !== delimiter) return -1;
        at += 1;
      }
    }
    if (bytes[at] === carriageReturn) at += 1;
    return bytes[at] === lineFeed ? at + 1 : -1;
  };

  return (bytes, to, line) => {
    const stop = bytes.subarray(0, to).lastIndexOf(lineFeed) + 1;
    let end = 0;
    let lineAt = line;
    let count = 0;
    /** The first record that is not taken, if one is not. */
    const handOver = (): number | undefined => {
      const taken = count === 0 ? 0 : take({ count, values, labels, weights, lines });
      const refused = taken < count ? taken : undefined;
      count = 0;
      return refused;
    };
    const stopped = (refused: number | undefined, isOdd: boolean) =>
      refused === undefined
        ? { end, lines: lineAt - line, isOdd }
        : { end: starts[refused]!, lines: lines[refused]! - line, isOdd: true };

    while (end < stop) {
      let at = end;
      // A blank line is skipped, as everywhere.
      if (bytes[at] === carriageReturn && bytes[at + 1] === lineFeed) at += 1;
      if (bytes[at] === lineFeed) {
        lineAt += 1;
        end = at + 1;
        continue;
      }
      if (count === most) {
        const refused = handOver();
        if (refused !== undefined) return stopped(refused, true);
      }
      starts[count] = end;
      lines[count] = lineAt;
      at = readRecord(bytes, end, stop, count);
      if (at < 0) return stopped(handOver(), true);
      count += 1;
      lineAt += 1;
      end = at;
    }
    return stopped(handOver(), false);
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
