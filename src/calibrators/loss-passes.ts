import { type ProgressListener, throwIfAborted } from '../core/cancellation.ts';
import { CalibrationError } from '../core/errors.ts';
import type { PackedLogits } from '../kernels/packed-logits.ts';
import { type TemperatureLoss, temperatureLoss } from '../kernels/temperature-loss.ts';

/** The mean NLL of one set as a function of β, counted. */
export interface LossPasses {
  /** The loss at β; the last two passes are not repeated. The record is the caller's to keep. */
  readonly at: (beta: number) => Readonly<TemperatureLoss>;
  /** Full passes made so far. */
  readonly count: () => number;
}

/**
 * @throws CalibrationError `E_ABORTED` before a pass once the signal has fired; `E_FIT_NONFINITE` from a pass whose
 * result is NaN, which checked logits cannot give.
 */
export function lossPasses(
  packed: PackedLogits,
  signal: AbortSignal | undefined,
  onProgress: ProgressListener | undefined,
): LossPasses {
  let count = 0;
  const recent: { beta: number; loss: Readonly<TemperatureLoss> }[] = [];
  const at = (beta: number): Readonly<TemperatureLoss> => {
    const known = recent.find((pass) => pass.beta === beta);
    if (known !== undefined) return known.loss;
    throwIfAborted(signal);
    const loss = temperatureLoss(packed, beta);
    count += 1;
    if (Number.isNaN(loss.value) || Number.isNaN(loss.slope)) {
      throw new CalibrationError('E_FIT_NONFINITE', {
        what: `the loss became NaN at T=${1 / beta} (step ${count}); the inputs passed the finite check, so please report this`,
        value: beta,
      });
    }
    onProgress?.(packed.rows * count, undefined);
    recent.unshift({ beta, loss });
    recent.length = Math.min(recent.length, 2);
    return loss;
  };
  return { at, count: () => count };
}
