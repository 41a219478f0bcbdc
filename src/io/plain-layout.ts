/** What a table wants of the records that hold nothing but plain numbers and a short label. */
export interface PlainLayout {
  /** Of each column: its place among the scores, or one of {@link plainRoles}. */
  readonly roles: Int32Array;
  /** Number of scores. */
  readonly scores: number;
  readonly decimalMark: number;
  /** Longest cell allowed, in characters. */
  readonly maxCell: number;
  /**
   * Takes records in order, up to the first of which it wants to see the cells themselves. Returns how many it took.
   */
  readonly take: (batch: PlainBatch) => number;
}

/** Columns that are no scores. */
export const plainRoles = { skipped: -1, label: -2, weight: -3 } as const;

/** Records in the order of the file. The arrays are reused for the next batch, and may be longer than it. */
export interface PlainBatch {
  readonly count: number;
  /** The scores, record by record. */
  readonly values: Float64Array | Float32Array;
  /** The label's text of each, without spaces around it; empty where there is no label column. */
  readonly labels: readonly string[];
  /** Of each, 1 where there is no weight column. */
  readonly weights: Float64Array;
  /** The line of each. */
  readonly lines: Uint32Array;
}

/** What a reader of plain records went through. */
interface PlainProgress {
  /** Position behind the last record taken. */
  readonly end: number;
  /** Lines up to there. */
  readonly lines: number;
  /** Whether it stopped at a record that it leaves to others, rather than for want of bytes. */
  readonly isOdd: boolean;
}

/**
 * Reads the plain records of bytes up to a position.
 *
 * @param line The line of the first byte.
 */
export type PlainReader = (bytes: Uint8Array, to: number, line: number) => PlainProgress;

/** Records handed over at once: as many as fit a processor's cache, with their scores. */
export function recordsAtOnce({ scores }: Pick<PlainLayout, 'scores'>): number {
  return Math.min(Math.max(Math.floor(16_384 / scores), 1), 1024);
}
