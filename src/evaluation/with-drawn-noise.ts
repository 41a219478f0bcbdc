import { withDoubt } from './doubt.ts';
import type { Evaluation } from './evaluation.ts';
import type { MeasureFinding } from './measure-findings.ts';
import { verdictOf } from './verdict.ts';

/**
 * An evaluation of uncalibrated scores that states the noise of the ECE as it was drawn, so that the verdict and a table of
 * findings beside it show the same figure. The spread of the noise stays that of the approximation. With a calibrator, whose
 * verdict names no noise of the calibrated side, with clusters, and without a drawn floor the evaluation is unchanged.
 *
 * @param findings Measures of the same rows in the same bins.
 */
export function withDrawnNoise(
  evaluation: Evaluation,
  findings: readonly Pick<MeasureFinding, 'name' | 'floor'>[],
): Evaluation {
  const floor = findings.find(({ name }) => name === 'expected-calibration-error')?.floor ?? null;
  if (floor === null || evaluation.after !== null || evaluation.test.clusters !== null) return evaluation;
  const { verdict, ...found } = evaluation;
  const { eceNoise, eceNoiseLimit } = found.before;
  const before = { ...found.before, eceNoise: floor, eceNoiseLimit: floor + (eceNoiseLimit - eceNoise) };
  const doubts = verdict.outcome === 'in-doubt' ? evaluation.notices : [];
  return { ...found, before, verdict: withDoubt(verdictOf({ ...found, before }), doubts) };
}
