import { checkOptionNames } from '../core/checks.ts';
import type { MatrixInput } from '../core/matrix.ts';
import { checkTemperature } from '../numerics/logit-checks.ts';

/** Options of the softmax family. */
export interface SoftmaxOptions {
  /** T > 0, finite: the logits are divided by it. Above 1 flattens, below 1 sharpens. Default 1. */
  readonly temperature?: number;
}

/** The logits of one row. */
export type LogitRow = readonly number[] | Float64Array | Float32Array;

/** The logits of many rows: every {@link MatrixInput} that knows its number of rows. */
export type LogitRows = Exclude<MatrixInput, LogitRow>;

/** The checked temperature of an options object. */
export function temperatureOf(options: SoftmaxOptions): number {
  checkOptionNames(options, ['temperature']);
  const { temperature = 1 } = options;
  checkTemperature(temperature);
  return temperature;
}
