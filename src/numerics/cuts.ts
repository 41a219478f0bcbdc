import type { StoredNumbers } from '../core/number-store.ts';

/** Values with a weight each, or with the same weight. */
export interface WeightedNumbers {
  readonly values: StoredNumbers<Float64Array>;
  readonly weights?: StoredNumbers<Float64Array> | undefined;
}

/** A place among values in ascending order. */
export interface Cut {
  /** The last value before it. */
  readonly value: number;
  /** The first after it that is larger; `undefined` where there is none. */
  readonly next: number | undefined;
}

/** Cuts in ascending order, with the largest value of all. */
export interface Cuts {
  readonly cuts: readonly Cut[];
  readonly largest: number;
}

/** Numbers of values before each inner cut of `array_split`. */
export function countCuts(count: number, bins: number): number[] {
  const size = Math.floor(count / bins);
  return Array.from({ length: bins - 1 }, (_, b) => (b + 1) * size + Math.min(b + 1, count % bins));
}
