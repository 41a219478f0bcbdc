import { clopperPearsonInterval } from '../numerics/clopper-pearson-interval.ts';
import { wilsonInterval } from '../numerics/wilson-interval.ts';
import type { BinIntervalMethod } from './bin-table.ts';

/** How the interval of a bin's accuracy is made: all that it takes besides the bin. */
export interface BinIntervalRule {
  /** Coverage. */
  readonly level: number;
  /** `undefined` is Wilson's. */
  readonly interval?: Exclude<BinIntervalMethod, 'wilson'>;
}

/** Interval of a share of so many rows, which need not be whole. */
export function binInterval(
  accuracy: number,
  rows: number,
  { level, interval }: BinIntervalRule,
): readonly [number, number] {
  const make = interval === 'clopper-pearson' ? clopperPearsonInterval : wilsonInterval;
  return make(accuracy * rows, rows, level);
}
