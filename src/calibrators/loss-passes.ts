import { type ProgressListener, throwIfAborted } from '../core/cancellation.ts';
import { CalibrationError } from '../core/errors.ts';
import type { PackedLogits } from '../kernels/packed-logits.ts';
import {
  roughSlopes,
  type Slopes,
  type TemperatureLoss,
  temperatureLoss,
  temperatureLossValue,
} from '../kernels/temperature-loss.ts';

/** Where the passes over a set are made. */
export interface LossSource {
  readonly rows: number;
  readonly derivatives: (beta: number) => TemperatureLoss;
  readonly value: (beta: number) => number;
  /** Slope, curvature and third derivative, roughly. */
  readonly slopes: (beta: number) => Slopes;
}

/** Passes made here and now. */
export function localLoss(packed: PackedLogits): LossSource {
  return {
    rows: packed.rows,
    derivatives: (beta) => temperatureLoss(packed, beta),
    value: (beta) => temperatureLossValue(packed, beta),
    slopes: (beta) => roughSlopes(packed, beta),
  };
}

/** The mean NLL of one set as a function of β, counted. */
export interface LossPasses {
  /** The loss at β; the last two passes are not repeated. The record is the caller's to keep. */
  readonly at: (beta: number) => Readonly<TemperatureLoss>;
  /** The value alone, which is quicker; counted as a pass, not kept. */
  readonly valueAt: (beta: number) => number;
  /** Passes made so far. */
  readonly count: () => number;
}

/**
 * @throws CalibrationError `E_ABORTED` before a pass once the signal has fired; `E_FIT_NONFINITE` from a pass whose
 * result is NaN, which checked logits cannot give.
 */
export function lossPasses(
  source: LossSource,
  signal: AbortSignal | undefined,
  onProgress: ProgressListener | undefined,
): LossPasses {
  let count = 0;
  const recent: { beta: number; loss: Readonly<TemperatureLoss> }[] = [];
  const pass = <Result>(beta: number, compute: () => Result, sound: (result: Result) => boolean): Result => {
    throwIfAborted(signal);
    const result = compute();
    count += 1;
    if (!sound(result)) {
      throw new CalibrationError('E_FIT_NONFINITE', {
        what: `the loss became NaN at T=${1 / beta} (step ${count}); the inputs passed the finite check, so please report this`,
        value: beta,
      });
    }
    onProgress?.(source.rows * count, undefined);
    return result;
  };
  const at = (beta: number): Readonly<TemperatureLoss> => {
    const known = recent.find((kept) => kept.beta === beta);
    if (known !== undefined) return known.loss;
    const loss = pass(
      beta,
      () => source.derivatives(beta),
      ({ value, slope }) => !Number.isNaN(value) && !Number.isNaN(slope),
    );
    recent.unshift({ beta, loss });
    recent.length = Math.min(recent.length, 2);
    return loss;
  };
  const valueAt = (beta: number): number =>
    pass(
      beta,
      () => source.value(beta),
      (value) => !Number.isNaN(value),
    );
  return { at, valueAt, count: () => count };
}
