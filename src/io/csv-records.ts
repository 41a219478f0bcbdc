import { parse } from '#csv-parse';
import { CalibrationError, printable } from '../core/errors.ts';
import { candidateDelimiters, detectDelimiter } from './detect-delimiter.ts';
import { checkSignature, signatureLength } from './file-signature.ts';
import type { PlainReader } from './plain-layout.ts';
import { plainRecords } from './plain-records.ts';
import { type RecordScanner, recordScanner } from './record-scanner.ts';
import type { RecordOptions, RecordTaker } from './record-taker.ts';
import { refuseFault } from './scan-fault.ts';
import { checkUtf8 } from './utf8-check.ts';

/** Takes bytes piece by piece. */
export interface RecordReader {
  readonly push: (bytes: Uint8Array) => void;
  readonly end: () => void;
}

/** A header, the first row, and a blank line or two. */
const mostFirstRecords = 4;

/** Bytes given to csv-parse at a time: large enough to repay its set-up, small enough to stay in cache. */
const blockSize = 65_536;

/**
 * The one door to csv-parse, whose build for browsers brings its own Buffer and is not taken where there is one. Records of
 * plain numbers never reach it, see {@link plainRecords}. Bytes are checked and cut into blocks of whole records by {@link recordScanner}, and
 * csv-parse splits each block into cells, so no more than a block and one record are held as text. Errors do not
 * depend on how the bytes arrive: every record ahead of a fault is handed on before the fault is thrown.
 *
 * @param plainReader Makes the reader of plain records.
 */
export function recordReader(
  options: RecordOptions,
  taker: RecordTaker,
  plainReader = plainRecords,
): RecordReader {
  const { file } = options;
  const scanner = recordScanner(options);
  let delimiter = options.delimiter;
  scanner.separateBy(delimiter === undefined ? candidateDelimiters : [delimiter]);
  let buffer = new Uint8Array(4 * blockSize);
  let length = 0;
  let checked = 0;
  let scanned = 0;
  let dropped = 0;
  let openRecord = false;
  let sniffed = false;
  let plain: PlainReader | undefined;
  // Bytes to leave to the general reader before the plain one is tried again: more each time it stops short.
  let waiting = 0;
  let patience = blockSize / 2;

  const append = (bytes: Uint8Array): void => {
    if (length + bytes.length > buffer.length) {
      const larger = new Uint8Array(2 * (length + bytes.length));
      larger.set(buffer.subarray(0, length));
      buffer = larger;
    }
    buffer.set(bytes, length);
    length += bytes.length;
  };

  const discard = (count: number): void => {
    buffer.copyWithin(0, count, length);
    length -= count;
    dropped += count;
  };

  const drop = (count: number): void => {
    discard(count);
    checked -= count;
    scanned -= count;
    scanner.shift(count);
  };

  const finished = (): number => scanner.ends.at(-1) ?? 0;

  const flush = (): void => {
    if (scanner.ends.length === 0) return;
    const end = finished();
    if (delimiter !== undefined) handOver(buffer.subarray(0, end), delimiter, scanner, file, taker);
    scanner.forget();
    drop(end);
  };

  /** Reads up to the first record that is not blank, which decides the delimiter. */
  const scanFirst = (last: boolean): void => {
    while (delimiter === undefined) {
      const before = scanner.ends.length;
      scanned = scanner.scan(buffer, scanned, checked, true, last);
      if (scanner.fault() !== undefined || scanner.ends.length === before) return;
      settleDelimiter();
    }
  };

  const settleDelimiter = (): void => {
    const row = scanner.lines.at(-1) ?? 0;
    if (row === 0) return;
    const from = scanner.ends.at(-2) ?? 0;
    const place = { ...(file === undefined ? {} : { file }), row };
    delimiter = detectDelimiter(buffer.subarray(from, finished()), options.decimal, place);
    scanner.separateBy([delimiter]);
  };

  /** Reads the first records one by one, until the table knows its columns and the rest may be read as plain. */
  const begin = (last: boolean): void => {
    for (let records = 0; records < mostFirstRecords && taker.plain?.() === undefined; records += 1) {
      const before = scanner.ends.length;
      scanned = scanner.scan(buffer, scanned, checked, true, last);
      if (scanner.fault() !== undefined || scanner.ends.length === before) return;
      flush();
    }
  };

  /** Hands plain records over at once, as far as they go. Where they end between records, the rest is the scanner's. */
  const takePlain = (): void => {
    if (waiting > 0 || delimiter === undefined || scanner.hopeless()) return;
    const layout = plain === undefined ? taker.plain?.() : undefined;
    // A decimal comma between commas is quoted, which is not plain.
    if (layout !== undefined && layout.decimalMark !== delimiter) plain = plainReader(layout, delimiter);
    if (plain === undefined) return;
    if (scanned > 0) {
      flush();
      scanner.rewind();
      scanned = 0;
      openRecord = false;
    }
    const { end, lines, isOdd } = plain(buffer, length, scanner.line());
    discard(end);
    checked = Math.max(checked - end, 0);
    scanner.skip(lines);
    if (!isOdd) return;
    // A table in which few records are plain is read faster without trying.
    patience = end > patience ? blockSize : Math.min(patience * 2, 2 ** 40);
    waiting = patience;
  };

  const advance = (last: boolean): void => {
    if (!sniffed) {
      if (length < signatureLength && !last) return;
      sniffed = true;
      discard(checkSignature(buffer.subarray(0, Math.min(length, signatureLength)), file));
    }
    takePlain();
    // A record that has no end yet may still turn out plain; one that is very long is looked at as it comes.
    if (
      plain !== undefined &&
      waiting <= 0 &&
      !last &&
      !openRecord &&
      scanned === 0 &&
      length < 64 * blockSize
    )
      return;
    const verdict = checkUtf8(buffer, checked, length, last);
    checked = verdict.valid;
    const broken = verdict.invalid >= 0;
    scanFirst(last || broken);
    if (
      plain === undefined &&
      taker.plain !== undefined &&
      delimiter !== undefined &&
      scanner.fault() === undefined
    ) {
      begin(last || broken);
      if (scanner.fault() === undefined) takePlain();
    }
    const stopped = scanner.fault() !== undefined;
    if (delimiter !== undefined && !stopped) {
      scanned = scanner.scan(buffer, scanned, checked, false, last || broken);
    }
    openRecord = scanned > finished() || (openRecord && scanner.ends.length === 0);
    const ends = broken || scanner.fault() !== undefined || last;
    if (finished() >= blockSize || ends || scanner.hopeless()) flush();
    refuseFault(scanner.fault(), options, taker);
    if (broken) refuseByte(buffer[checked]!, dropped + checked, scanner.line(), file);
    if (scanner.hopeless()) drop(scanned);
  };

  return {
    push: (bytes) => {
      for (let from = 0; from < bytes.length; from += blockSize) {
        const slice = bytes.subarray(from, from + blockSize);
        append(slice);
        waiting -= slice.length;
        advance(false);
      }
    },
    end: () => {
      advance(true);
      if (!openRecord) return;
      scanner.close(buffer, scanned);
      if (delimiter === undefined && scanner.fault() === undefined) settleDelimiter();
      flush();
      refuseFault(scanner.fault(), options, taker);
    },
  };
}

function handOver(
  block: Uint8Array,
  delimiter: number,
  scanner: RecordScanner,
  file: string | undefined,
  taker: RecordTaker,
): void {
  const spaced = delimiter !== 0x20 && delimiter !== 0x09;
  const { lines, seen } = scanner;
  let records: string[][];
  try {
    records = parse(block, {
      delimiter: String.fromCharCode(delimiter),
      record_delimiter: seen.carriage ? ['\r\n', '\n', '\r'] : ['\n'],
      relax_column_count: true,
      // Without quotes in sight csv-parse need not look for them, which is faster.
      ...(seen.quote ? { trim: spaced } : { quote: false }),
    });
  } catch (cause) {
    const row = lines.find((line) => line > 0);
    throw new CalibrationError('E_CSV', {
      ...(file === undefined ? {} : { file }),
      ...(row === undefined ? {} : { row }),
      what: 'the text from this line on cannot be split into cells',
      cause,
    });
  }
  // A last line of nothing but spaces is no record to csv-parse.
  const missing = lines.length - records.length;
  if (!(missing === 0 || (missing === 1 && lines.at(-1) === 0))) {
    throw new CalibrationError('E_INTERNAL', {
      what: `${lines.length} records were counted and ${records.length} read`,
    });
  }
  for (let k = 0; k < records.length; k += 1) if (lines[k] !== 0) taker.take(records[k]!, lines[k]!);
}

function refuseByte(byte: number, offset: number, line: number, file: string | undefined): never {
  const hex = byte.toString(16).toUpperCase().padStart(2, '0');
  const where = file === undefined ? '' : `${printable(file)}: `;
  throw new CalibrationError('E_UTF8', {
    ...(file === undefined ? {} : { file }),
    row: line,
    placed: 'within',
    what: `${where}invalid byte 0x${hex} at offset ${offset} (line ${line})`,
    value: byte,
  });
}
