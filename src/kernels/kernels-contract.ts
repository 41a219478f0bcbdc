/** Rows `[from, to)` of a row-major matrix. */
export interface RowRange {
  readonly cells: Float64Array | Float32Array;
  readonly columns: number;
  readonly from: number;
  readonly to: number;
}

/** Rows of logits as a pass at one β sees them. */
export interface LossRows extends RowRange {
  /** Each row's maximum, by row of the whole matrix; empty where cells are margins of two classes, one a row. */
  readonly largest: Float64Array;
  readonly weights: Float64Array | undefined;
  /** Whether some β(z − max z) may be −708 or less, which takes more care. */
  readonly isDeep: boolean;
}

/** What a pass works out: the loss alone, which is quicker, or its six derivatives too. */
export type LossParts = 'value' | 'derivatives';

/** Running sums of a pass: loss, slope, curvature and a spare, third to sixth, in the places {@link lossPlaces} names. */
export type LossSums = Float64Array;

/** Places in {@link LossSums}; those of the first three are followed, two places on, by the rounding errors lost. */
export const lossPlaces = {
  value: 0,
  slope: 1,
  curvature: 4,
  third: 8,
  fourth: 9,
  fifth: 10,
  sixth: 11,
  count: 12,
} as const;

/**
 * The bulk row loops. Every implementation gives the same bits: rows are summed in order, with the same operations. They
 * do not check their input.
 */
export interface Kernels {
  readonly name: 'javascript' | 'webassembly';
  /** Writes the rows' maxima and minima in their places; says whether no cell is NaN. */
  readonly surveyRows: (range: RowRange, largest: Float64Array, smallest: Float64Array) => boolean;
  /** Adds the rows' parts of the loss and, where wanted, of its derivatives at β, see `temperatureLoss`. */
  readonly addLossRows: (rows: LossRows, beta: number, sums: LossSums, wanted: LossParts) => void;
}
