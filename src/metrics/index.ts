export { accuracy } from './accuracy.ts';
export type { BinOptions, MeanOptions } from './bin-options.ts';
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
export { type LikelihoodOptions, negativeLogLikelihood } from './negative-log-likelihood.ts';
export { reliabilityBins } from './reliability-bins.ts';
