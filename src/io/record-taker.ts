import type { PlainLayout } from './plain-layout.ts';

/** What a table tells the reader about itself for messages, and where records go. */
export interface RecordTaker {
  /** Told ahead of the first record by a source that knows what is coming. */
  readonly foretell?: (coming: ComingRecords) => void;
  /** How to hand it records of plain numbers without making texts of their cells, once it knows its columns; if it can take them. */
  readonly plain?: () => PlainLayout | undefined;
  /** Takes the cells of one record and the 1-based line it starts on. Blank lines never come. */
  readonly take: (cells: readonly string[], line: number) => void;
  /** Cells of the records before, or `undefined` ahead of the first; and whether they came from a header. */
  readonly width: () => { readonly cells: number; readonly header: boolean } | undefined;
  /** Name of a column, 0-based, as messages say it. */
  readonly nameOf: (column: number) => string;
}

/** What a source knows of its records ahead of the first. */
export interface ComingRecords {
  /** How many there are, where that is certain. */
  readonly records: number | undefined;
  /** Whether every number is one of single precision, so that nothing is lost in storing it as such. */
  readonly isSingle: boolean;
}

/** The dialect and limits of one source. */
export interface RecordOptions {
  /** Byte between cells, or `undefined` to detect it. */
  readonly delimiter: number | undefined;
  readonly decimal: '.' | ',';
  readonly maxColumns: number;
  readonly maxCell: number;
  readonly file: string | undefined;
}
