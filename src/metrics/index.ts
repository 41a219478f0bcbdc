export type { Surface } from '../numerics/local-regression.ts';
export type { TieBlocks } from '../numerics/tie-blocks.ts';
export { accuracy } from './accuracy.ts';
export { type AdaptiveOptions, adaptiveCalibrationError } from './adaptive-calibration-error.ts';
export {
  type AreaUnderRiskCoverage,
  areaUnderRiskCoverage,
  type RiskCoverageOptions,
} from './area-under-risk-coverage.ts';
export { averageCalibrationError, averageErrorOfBins } from './average-calibration-error.ts';
export type { BinLayout, BinOptions, EventBinOptions, TableRule } from './bin-options.ts';
export type {
  BinClosure,
  BinIntervalMethod,
  BinRule,
  BinScheme,
  ReliabilityBin,
  ReliabilityBins,
} from './bin-table.ts';
export type { BinaryScore } from './binary-scores.ts';
export { brierScore } from './brier-score.ts';
export { type CalibrationLine, type CalibrationLineStatus, calibrationLine } from './calibration-line.ts';
export {
  type CanonicalCalibrationError,
  type CanonicalOptions,
  canonicalCalibrationError,
} from './canonical-calibration-error.ts';
export { type ClasswiseCalibrationError, classwiseCalibrationError } from './classwise-calibration-error.ts';
export type { BinningRequest, CompatBinning, CompatScheme } from './compat-binning.ts';
export {
  type CompatCalibrationError,
  type CompatOptions,
  compatCalibrationError,
} from './compat-calibration-error.ts';
export type { Precision } from './compat-edges.ts';
export type { CompatBin } from './compat-errors.ts';
export {
  type CompatMeasure,
  type CompatNotion,
  type CompatPreset,
  type CompatPresetName,
  compatPresets,
} from './compat-presets.ts';
export { confidenceAuroc } from './confidence-auroc.ts';
export {
  type ConfidenceHistogram,
  confidenceHistogram,
  type HistogramOptions,
} from './confidence-histogram.ts';
export {
  type CorpDecomposition,
  type CorpOptions,
  type CorpStep,
  corpDecomposition,
} from './corp-decomposition.ts';
export {
  type CumulativeCalibrationError,
  cumulativeCalibrationError,
} from './cumulative-calibration-error.ts';
export {
  type DebiasedCalibrationError,
  type DebiasedOptions,
  type DebiasOptions,
  debiasedCalibrationError,
} from './debiased-calibration-error.ts';
export {
  type DebiasedClasswiseOptions,
  debiasedClasswiseCalibrationError,
} from './debiased-classwise-calibration-error.ts';
export { eceOfBins, expectedCalibrationError } from './expected-calibration-error.ts';
export { type CostOptions, type ExpectedCost, expectedCost } from './expected-cost.ts';
export {
  type IntegratedCalibrationIndex,
  type IntegratedOptions,
  integratedCalibrationIndex,
} from './integrated-calibration-index.ts';
export { maximumCalibrationError, mceOfBins } from './maximum-calibration-error.ts';
export { type MaximumMeanOptions, maximumMeanCalibrationError } from './maximum-mean-calibration-error.ts';
export { meanConfidence } from './mean-confidence.ts';
export type { CalibrationNotion, Measure, MeasureFamily } from './measure.ts';
export type { BinaryView, EventOptions, MeanOptions, ScoreOptions } from './measure-options.ts';
export { type MeasureSample, measureSample } from './measure-sample.ts';
export { mergeReliabilityBins } from './merge-reliability-bins.ts';
export { type MurphyDecomposition, type MurphyParts, murphyDecomposition } from './murphy-decomposition.ts';
export { negativeLogLikelihood } from './negative-log-likelihood.ts';
export { type NetBenefit, type NetBenefitOptions, netBenefit } from './net-benefit.ts';
export type { ProbabilityRows } from './probability-rows.ts';
export { type RankedOptions, rankedProbabilityScore } from './ranked-probability-score.ts';
export { type KnownMeasure, type MeasureName, measureByName, measures } from './registry.ts';
export { reliabilityBins } from './reliability-bins.ts';
export { type RiskCoveragePoint, riskCoverageCurve } from './risk-coverage-curve.ts';
export { rmsceOfBins, rootMeanSquareCalibrationError } from './root-mean-square-calibration-error.ts';
export type { JudgedPredictions, RowScores } from './row-scores.ts';
export {
  type CoverageAtRisk,
  type CoverageAtRiskOptions,
  coverageAtRisk,
  type RiskAtCoverageOptions,
  riskAtCoverage,
} from './selective-operating-points.ts';
export {
  type SignedCalibrationGap,
  signedCalibrationGap,
  signedGapOfBins,
} from './signed-calibration-gap.ts';
export {
  type SmoothCalibrationError,
  type SmoothingKernel,
  type SmoothOptions,
  smoothCalibrationError,
} from './smooth-calibration-error.ts';
export { sphericalScore } from './spherical-score.ts';
export {
  type SquaredKernelCalibrationError,
  type SquaredKernelEstimator,
  type SquaredKernelOptions,
  squaredKernelCalibrationError,
} from './squared-kernel-calibration-error.ts';
export {
  type SweepCalibrationError,
  type SweepOptions,
  sweepCalibrationError,
} from './sweep-calibration-error.ts';
export type { JudgedConfidences } from './tabulate.ts';
export {
  type PartialClasswiseError,
  type ThresholdedAdaptiveOptions,
  thresholdedAdaptiveCalibrationError,
} from './thresholded-adaptive-calibration-error.ts';
export { type TopLabelOptions, topLabelCalibrationError } from './top-label-calibration-error.ts';
