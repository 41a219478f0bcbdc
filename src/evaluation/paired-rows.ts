import type { PairedRows } from '../kernels/kernels-contract.ts';
import type { RowPairs } from './row-pairs.ts';

/** Pairs as arrays, and the row of the set that each was. */
export interface OrderedPairs {
  readonly paired: PairedRows;
  readonly order: Uint32Array;
}

/**
 * The pairs as arrays, for rows so few that they may be drawn: in an order of their values, so that the rows drawn do not
 * depend on the order they came in.
 */
export function pairRows(pairs: RowPairs): OrderedPairs {
  const paired = gathered(pairs);
  const { weight, nll, brier, binBefore, gapBefore, binAfter, gapAfter } = paired;
  const columns = [gapBefore, gapAfter, nll, brier, weight, binBefore, binAfter];
  const order = Uint32Array.from({ length: paired.rows }, (_, row) => row).sort((a, b) => {
    for (const column of columns) if (column[a] !== column[b]) return column[a]! - column[b]!;
    return 0;
  });
  const inOrder = (column: Float64Array): Float64Array => Float64Array.from(order, (row) => column[row]!);
  const binsInOrder = (column: Uint16Array): Uint16Array => Uint16Array.from(order, (row) => column[row]!);
  const ordered = {
    ...paired,
    weight: inOrder(weight),
    nll: inOrder(nll),
    brier: inOrder(brier),
    binBefore: binsInOrder(binBefore),
    gapBefore: inOrder(gapBefore),
    binAfter: binsInOrder(binAfter),
    gapAfter: inOrder(gapAfter),
  };
  return { paired: ordered, order };
}

function gathered({ rows, bins, visit }: RowPairs): PairedRows {
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
