import type { ReliabilityBin } from './bin-table.ts';

/** The rows that the noise of a bin goes by: its count, or (Σw)²/Σw² of weighted rows; 0 where it is empty. */
export function effectiveRowsOf({ weight, count, effectiveRows = count }: ReliabilityBin): number {
  return weight === 0 ? 0 : effectiveRows;
}
