import type { BinClosure } from '../numerics/binning.ts';

export type { BinClosure } from '../numerics/binning.ts';

/** `equal-width`: edges i/n. `equal-mass`: cuts at values so that bins hold about n/B rows, ties never split. */
export type BinScheme = 'equal-width' | 'equal-mass';

/**
 * Interval of a bin's accuracy. `wilson`: close to its level on average. `clopper-pearson`: never below it, and wider for
 * that.
 */
export type BinIntervalMethod = 'wilson' | 'clopper-pearson';

/** The rule a bin table was made by; printed with every figure that rests on it. */
export interface BinRule {
  readonly scheme: BinScheme;
  readonly closure: BinClosure;
  /** Bins asked for. */
  readonly requested: number;
  /** Present where the table holds the probability of class 1 rather than the confidence. */
  readonly binary?: 'positive';
  /** Present where the intervals of the bins are not Wilson's. */
  readonly interval?: 'clopper-pearson';
}

/** One bin of a reliability table. */
export interface ReliabilityBin {
  readonly low: number;
  readonly high: number;
  /** Rows in the bin. */
  readonly count: number;
  /** Sum of their weights; equal to `count` when unweighted. */
  readonly weight: number;
  /** Mean confidence, `null` when empty, that is of weight 0. */
  readonly confidence: number | null;
  /** Share of rows that are right, `null` when empty. */
  readonly accuracy: number | null;
  /** `accuracy − confidence`: negative is overconfident; `null` when empty. */
  readonly gap: number | null;
  /** Interval of the accuracy at the table's `level`, Wilson's unless the rule says otherwise; `null` when empty. */
  readonly interval: readonly [number, number] | null;
  /** (Σw)²/Σw², which stands for the number of rows wherever noise counts. Present where not every row weighs 1. */
  readonly effectiveRows?: number;
}

/** The one bin table: every binned measure, the terminal table and the diagram read it. */
export interface ReliabilityBins {
  readonly rule: BinRule;
  readonly bins: readonly ReliabilityBin[];
  /** Rows in all. */
  readonly count: number;
  readonly totalWeight: number;
  /** Coverage of the bins' intervals, 0.95 by default. */
  readonly level: number;
}
