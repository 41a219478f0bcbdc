import type { Notice } from '../core/notices.ts';
import type { ScoredSet, ScoreKind } from '../core/scored-set.ts';

/** How to read a delimited text file and which columns play which part. Shared by `parseCsv` and `streamCsv`. */
export interface CsvOptions {
  /** What the numbers are. Default `logits`. */
  readonly input?: ScoreKind;
  /** Cell separator; default: found from the first line among comma, tab, semicolon and pipe. */
  readonly delimiter?: string;
  /** Decimal mark, default `.`; with `,` the delimiter must be another. */
  readonly decimal?: '.' | ',';
  /** Whether the first record is a header; default `auto`: it is one unless every cell is a number. */
  readonly header?: 'auto' | 'present' | 'absent';
  /** Label column, by name or 1-based number; default: a header called label, target, y or class (any case), else the last column. */
  readonly label?: string | number;
  /** Score columns, by name or 1-based number; default: every column that is neither label, weight nor ignored. */
  readonly scores?: readonly (string | number)[];
  /** Weight column, by name or 1-based number; default none. */
  readonly weight?: string | number;
  /** Columns to leave out, by name or 1-based number. */
  readonly ignore?: readonly (string | number)[];
  /** Number of the first class in numeric labels, default 0. */
  readonly labelBase?: 0 | 1;
  /** Class names in column order, overriding the header's. */
  readonly classNames?: readonly string[];
  /** Skip rows with NaN, infinite or empty cells instead of refusing them, and count them. Default false. */
  readonly dropBad?: boolean;
  /** Accept −Infinity logits (masked classes) off the true class. Default false. */
  readonly allowNegInf?: boolean;
  /** Clip probabilities to [floor, 1]; off by default. */
  readonly floor?: number;
  /** Accept and transpose a K×N score matrix (labels must then come from a second file). Default false. */
  readonly transpose?: boolean;
  /** Upper limit on columns, default 100,000. */
  readonly maxColumns?: number;
  /** Upper limit on the characters of one cell, default 4,096. */
  readonly maxCell?: number;
  /** File name for messages. */
  readonly file?: string;
  /** Name of the file of a separate label source, for messages. */
  readonly labelsFile?: string;
}

/** What a loader returns: the checked set and what it noticed on the way. */
export interface LoadedSet extends ScoredSet {
  readonly notices: readonly Notice[];
  /** 1-based file line of each row, for later messages. */
  readonly lines: Uint32Array;
  /** SHA-256 of the scores, labels and weights as read, hex; the same whatever the file's dialect. */
  readonly dataHash: string;
  /** How the columns were understood, in words: `10 logit columns logit_0..logit_9, label column "label"`. */
  readonly columns: string;
}
