import type { ScoreKind } from './scored-set.ts';

/** What every fitted calibrator record carries, whatever its method. Plain data: it survives JSON and workers. */
export interface CalibratorModel {
  /** Name of the method, the key into the registry. */
  readonly type: string;
  /** What the scores were that it was fitted on, and must be again where it is applied. */
  readonly input: ScoreKind;
  /** Number of classes K. */
  readonly classes: number;
}
