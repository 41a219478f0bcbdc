import { blockRows, pieceRows } from '../kernels/row-blocks.ts';
import { type LossBlocks, partOf } from '../kernels/temperature-loss.ts';

/** Whole blocks `[from, to)` that one thread sums, one after another. */
export interface Share {
  readonly from: number;
  readonly to: number;
}

/** Rows of a share that are summed at a time: all of them, or where that is too many, a part of a block. */
export interface Piece {
  readonly share: Share;
  readonly rows: LossBlocks;
  /** The first and the last of its share. */
  readonly isFirst: boolean;
  readonly isLast: boolean;
}

/** A row costs about as much as so many cells, whatever their number. */
const cellsOfRow = 8;

/** What one pass over rows costs, in cells. */
export function workOf(rows: number, columns: number): number {
  return rows * ((columns === 2 ? 1 : columns) + cellsOfRow);
}

/** Work in a share where blocks are small: a fraction of a millisecond, and many times what a message takes. */
const workPerShare = 2 ** 19;

/** All blocks of a set, cut into shares. The last may be short. */
export function sharesOf({ rows, columns }: Pick<LossBlocks, 'rows' | 'columns'>): Share[] {
  const blocks = Math.ceil(rows / blockRows);
  const size = Math.max(1, Math.floor(workPerShare / workOf(blockRows, columns)));
  return Array.from({ length: Math.ceil(blocks / size) }, (_, k) => ({
    from: k * size,
    to: Math.min((k + 1) * size, blocks),
  }));
}

/** The rows of a share, piece by piece, in their order. */
export function* piecesOf(packed: LossBlocks, share: Share): Generator<Piece, undefined> {
  const end = Math.min(share.to * blockRows, packed.rows);
  const step = rowsOfPiece(packed.columns, share);
  for (let from = share.from * blockRows; from < end; from += step) {
    const to = Math.min(from + step, end);
    const rows = partOf(packed, from, to);
    yield { share, rows, isFirst: from === share.from * blockRows, isLast: to === end };
  }
}

/** Cells of the largest piece of any of the shares. */
export function largestPiece(columns: number, shares: readonly Share[]): number {
  return shares.length === 0 ? 0 : rowsOfPiece(columns, shares[0]!) * columns;
}

function rowsOfPiece(columns: number, { from, to }: Share): number {
  return to - from === 1 ? pieceRows(columns) : (to - from) * blockRows;
}
