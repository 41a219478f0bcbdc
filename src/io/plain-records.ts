import { javascriptPlainRecords } from './javascript-plain-records.ts';
import type { PlainLayout, PlainReader } from './plain-layout.ts';
import { webassemblyPlainRecords } from './webassembly-plain-records.ts';

/**
 * Reads records of plain numbers straight from their bytes. It takes only what it is sure of: records of the right width, ended by a
 * line feed, of ASCII without quotes, each number read to the nearest double. At the first that is otherwise it stops, and the
 * reader for everything goes on from there; both read the same records to the same values.
 */
export function plainRecords(layout: PlainLayout, delimiter: number): PlainReader {
  return webassemblyPlainRecords(layout, delimiter) ?? javascriptPlainRecords(layout, delimiter);
}
