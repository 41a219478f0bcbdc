import type { ProgressListener } from '../core/cancellation.ts';
import type { ColumnFinding } from '../core/column-finding.ts';
import type { Matrix } from '../core/matrix.ts';
import type { Notice } from '../core/notices.ts';
import type { StoredNumbers } from '../core/number-store.ts';
import type { ScoreRows } from '../core/score-rows.ts';
import type { ScoredSet, ScoreKind, WeightKind } from '../core/scored-set.ts';
import type { StoredSet } from '../core/stored-set.ts';
import type { Treatment } from '../core/treatment.ts';
import type { Sha256 } from './sha-256.ts';

/** How to read a delimited text file and which columns play which part. Shared by every CSV reader. */
export interface CsvOptions {
  /** What the numbers are. Default `logits`. */
  readonly input?: ScoreKind;
  /** Cell separator, one ASCII character, `tab` or `space`, whose runs count once; default: found in the first line among comma, tab, semicolon and pipe. */
  readonly delimiter?: string;
  /** Decimal mark, default `.`; with `,` between commas, the numbers must be quoted. */
  readonly decimal?: '.' | ',';
  /** Whether the first record is a header; default `auto`: it is one unless a cell of it is a number other than a column number. */
  readonly header?: 'auto' | 'present' | 'absent';
  /** The same for a separate label source. Default `auto`, or `absent` where `header` is. */
  readonly labelsHeader?: 'auto' | 'present' | 'absent';
  /**
   * Label column, by name or 1-based number. Default: the column whose header names a label, such as `label`, `target`, `y_true` or `gold`
   * (docs/columns.md), else the only column of text, else, without a header, the last column.
   */
  readonly label?: string | number;
  /**
   * Score columns, by name or 1-based number. Default: the columns whose headers form a family (`prob_cat`, `prob_dog`; 0..9), else
   * those whose headers are the labels, else, without a header, all that are left; see docs/columns.md.
   */
  readonly scores?: readonly (string | number)[];
  /** Weight column, by name or 1-based number; default none. */
  readonly weight?: string | number;
  /**
   * What the weights mean. `importance`: how much a row counts, so only their ratios matter. `counts`: how many equal rows a
   * row stands for, whole numbers; the set then holds the rows written out, without weights. Default `importance`.
   */
  readonly weightKind?: WeightKind;
  /** Columns to leave out, by name or 1-based number. A row-number column without a header name is left out anyway. */
  readonly ignore?: readonly (string | number)[];
  /**
   * Columns whose texts are kept beside the set, by name or 1-based number, such as a region or a patient. They are no scores; one
   * of them may be the label or the weight as well. Default: none.
   */
  readonly keep?: readonly (string | number)[];
  /** Leave out rows whose label is this text, such as `-100`, and count them. Default: none. */
  readonly ignoreLabel?: string | number;
  /** Number of the first class in numeric labels, default 0. */
  readonly labelBase?: 0 | 1;
  /** Class names in column order, overriding the header's; for one score column: of class 0 and class 1. */
  readonly classNames?: readonly string[];
  /** Leave out rows with NaN, infinite or empty cells instead of refusing them, and count them. Default false. */
  readonly dropBad?: boolean;
  /** Accept −Infinity logits (masked classes) off the true class. Default false. */
  readonly allowNegInf?: boolean;
  /** Raise probabilities below this to it, and count them; 0..0.5, off by default. */
  readonly floor?: number;
  /**
   * `percent`: the scores are percentages, with or without a percent sign, and are divided by 100; `input` is then
   * `probabilities`. Default `unit`.
   */
  readonly scale?: 'unit' | 'percent';
  /**
   * Divide rows of probabilities that do not sum to 1 by their sum, and count them. Sums outside 0.5..2 are refused. Default
   * false: sums off by more than rounding are refused, others used as they are.
   */
  readonly renormalize?: boolean;
  /** Accept and transpose a K×N score matrix (labels must then come from a second source). Default false. */
  readonly transpose?: boolean;
  /** Upper limit on columns, default 100,000. */
  readonly maxColumns?: number;
  /** Upper limit on the characters of one cell, default 4,096. */
  readonly maxCell?: number;
  /** File name for messages. */
  readonly file?: string;
  /** Name of the file of a separate label source, for messages. */
  readonly labelsFile?: string;
  /** Number of classes, where known: as many columns are then scores, and without a label column by name, one column more holds labels. */
  readonly classes?: number;
  /** Bytes in the source, where known: memory is then asked for once. */
  readonly size?: number;
  /** Makes the SHA-256 that fingerprints the data. Default: the one built in; the file loaders use Node's, which is faster. */
  readonly sha256?: () => Sha256;
  /** Bytes read so far, and `size`. */
  readonly onProgress?: ProgressListener;
  readonly signal?: AbortSignal;
}

/** What every reader of scores returns beside the scores. */
export interface ReadingNotes {
  /** What was noticed on the way, each kind once. */
  readonly notices: readonly Notice[];
  /** 1-based file line of each row, for later messages; of the label file where the scores were transposed. */
  readonly lines: Uint32Array;
  /** SHA-256 of scores, labels and weights, hex; the same whatever the file's dialect. */
  readonly dataHash: string;
  /** How the columns were understood, in words: `10 logit columns logit_0..logit_9, label column "label"`. */
  readonly columns: string;
  /** Every column of the score source with its role and the reason for it. */
  readonly columnFindings: readonly ColumnFinding[];
}

/** {@link ReadingNotes} of numbers that are read some at a time. */
export interface StoredNotes extends Omit<ReadingNotes, 'lines'> {
  readonly lines: StoredNumbers<Uint32Array>;
}

/** {@link LoadedSet} that is read some rows at a time. */
export interface LoadedStoredSet extends StoredSet, StoredNotes, Pick<LoadedSet, 'kept' | 'labelNames'> {
  readonly notices: readonly Notice[];
}

/** {@link LoadedScores} that are read some rows at a time. */
export interface LoadedStoredScores extends StoredNotes, Omit<LoadedScores, 'scores' | 'lines'> {
  readonly scores: ScoreRows;
}

/** A column of texts beside the scores: each distinct text once, in the order first seen. */
export interface KeptColumn {
  /** Its header, or its number. */
  readonly name: string;
  readonly texts: readonly string[];
  /** N positions in `texts`. */
  readonly ids: Int32Array;
}

/** Scores with their labels as read from text, checked. */
export interface LoadedSet extends ScoredSet, ReadingNotes {
  readonly notices: readonly Notice[];
  /** The columns that `keep` names, in that order; absent where it names none. */
  readonly kept?: readonly KeptColumn[];
  /** What the labels call each class: its name, or its number as text. */
  readonly labelNames?: readonly string[];
}

/** Scores read without need of labels, for applying a calibrator. */
export interface LoadedScores extends ReadingNotes {
  readonly kind: ScoreKind;
  /** N×K, K ≥ 2, a single binary column expanded as in a scored set. */
  readonly scores: Matrix;
  readonly classNames: readonly string[];
  readonly namedClasses: boolean;
  /** What was done to the numbers; absent means nothing. */
  readonly treatment?: Treatment;
}

/** Bytes that arrive piece by piece: a file, a response body, standard input. */
export type ByteSource = AsyncIterable<Uint8Array> | ReadableStream<Uint8Array>;
