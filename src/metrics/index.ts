export { accuracy } from './accuracy.ts';
export { type AdaptiveOptions, adaptiveCalibrationError } from './adaptive-calibration-error.ts';
export { averageCalibrationError, averageErrorOfBins } from './average-calibration-error.ts';
export type { BinLayout, BinOptions, EventBinOptions } from './bin-options.ts';
export type { BinClosure, BinRule, BinScheme, ReliabilityBin, ReliabilityBins } from './bin-table.ts';
export { brierScore } from './brier-score.ts';
export { type ClasswiseCalibrationError, classwiseCalibrationError } from './classwise-calibration-error.ts';
export {
  type ConfidenceHistogram,
  confidenceHistogram,
  type HistogramOptions,
} from './confidence-histogram.ts';
export { eceOfBins, expectedCalibrationError } from './expected-calibration-error.ts';
export { maximumCalibrationError, mceOfBins } from './maximum-calibration-error.ts';
export { meanConfidence } from './mean-confidence.ts';
export type { BinaryView, EventOptions, MeanOptions, ScoreOptions } from './measure-options.ts';
export { mergeReliabilityBins } from './merge-reliability-bins.ts';
export { negativeLogLikelihood } from './negative-log-likelihood.ts';
export { reliabilityBins } from './reliability-bins.ts';
export { rmsceOfBins, rootMeanSquareCalibrationError } from './root-mean-square-calibration-error.ts';
export {
  type SignedCalibrationGap,
  signedCalibrationGap,
  signedGapOfBins,
} from './signed-calibration-gap.ts';
export {
  type SweepCalibrationError,
  type SweepOptions,
  sweepCalibrationError,
} from './sweep-calibration-error.ts';
export {
  type PartialClasswiseError,
  type ThresholdedAdaptiveOptions,
  thresholdedAdaptiveCalibrationError,
} from './thresholded-adaptive-calibration-error.ts';
export { type TopLabelOptions, topLabelCalibrationError } from './top-label-calibration-error.ts';
