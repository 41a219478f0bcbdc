import type { TemperatureModel } from '../core/temperature-model.ts';
import type { PackedLogits } from '../kernels/packed-logits.ts';
import type { PassKind, Slopes, TemperatureLoss } from '../kernels/temperature-loss.ts';
import { type FitFacts, fitSample, type PreparedFit } from './fit-sample.ts';
import { type LossSource, localLoss } from './loss-passes.ts';
import type { TemperatureSettings } from './temperature-options.ts';
import { approachOfPart, type Neighbourhood } from './temperature-search.ts';

/** {@link LossSource} whose passes take their time. */
export interface AwaitedLoss {
  readonly rows: number;
  readonly derivatives: (beta: number) => Promise<TemperatureLoss>;
  readonly value: (beta: number) => Promise<number>;
  readonly slopes: (beta: number) => Promise<Slopes>;
}

/** A pass that the fit needs before it can go on. */
class PassNeeded extends Error {
  readonly beta: number;
  readonly kind: PassKind;

  constructor(beta: number, kind: PassKind) {
    super('a pass is needed');
    this.beta = beta;
    this.kind = kind;
  }
}

/**
 * {@link fitSample} with passes that are made elsewhere. The fit is begun again for each pass, on the results of those
 * before, so it takes the very same steps; what it does between passes costs next to nothing.
 */
export function fitSampleAwaiting(
  sample: FitFacts,
  prepared: PreparedFit,
  settings: TemperatureSettings,
  source: AwaitedLoss,
): Promise<TemperatureModel> {
  // Each pass is told once, though it is gone through again and again.
  let told = 0;
  const onProgress: TemperatureSettings['onProgress'] = (done, total) => {
    if (done <= told) return;
    told = done;
    settings.onProgress?.(done, total);
  };
  return againForEachPass(source, (known) => fitSample(sample, prepared, { ...settings, onProgress }, known));
}

/** {@link approachOfPart} with a pause after each pass, in which something else may be done. */
export function approachPausing(
  part: PackedLogits,
  pause: () => Promise<void>,
): Promise<Neighbourhood | undefined> {
  const { rows, derivatives, value, slopes } = localLoss(part);
  const after = async <Result>(result: Result): Promise<Result> => {
    await pause();
    return result;
  };
  const source: AwaitedLoss = {
    rows,
    derivatives: (beta) => after(derivatives(beta)),
    value: (beta) => after(value(beta)),
    slopes: (beta) => after(slopes(beta)),
  };
  return againForEachPass(source, (known) => approachOfPart(part, known));
}

async function againForEachPass<Result>(
  source: AwaitedLoss,
  work: (known: LossSource) => Result,
): Promise<Result> {
  const derivatives = new Map<number, TemperatureLoss>();
  const values = new Map<number, number>();
  const slopes = new Map<number, Slopes>();
  const known: LossSource = {
    rows: source.rows,
    derivatives: (beta) => derivatives.get(beta) ?? need(beta, 'derivatives'),
    value: (beta) => values.get(beta) ?? need(beta, 'value'),
    slopes: (beta) => slopes.get(beta) ?? need(beta, 'slopes'),
  };
  for (;;) {
    try {
      return work(known);
    } catch (reason) {
      if (!(reason instanceof PassNeeded)) throw reason;
      const { beta, kind } = reason;
      if (kind === 'value') values.set(beta, await source.value(beta));
      else if (kind === 'slopes') slopes.set(beta, await source.slopes(beta));
      else derivatives.set(beta, await source.derivatives(beta));
    }
  }
}

function need(beta: number, kind: PassKind): never {
  throw new PassNeeded(beta, kind);
}
