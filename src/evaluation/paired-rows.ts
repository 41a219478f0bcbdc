import type { PairedRows } from '../kernels/kernels-contract.ts';
import type { RowPairs } from './row-pairs.ts';

/** The pairs as arrays, for rows so few that they may be drawn. */
export function pairRows({ rows, bins, visit }: RowPairs): PairedRows {
  const floats = (): Float64Array => new Float64Array(rows);
  const paired = {
    rows,
    weight: floats(),
    nll: floats(),
    brier: floats(),
    binBefore: new Uint16Array(rows),
    gapBefore: floats(),
    binAfter: new Uint16Array(rows),
    gapAfter: floats(),
    bins,
  };
  visit((pair, i) => {
    paired.weight[i] = pair.weight;
    paired.nll[i] = pair.nll;
    paired.brier[i] = pair.brier;
    paired.binBefore[i] = pair.binBefore;
    paired.gapBefore[i] = pair.gapBefore;
    paired.binAfter[i] = pair.binAfter;
    paired.gapAfter[i] = pair.gapAfter;
  });
  return paired;
}
