import type { Place } from '../core/errors.ts';
import type { Notice } from '../core/notices.ts';
import type { StoredNumbers } from '../core/number-store.ts';
import type { StoredSet } from '../core/stored-set.ts';
import type { RowProfile } from './row-profile.ts';
import type { RowsFound } from './rows-found.ts';

/** What is known about where a set came from, so that a warning can name lines. */
export interface DoctorContext {
  /** File name for messages. */
  readonly file?: string;
  /** 1-based file line of each row; without it rows are named by their 0-based index. */
  readonly lines?: ArrayLike<number> | StoredNumbers<Uint32Array>;
  /** Whether the input had a single score column, read as the logits (0, s) or the probabilities (1 − s, s). */
  readonly oneColumn?: boolean;
  /** Whether labels and scores are columns of one table, so that each row is a case. */
  readonly oneTable?: boolean;
  /** What the labels of the input call each class, where that is not its name. */
  readonly labelNames?: readonly string[];
}

/** A set under examination: what every check is given. */
export interface Patient {
  readonly set: StoredSet;
  readonly context: DoctorContext;
  /** The file, for the head of the message; empty when unknown. */
  readonly place: Place;
  /** Once all rows have been seen: those that could be vectors of probabilities, */
  readonly probabilities: RowsFound;
  /** or of percentages. */
  readonly percentages: RowsFound;
}

/** A check at work: it sees every row once, in order, and then has a warning, or nothing. */
export interface Examination {
  readonly see?: (row: Readonly<RowProfile>) => void;
  readonly conclude: () => Notice | undefined;
}

/** One check. */
export type Check = (patient: Patient) => Examination;
