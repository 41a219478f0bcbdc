/** What stopped a scan: something no reading of the text can mend. */
export type ScanFault =
  | { readonly kind: 'nul'; readonly line: number }
  | { readonly kind: 'quote-inside' | 'after-quote'; readonly line: number; readonly cell: number }
  | { readonly kind: 'quote-open'; readonly line: number; readonly cell: number }
  | { readonly kind: 'cell-long'; readonly line: number; readonly cell: number; readonly characters: number }
  | { readonly kind: 'cells-many'; readonly line: number; readonly cells: number };

/** Limits that bound what one record may ask for. */
export interface ScanLimits {
  readonly maxColumns: number;
  readonly maxCell: number;
}

/**
 * Finds where records end in bytes that arrive piece by piece, aware of quotes and of all three line endings, and
 * counts lines. It keeps no bytes: the owner does, and passes positions.
 */
export interface RecordScanner {
  /** Makes these bytes separate cells; before a delimiter is known, all that might. */
  readonly separateBy: (delimiters: readonly number[]) => void;
  /**
   * Scans `bytes[from..to)`, stopping early at a fault, after a record when `once`, or before a carriage return that
   * might be half of a line ending. Returns where it stopped.
   */
  readonly scan: (bytes: Uint8Array, from: number, to: number, once: boolean, last: boolean) => number;
  /** Ends the last record at the end of the text, where no line ending does. */
  readonly close: (bytes: Uint8Array, at: number) => void;
  /** Moves noted positions by `by` bytes, after the owner has dropped that many from its front. */
  readonly shift: (by: number) => void;
  /** End positions of finished records (line ending included) and the line each starts on, 0 for blank ones. */
  readonly ends: number[];
  readonly lines: number[];
  /** What the finished records contain. */
  readonly seen: { quote: boolean; carriage: boolean };
  readonly forget: () => void;
  /** Goes back to the start of the open record, whose bytes must all be there. */
  readonly rewind: () => void;
  /** Goes on at position 0 and so many lines further, which others have read; only between records. */
  readonly skip: (lines: number) => void;
  readonly fault: () => ScanFault | undefined;
  /** The open record is beyond a limit, so its bytes are not needed any more: it will end in a fault. */
  readonly hopeless: () => boolean;
  /** Line of the next byte. */
  readonly line: () => number;
}

const cellStart = 0;
const unquoted = 1;
const quoted = 2;
const afterQuote = 3;
const afterQuoteSpace = 4;

const ordinary = 0;
const separator = 1;
const quote = 2;
const lineFeed = 3;
const carriageReturn = 4;
const nul = 5;
const space = 6;

/** A character of UTF-8 takes at most this many bytes; a quote inside quotes is doubled. */
const mostBytesPerCharacter = 4;

export function recordScanner({ maxColumns, maxCell }: ScanLimits): RecordScanner {
  const kinds = new Uint8Array(256);
  const ends: number[] = [];
  const lines: number[] = [];
  const seen = { quote: false, carriage: false };
  let state = cellStart;
  let line = 1;
  let recordLine = 1;
  let cells = 1;
  let blank = true;
  let holdsQuote = false;
  let fault: ScanFault | undefined;
  // The open cell: where it starts, the line of its opening quote, and what scans before this one counted of it.
  let cellFrom = 0;
  let quoteLine = 0;
  let wasQuoted = false;
  let earlierBytes = 0;
  let earlierCharacters = 0;
  let earlierQuotes = 0;
  let followsCarriage = false;

  const separateBy = (delimiters: readonly number[]): void => {
    kinds.fill(ordinary);
    kinds[0x20] = space;
    kinds[0x09] = space;
    kinds[0x22] = quote;
    kinds[0x0a] = lineFeed;
    kinds[0x0d] = carriageReturn;
    kinds[0x00] = nul;
    // Where the delimiter is itself a space, no space may stand around quotes.
    if (delimiters.length === 1 && (delimiters[0] === 0x20 || delimiters[0] === 0x09)) {
      kinds[0x20] = ordinary;
      kinds[0x09] = ordinary;
    }
    for (const delimiter of delimiters) kinds[delimiter] = separator;
  };

  const countOpen = (bytes: Uint8Array, to: number): void => {
    for (let at = cellFrom; at < to; at += 1) {
      const byte = bytes[at]!;
      if ((byte & 0xc0) !== 0x80) earlierCharacters += 1;
      if (byte === 0x22) earlierQuotes += 1;
    }
    earlierBytes += to - cellFrom;
    cellFrom = to;
  };

  /** Characters of the open cell, without the quotes around it and with a doubled quote as one. */
  const charactersOfCell = (): number =>
    wasQuoted ? earlierCharacters - 2 - (earlierQuotes - 2) / 2 : earlierCharacters;

  /** Begins to count the characters of a cell. */
  const beginCell = (next: number): void => {
    cellFrom = next;
    earlierBytes = 0;
    earlierCharacters = 0;
    earlierQuotes = 0;
    wasQuoted = false;
  };

  const endCell = (bytes: Uint8Array, at: number): void => {
    if (at - cellFrom + earlierBytes > maxCell) {
      countOpen(bytes, at);
      const characters = charactersOfCell();
      if (characters > maxCell) fault = { kind: 'cell-long', line: recordLine, cell: cells, characters };
    }
    beginCell(at + 1);
    state = cellStart;
  };

  const endRecord = (end: number): void => {
    if (fault === undefined && cells > maxColumns) fault = { kind: 'cells-many', line: recordLine, cells };
    if (fault !== undefined) return;
    ends.push(end);
    lines.push(blank ? 0 : recordLine);
    seen.quote ||= holdsQuote;
    holdsQuote = false;
    recordLine = line;
    cells = 1;
    blank = true;
    cellFrom = end;
  };

  const scan = (bytes: Uint8Array, from: number, to: number, once: boolean, last: boolean): number => {
    const noted = ends.length;
    let at = from;
    for (; at < to; at += 1) {
      const kind = kinds[bytes[at]!]!;
      if (kind === ordinary) {
        if (state === unquoted || state === quoted) {
          followsCarriage = false;
          continue;
        }
        if (state !== cellStart) {
          fault = { kind: 'after-quote', line, cell: cells };
          break;
        }
        state = unquoted;
        blank = false;
      } else if (kind === separator) {
        if (state !== quoted) {
          blank = false;
          endCell(bytes, at);
          if (fault !== undefined) break;
          cells += 1;
        }
      } else if (kind === lineFeed || kind === carriageReturn) {
        if (state === quoted) {
          if (kind === carriageReturn || !followsCarriage) line += 1;
          followsCarriage = kind === carriageReturn;
          continue;
        }
        let end = at + 1;
        if (kind === carriageReturn) {
          if (end === to && !last) break;
          seen.carriage = true;
          if (end < to && bytes[end] === 0x0a) end += 1;
        }
        endCell(bytes, at);
        line += 1;
        endRecord(end);
        if (fault !== undefined) break;
        at = end - 1;
        if (once && ends.length > noted) return end;
      } else if (kind === quote) {
        holdsQuote = true;
        blank = false;
        if (state === cellStart) {
          state = quoted;
          quoteLine = line;
          wasQuoted = true;
          // Spaces ahead of the quote are no part of the cell.
          cellFrom = at;
          earlierBytes = 0;
          earlierCharacters = 0;
          earlierQuotes = 0;
        } else if (state === quoted) {
          state = afterQuote;
        } else if (state === afterQuote) {
          state = quoted;
        } else {
          fault = { kind: state === unquoted ? 'quote-inside' : 'after-quote', line, cell: cells };
          break;
        }
      } else if (kind === nul) {
        fault = { kind: 'nul', line };
        break;
      } else if (state === afterQuote) {
        state = afterQuoteSpace;
      }
      followsCarriage = false;
    }
    if (fault === undefined) countOpenIfLong(bytes, at);
    return at;
  };

  /** Counting is put off while the cell may still be short, so that ordinary cells cost nothing. */
  const countOpenIfLong = (bytes: Uint8Array, to: number): void => {
    if (to - cellFrom + earlierBytes > maxCell || cells > maxColumns) countOpen(bytes, to);
  };

  const close = (bytes: Uint8Array, at: number): void => {
    if (state === quoted) {
      fault = { kind: 'quote-open', line: quoteLine, cell: cells };
      return;
    }
    endCell(bytes, at);
    endRecord(at);
  };

  return {
    separateBy,
    scan,
    close,
    ends,
    lines,
    seen,
    shift: (by) => {
      cellFrom -= by;
      for (let k = 0; k < ends.length; k += 1) ends[k]! -= by;
    },
    forget: () => {
      ends.length = 0;
      lines.length = 0;
      seen.quote = false;
      seen.carriage = false;
    },
    rewind: () => {
      state = cellStart;
      line = recordLine;
      cells = 1;
      blank = true;
      holdsQuote = false;
      followsCarriage = false;
      beginCell(0);
    },
    skip: (lines) => {
      line += lines;
      recordLine = line;
      cellFrom = 0;
    },
    fault: () => fault,
    hopeless: () => cells > maxColumns || earlierBytes > 2 * mostBytesPerCharacter * maxCell + 2,
    line: () => line,
  };
}
