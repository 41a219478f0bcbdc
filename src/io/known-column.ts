import { columnNames, type KnownRole } from './column-names.ts';

/** Only letters and digits, in lower case, so that `Y_true`, `y-true` and `yTrue` are one name. */
export function nameKey(header: string): string {
  return header.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
}

const roleOfKey: ReadonlyMap<string, KnownRole> = new Map(
  (Object.keys(columnNames) as KnownRole[]).flatMap((role) =>
    columnNames[role].map((name) => [nameKey(name), role] as const),
  ),
);

/** Rank of a label name: lower is preferred. */
export function labelRank(header: string): number {
  const key = nameKey(header);
  return columnNames.label.findIndex((name) => nameKey(name) === key);
}

/** A header that a program gave to a column of row numbers or row names which had none. */
export function isUnnamed(header: string): boolean {
  return /^(?:unnamed: ?[0-9]+(?:\.[0-9]+)?(?:_level_[0-9]+)?)?$/i.test(header.trim());
}

/** What a header says of its column by itself; `undefined` for class names and anything else unknown. */
export function knownRole(header: string): KnownRole | undefined {
  const name = header.trim();
  if (isUnnamed(name) || /^_*index_level_[0-9]+_*$/i.test(name)) return 'id';
  const known = roleOfKey.get(nameKey(name));
  if (known !== undefined) return known;
  const isId = /[_\-. ](?:id|ids|idx|uid|uuid)$/i.test(name) || /[a-z](?:ID|Id|Idx|UID)$/.test(name);
  return isId ? 'id' : undefined;
}
