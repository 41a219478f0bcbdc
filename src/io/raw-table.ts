import type { CalibrationError } from '../core/errors.ts';
import type { StoredNumbers } from '../core/number-store.ts';
import type { LabelTexts } from './label-texts.ts';
import type { RowIds } from './row-ids.ts';
import type { KeptColumn } from './scored-set-input.ts';
import type { ColumnRoles } from './table-roles.ts';
import type { Tally } from './tally.ts';

/** A table of scores as read, before labels are mapped and probabilities looked at. */
export interface RawTable {
  readonly header: readonly string[] | undefined;
  readonly roles: ColumnRoles;
  /** In single precision where the source is. */
  readonly values: StoredNumbers<Float64Array> | StoredNumbers<Float32Array>;
  readonly rows: number;
  readonly lines: StoredNumbers<Uint32Array>;
  readonly labels: LabelTexts | undefined;
  readonly weights: StoredNumbers<Float64Array> | undefined;
  /** Other columns of labels, row by row. */
  readonly rivals: readonly LabelColumn[];
  /** Columns that may hold the labels instead. */
  readonly contenders: readonly LabelColumn[];
  /** A column of ids that come in several rows. */
  readonly repeatedIds?: RepeatedIds;
  /** Fingerprints of the columns that name the rows, record by record, where labels come from another source. */
  readonly ids: readonly RowIds[];
  /** Of doubtful score columns, by place: the error of the first cell that is no number. */
  readonly doubtfulFaults: ReadonlyMap<number, CalibrationError>;
  readonly kept: readonly KeptColumn[];
  /** What was noticed about the header. */
  readonly isNumberHeaded: boolean;
  readonly nameOf: (column: number) => string;
  /** Rows of data in the file, those left out included. */
  readonly recordsRead: number;
  /** 0-based places, among those, of the rows left out. */
  readonly leftOut: ReadonlySet<number>;
  readonly dropped: Tally;
  readonly ignored: Tally;
  readonly underflows: Tally;
}

/** How many values a column of ids has, and in how many rows. */
export interface RepeatedIds {
  readonly column: number;
  readonly values: number;
  readonly rows: number;
}

/** A column of labels beside the one that is used. */
export interface LabelColumn {
  readonly column: number;
  readonly texts: LabelTexts;
}
