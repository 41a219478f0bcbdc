import type { LossBlocks, PassKind } from '../kernels/temperature-loss.ts';

/** What a thread is sent: first its rows, then passes over them. */
export type LossRequest =
  | { readonly type: 'rows'; readonly rows: LossBlocks }
  | { readonly type: 'pass'; readonly id: number; readonly beta: number; readonly wanted: PassKind };

/** What it answers to a pass: the sums of its blocks, in their order. */
export interface LossAnswer {
  readonly id: number;
  readonly sums: Float64Array<ArrayBuffer>;
}
