/** Rows `[from, to)` of a row-major matrix. */
export interface RowRange {
  readonly cells: Float64Array | Float32Array;
  readonly columns: number;
  readonly from: number;
  readonly to: number;
}

/** What a survey can tell of rows besides their extremes, each array by row of the whole matrix. */
export interface RowTotals {
  /** Eight running sums of every eighth cell, folded in pairs. */
  readonly sums: Float64Array;
  /** The first of the largest cells. */
  readonly tops: Int32Array;
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

/** Rows of logits to be scaled, with their labels. */
export interface ScaledRows extends RowRange {
  readonly labels: Int32Array;
  readonly weights: Float64Array | undefined;
}

/** Running sums of a pass of vector or matrix scaling, in the places {@link scalingPlaces} names. */
export type ScalingSums = Float64Array;

/** Places in {@link ScalingSums}: the loss, what rounding lost of it, and from the last on the gradient, entry by entry. */
export const scalingPlaces = { value: 0, lost: 1, gradient: 2 } as const;

/** Rows of scores to be judged by their labels. */
export interface JudgedRange {
  /** The cells of rows `[from, to)`, read once, a stripe at a time; they may stand in a buffer that the next call reuses. */
  readonly read: (from: number, to: number) => Float64Array | Float32Array;
  readonly columns: number;
  readonly from: number;
  readonly to: number;
  readonly labels: Int32Array;
  /** T, for all rows or by row, where the cells are logits, less than 1.8e308 apart; `undefined` where they are probabilities. */
  readonly temperatures: number | ArrayLike<number> | undefined;
}

/** Where judgements go, each array by row of the whole matrix. */
export interface RowJudgements {
  /** The class predicted: the first of the largest scores. */
  readonly tops: Int32Array;
  /** Its probability. */
  readonly confidence: Float64Array;
  /** For logits, Σ_{k≠top} p_k/p_top. */
  readonly others: Float64Array | undefined;
  /** Σ_k (p_k − 1[y = k])², where wanted. */
  readonly brier: Float64Array | undefined;
}

/** The sums of a table per class over the same bins. Place (b, k) of K classes stands at b·K + k. */
export interface ClasswiseSums {
  /** Edges of bins of equal width, one more than there are bins. */
  readonly edges: Float64Array;
  readonly isRightClosed: boolean;
  /** Σp, and what rounding lost of it. */
  readonly sums: Float64Array;
  readonly lost: Float64Array;
  /** Rows, but for those of the first bin, in which all the others are. */
  readonly counts: Int32Array;
  /** Rows whose label is the class. */
  readonly correct: Int32Array;
}

/** Called with each row's probabilities, in a buffer that is reused. */
type RowVisitor = (row: number, probabilities: Float64Array) => void;

/** What each row adds to the sums of a resample, before and after side by side; all values are finite. */
export interface PairedRows {
  readonly rows: number;
  readonly weight: Float64Array;
  /** Weight times (NLL after − NLL before). */
  readonly nll: Float64Array;
  /** Weight times (Brier after − Brier before). */
  readonly brier: Float64Array;
  readonly binBefore: Uint16Array;
  /** Weight times (correct − confidence) before. */
  readonly gapBefore: Float64Array;
  readonly binAfter: Uint16Array;
  readonly gapAfter: Float64Array;
  /** Bins of either table, whichever has more. */
  readonly bins: number;
}

/** Numbers that a resample leaves: Σ weight, Σ nll, Σ brier, then Σ gap by bin before, and after. */
export function resampleSize({ bins }: Pick<PairedRows, 'bins'>): number {
  return 3 + 2 * bins;
}

/** What a judgement of rows leaves besides their scores. */
export interface JudgementExtras {
  readonly classwise?: ClasswiseSums | undefined;
  readonly visit?: RowVisitor | undefined;
}

/**
 * The bulk row loops. Every implementation gives the same bits: rows are summed in order, with the same operations. They
 * do not check their input.
 */
export interface Kernels {
  readonly name: 'javascript' | 'webassembly';
  /**
   * Writes the rows' maxima and minima in their places, and totals where wanted; says whether no cell is NaN, without which
   * they mean nothing.
   */
  readonly surveyRows: (
    range: RowRange,
    largest: Float64Array,
    smallest: Float64Array,
    totals?: RowTotals | undefined,
  ) => boolean;
  /** Adds the rows' parts of the loss and, where wanted, of its derivatives at β, see `temperatureLoss`. */
  readonly addLossRows: (rows: LossRows, beta: number, sums: LossSums, wanted: LossParts) => void;
  /** Adds Σ w·E[x], Σ w·Var[x] and Σ w·E[(x − E[x])³], x = β(z − max z), in single precision, to three sums. */
  readonly addRoughSlopes: (rows: LossRows, beta: number, sums: Float64Array) => void;
  /** Adds the rows' losses under softmax(v∘z + b) and their gradient, see `vectorScalingLoss`. */
  readonly addVectorScaling: (rows: ScaledRows, parameters: Float64Array, sums: ScalingSums) => void;
  /** Adds the rows' losses under softmax(Wz + b) and their gradient, see `matrixScalingLoss`. */
  readonly addMatrixScaling: (rows: ScaledRows, parameters: Float64Array, sums: ScalingSums) => void;
  /** Judges rows: top label, confidence and squared error; adds to the class-wise sums; shows each row's probabilities. */
  readonly judgeRows: (range: JudgedRange, out: RowJudgements, extras: JudgementExtras) => void;
  /**
   * Draws as many rows as there are, with replacement, once for each {@link resampleSize} numbers that `out` has room for,
   * and writes their sums. Rows are drawn by `seededRandom(…).below`, whose state is handed in and left where it got to;
   * the draws only count how often each row came up, and the sums are taken in row order.
   */
  readonly resampleRows: (rows: PairedRows, state: Int32Array, out: Float64Array) => void;
}
