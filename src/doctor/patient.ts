import type { Place } from '../core/errors.ts';
import type { Notice } from '../core/notices.ts';
import type { ScoredSet } from '../core/scored-set.ts';
import type { RowProfile } from './row-profile.ts';

/** What is known about where a set came from, so that a warning can name lines. */
export interface DoctorContext {
  /** File name for messages. */
  readonly file?: string;
  /** 1-based file line of each row; without it rows are named by their 0-based index. */
  readonly lines?: ArrayLike<number>;
  /** Whether the input had a single score column, read as the logits (0, s) or the probabilities (1 − s, s). */
  readonly oneColumn?: boolean;
}

/** A set under examination: what every check is given. */
export interface Patient {
  readonly set: ScoredSet;
  readonly profile: RowProfile;
  readonly context: DoctorContext;
  /** The file, for the head of the message; empty when unknown. */
  readonly place: Place;
}

/** One check: a warning, or nothing. */
export type Check = (patient: Patient) => Notice | undefined;
