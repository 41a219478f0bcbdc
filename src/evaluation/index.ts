export type { IntervalMethod } from './bootstrap-interval.ts';
export {
  type CalibrationCurve,
  type CalibrationCurveOptions,
  type CalibrationCurvePoint,
  calibrationCurve,
} from './calibration-curve.ts';
export {
  type CalibrationRefinement,
  calibrationRefinement,
  type Recalibrator,
  type RefinementOptions,
  type RefinementSplit,
} from './calibration-refinement.ts';
export {
  type CalibrationTest,
  type CalibrationTestOptions,
  calibrationTests,
  type TestMethod,
} from './calibration-tests.ts';
export { compareMeasures, type MeasureComparison } from './compare-measures.ts';
export { type ConsistencyOptions, type ConsistencyResult, consistencyTest } from './consistency-test.ts';
export { type CoxOptions, type CoxTest, coxTest } from './cox-test.ts';
export { type CrossFit, type CrossFitOptions, crossFit } from './cross-fit.ts';
export { type CumulativeTest, type CumulativeTests, cumulativeTests } from './cumulative-tests.ts';
export {
  type EqualCalibrationOptions,
  type EqualCalibrationTest,
  equalCalibrationTest,
} from './equal-calibration-test.ts';
export { type EvaluateOptions, evaluate } from './evaluate.ts';
export { type CrossFittedOptions, evaluateCrossFitted } from './evaluate-cross-fitted.ts';
export type {
  BootstrapRecord,
  Change,
  ConfidenceTest,
  Evaluation,
  Figures,
  FloorPoint,
  FloorSensitivity,
  Judgement,
  Verdict,
} from './evaluation.ts';
export { holmAdjusted } from './holm.ts';
export type { EvaluationOptions } from './judge-change.ts';
export {
  type GroupMeasure,
  type GroupOptions,
  type MeasuredGroup,
  measureGroups,
} from './measure-groups.ts';
export { type MeasureInterval, measureIntervals } from './measure-intervals.ts';
export type { ResampledOptions } from './sample-options.ts';
export { type ChosenMeasures, type DrawnOptions, usualMeasures } from './sample-options.ts';
export {
  type SpiegelhalterNotion,
  type SpiegelhalterOptions,
  type SpiegelhalterResult,
  spiegelhalterTest,
} from './spiegelhalter-test.ts';
export { type Findings, verdict } from './verdict.ts';
