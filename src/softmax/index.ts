export type { Float64Matrix } from '../numerics/row-transform.ts';
export { logSoftmax } from './log-softmax.ts';
export { logSumExp } from './log-sum-exp.ts';
export { softmax } from './softmax.ts';
export type { LogitRow, LogitRows, SoftmaxOptions } from './softmax-options.ts';
