import type { ScoreKind } from '../core/scored-set.ts';

/** What label texts are mapped with. */
export interface LabelMapping {
  readonly input: ScoreKind;
  /** K, at least 2. */
  readonly classes: number;
  /** Names the caller gave. */
  readonly classNames: readonly string[] | undefined;
  /** Headers of the K score columns, where they name one class each. */
  readonly headers: readonly string[] | undefined;
  readonly labelBase: 0 | 1 | undefined;
  readonly decimalComma: boolean;
  /** Whether a single score column was made the two of class 0 and class 1. */
  readonly isOneColumn: boolean;
  /** File and column of the labels, for messages. */
  readonly file: string | undefined;
  readonly column: string | undefined;
}
