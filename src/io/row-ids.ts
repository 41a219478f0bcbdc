import type { NumberStorage, StoredNumbers } from '../core/number-store.ts';
import { knownRole, nameKey } from './known-column.ts';

/** A column that names the rows, or may do so, as a fingerprint of each cell. */
export interface RowIds {
  readonly name: string;
  readonly key: string;
  /** Whether the header says that it names the rows. */
  readonly isKnown: boolean;
  readonly prints: StoredNumbers<Float64Array>;
}

/** Collects the fingerprints of a column. */
export interface IdCollector {
  readonly push: (text: string) => void;
  readonly finish: () => RowIds;
}

/** Columns that may name the rows are compared up to this many. */
export const mostIds = 8;

/** Collects a column that names the rows, or may do so. */
export function idCollector(name: string, storage: NumberStorage): IdCollector {
  const prints = storage.floats();
  return {
    push: (text) => prints.push(fingerprint(text)),
    finish: () => rowIds(name, prints.finish()),
  };
}

/** A column by its fingerprints. Columns without a header are of one key, whatever program named them. */
export function rowIds(name: string, prints: StoredNumbers<Float64Array>): RowIds {
  return {
    name,
    key: nameKey(name).replace(/^unnamed[0-9]*$/, ''),
    isKnown: knownRole(name) === 'id',
    prints,
  };
}

/** A number as itself, so that `1` and `1.0` are one; a text as 52 bits of its FNV-1a hashes, below 0. */
function fingerprint(text: string): number {
  const value = text === '' ? Number.NaN : Number(text);
  if (value >= 0) return value;
  let low = 0x811c9dc5;
  let high = 0x9747b28c;
  for (let at = 0; at < text.length; at += 1) {
    low = Math.imul(low ^ text.charCodeAt(at), 0x01000193);
    high = Math.imul(high ^ text.charCodeAt(at), 0x01000193);
  }
  return -1 - ((low >>> 0) + ((high >>> 0) % 2 ** 20) * 2 ** 32);
}

/** Rows read at a time. */
const atOnce = 4096;

/** The first row in which two columns differ, 0-based; `undefined` where they are the same. */
export function firstDifference(a: RowIds, b: RowIds): number | undefined {
  const rows = Math.min(a.prints.length, b.prints.length);
  for (let from = 0; from < rows; from += atOnce) {
    const to = Math.min(from + atOnce, rows);
    const others = b.prints.read(from, to);
    const row = a.prints.read(from, to).findIndex((print, i) => print !== others[i]);
    if (row >= 0) return from + row;
  }
  return undefined;
}

/** Rows in which values must differ for a column to name the rows. */
const rowsTold = 1024;

/** Whether two columns name the rows by the same values, in whatever order. */
export function nameTheSame(a: RowIds, b: RowIds): boolean {
  return a.prints.length === b.prints.length && tellsRows(a) && tellsRows(b) && contentOf(a) === contentOf(b);
}

/** Whether each value is one more than that before it. */
export function countsRows({ prints }: RowIds): boolean {
  const first = prints.length === 0 ? 0 : prints.read(0, 1)[0]!;
  for (let from = 0; from < prints.length; from += atOnce) {
    const some = prints.read(from, Math.min(from + atOnce, prints.length));
    if (some.some((value, i) => value !== first + from + i)) return false;
  }
  return true;
}

/** Most of the values differ from each other. */
function tellsRows({ prints }: RowIds): boolean {
  const some = prints.read(0, Math.min(prints.length, rowsTold));
  return some.length > 2 && 2 * new Set(some).size > some.length;
}

/** A fingerprint of all values that does not depend on their order: two sums of hashes. */
function contentOf({ prints }: RowIds): string {
  const value = new Float64Array(1);
  const words = new Uint32Array(value.buffer);
  let first = 0;
  let second = 0;
  for (let from = 0; from < prints.length; from += atOnce) {
    for (const print of prints.read(from, Math.min(from + atOnce, prints.length))) {
      value[0] = print;
      const mixed = mix(words[0]! ^ mix(words[1]!));
      first = (first + mixed) >>> 0;
      second = (second + mix(mixed ^ 0x9e3779b9)) >>> 0;
    }
  }
  return `${first} ${second}`;
}

/** The finalizer of MurmurHash3 (Appleby, 2011), a bijection of 32 bits. */
function mix(bits: number): number {
  let h = bits;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
