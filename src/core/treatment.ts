/**
 * What was done to the numbers of a source before anything was computed from them. Plain data, without a part for what was
 * not done. Counts are of the rows that remain, but for the rows left out.
 */
export interface Treatment {
  /** `percent`: the probabilities were percentages and were divided by 100. */
  readonly scale?: 'percent';
  /** Probabilities below 0 by rounding were set to 0; in a single column also those above 1 to 1. */
  readonly clipped?: ClippedCells;
  /** Rows of probabilities that did not sum to 1 were divided by their sum. */
  readonly renormalized?: RenormalizedRows;
  /** Probabilities below a floor were raised to it. Present whenever a floor was asked for. */
  readonly floor?: FlooredCells;
  /** Rows with a NaN, infinite or empty cell were left out. */
  readonly dropped?: { readonly rows: number };
  /** Rows with this label were left out. */
  readonly ignored?: { readonly label: string; readonly rows: number };
  /** Labels of another source were matched to the scores by this column rather than by position. */
  readonly joined?: { readonly column: string };
  /** The class names were given as an option rather than read from the data. */
  readonly classNames?: 'given';
  /** Numeric labels started at 1. */
  readonly labelBase?: 1;
  /** Header or number of the column of weights. */
  readonly weight?: string;
  /** The only score column s stands for two: the logits (0, s) or the probabilities (1 − s, s). */
  readonly expanded?: 'one-column';
}

/** Cells set to 0 or 1. */
export interface ClippedCells {
  readonly cells: number;
  readonly rows: number;
  /** Largest distance from 0..1. */
  readonly largest: number;
}

/** Rows divided by their sum. Present, with 0 rows, where that was asked for and nothing needed it. */
export interface RenormalizedRows {
  readonly rows: number;
  /** Largest distance of a row sum from 1. */
  readonly largest: number;
}

/** Cells raised to a floor. */
export interface FlooredCells {
  readonly value: number;
  readonly cells: number;
  readonly rows: number;
  /** Raised cells that belong to the true class of their row; absent without labels. */
  readonly trueCells?: number;
}

/** The temperature that a floor would give, fitted on the same rows. */
export interface FloorTemperature {
  readonly floor: number;
  /** `null` where there is none. */
  readonly temperature: number | null;
}

/** Whether a floor raised probabilities of a set, so that its rows may sum to more than 1. */
export function isFloored({ treatment }: { readonly treatment?: Treatment }): boolean {
  return (treatment?.floor?.cells ?? 0) > 0;
}
