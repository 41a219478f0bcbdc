import type { ColumnFinding } from '../core/column-finding.ts';

/** Where the labels are: in a column here, in a column here if there is one, or in another source. */
export type LabelWhere = 'here' | 'maybe-here' | 'elsewhere';

/** What speaks for the score columns; only `unrelated` and `headless` ones await the labels to be sure. */
export type ScoreBasis = 'named' | 'family' | 'single' | 'unrelated' | 'headless';

/** Which column plays which part; all 0-based. */
export interface ColumnRoles {
  readonly scores: readonly number[];
  readonly basis: ScoreBasis;
  /** Scores whose header is a known name of something else, unless a class is called so. */
  readonly doubtful: readonly number[];
  readonly label: number | undefined;
  /** Other columns that their header calls labels: they must say the same. */
  readonly rivals: readonly number[];
  /** Columns of whole numbers that may hold the labels as well as `label`: no header tells. */
  readonly contenders: readonly number[];
  /** Columns of zeros with a 1 for the true class. */
  readonly oneHot: readonly number[];
  readonly weight: number | undefined;
  /** Columns whose texts are kept, in the order asked for. */
  readonly kept: readonly number[];
  /** Columns that name the rows, or may do so. */
  readonly ids: readonly number[];
  /** Every column with its role and the reason for it. */
  readonly findings: readonly ColumnFinding[];
}

/** What the options say of columns. */
export interface NamedRoles {
  readonly label: number | undefined;
  readonly scores: readonly number[] | undefined;
  readonly weight: number | undefined;
  readonly kept: readonly number[];
  readonly ignored: readonly number[];
}
