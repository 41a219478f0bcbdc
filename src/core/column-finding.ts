/** The part a column of a table plays, or would play. */
export type ColumnRole =
  | 'score'
  | 'label'
  | 'one-hot label'
  | 'weight'
  | 'kept'
  | 'ignored'
  | 'prediction'
  | 'right or wrong'
  | 'confidence'
  | 'id'
  | 'left out'
  | 'unclear';

/** A column with its role and the reason for it. */
export interface ColumnFinding {
  /** From 1. */
  readonly number: number;
  /** The header, without spaces around it; absent in a table without header. */
  readonly name?: string;
  readonly role: ColumnRole;
  /** Why, in a few words. */
  readonly why: string;
}

/** Reading options that would make a refused table readable, by their names in the library. */
export interface SuggestedOptions {
  readonly label?: string | number;
  readonly scores?: readonly (string | number)[];
  readonly ignore?: readonly (string | number)[];
  /** Names of the classes in the order of their columns. */
  readonly classNames?: readonly string[];
  readonly weight?: string | number;
  readonly input?: 'logits' | 'probabilities';
  readonly delimiter?: string;
  readonly header?: 'present' | 'absent';
  readonly labelsHeader?: 'present' | 'absent';
  /** Whether the labels must come from a file of their own. */
  readonly labelsFile?: true;
  /** What speaks for these options where there are several; a few words. */
  readonly when?: string;
}
