import type { LossBlocks, PassKind } from '../kernels/temperature-loss.ts';

/** A piece of work that a thread is sent: rows to be added to the sums of its share. */
export interface LossRequest {
  readonly id: number;
  readonly rows: LossBlocks;
  readonly beta: number;
  readonly wanted: PassKind;
  /** The sums begin anew with these rows; else they go on where those of the piece before ended. */
  readonly isFirst: boolean;
  /** They are complete with these rows. */
  readonly isLast: boolean;
  /** The memory of the cells is wanted back. */
  readonly isLent: boolean;
}

/** What it answers to each, in turn. */
export interface LossAnswer {
  readonly id: number;
  /** The sums of the share's blocks, in their order, with its last piece. */
  readonly sums: Float64Array<ArrayBuffer> | undefined;
  /** The memory lent. */
  readonly lent: ArrayBuffer | undefined;
}
