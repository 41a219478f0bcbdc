import type { ColumnRole } from '../core/column-finding.ts';
import type { NumberStorage } from '../core/number-store.ts';
import type { RawTable } from './raw-table.ts';
import { storeLike } from './store-like.ts';

/** Places among the scores of columns that are none, each with its role and the reason. */
export type DroppedColumns = ReadonlyMap<number, readonly [ColumnRole, string]>;

/** Numbers copied at a time. */
const cellsAtOnce = 2 ** 16;

/** The table without some of its score columns, given by their places among the scores, with the reason for each. */
export function narrowScores(raw: RawTable, dropped: DroppedColumns, storage: NumberStorage): RawTable {
  if (dropped.size === 0) return raw;
  const width = raw.roles.scores.length;
  const places = raw.roles.scores.map((_, k) => k).filter((k) => !dropped.has(k));
  const values = storeLike(raw.values, storage);
  const atOnce = Math.max(Math.floor(cellsAtOnce / width), 1);
  const packed = new Float64Array(atOnce * places.length);
  for (let from = 0; from < raw.rows; from += atOnce) {
    const to = Math.min(from + atOnce, raw.rows);
    const some = raw.values.read(from * width, to * width);
    let at = 0;
    for (let start = 0; start < some.length; start += width) {
      for (const place of places) packed[at++] = some[start + place]!;
    }
    values.pushAll(packed.subarray(0, at));
  }
  const reasons = new Map([...dropped].map(([place, why]) => [raw.roles.scores[place]!, why]));
  const roles = {
    ...raw.roles,
    scores: places.map((place) => raw.roles.scores[place]!),
    doubtful: raw.roles.doubtful.filter((column) => !reasons.has(column)),
    findings: raw.roles.findings.map((finding) => {
      const found = reasons.get(finding.number - 1);
      return found === undefined ? finding : { ...finding, role: found[0], why: found[1] };
    }),
  };
  return { ...raw, roles, values: values.finish() };
}
