const namedAtMost = 5;

/** Rows for which something holds: how many, and the first few of them. */
export interface RowsFound {
  count: number;
  /** 0-based indices of the first rows found. */
  readonly first: number[];
}

/** None yet. */
export function noRows(): RowsFound {
  return { count: 0, first: [] };
}

/** One more. */
export function addRow(found: RowsFound, row: number): void {
  found.count += 1;
  if (found.first.length < namedAtMost) found.first.push(row);
}
