import type { NumberStorage, StoredNumbers } from '../core/number-store.ts';
import { nameKey } from './known-column.ts';

/** A column that names the rows, as a fingerprint of each cell. */
export interface RowIds {
  readonly name: string;
  readonly key: string;
  readonly prints: StoredNumbers<Float64Array>;
}

/** Collects the fingerprints of a column. */
export interface IdCollector {
  readonly push: (text: string) => void;
  readonly finish: () => RowIds;
}

/** Collects a column that names the rows. Columns without a header are of one key, whatever program named them. */
export function idCollector(name: string, storage: NumberStorage): IdCollector {
  const prints = storage.floats();
  return {
    push: (text) => prints.push(fingerprint(text)),
    finish: () => ({ name, key: nameKey(name).replace(/^unnamed[0-9]*$/, ''), prints: prints.finish() }),
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

/** Rows compared at a time. */
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
