import type { BinaryView, MeasureName } from '../metrics/index.ts';

/** The name of each measure in a table: its usual abbreviation, at most 25 characters. */
export const measureLabels: Readonly<Record<MeasureName, string>> = {
  accuracy: 'Accuracy',
  'mean-confidence': 'Mean confidence',
  'negative-log-likelihood': 'NLL',
  'brier-score': 'Brier score',
  'spherical-score': 'Spherical score',
  'ranked-probability-score': 'Ranked prob. score',
  'murphy-reliability': 'Murphy reliability',
  'murphy-reliability-corrected': 'Murphy rel., corrected',
  'murphy-resolution': 'Murphy resolution',
  'corp-miscalibration': 'CORP miscalibration',
  'corp-discrimination': 'CORP discrimination',
  'corp-uncertainty': 'CORP uncertainty',
  'corp-log-miscalibration': 'CORP miscalibration, log',
  'corp-log-discrimination': 'CORP discrimination, log',
  'area-under-risk-coverage': 'AURC',
  'excess-area-under-risk-coverage': 'Excess AURC',
  'attainable-excess-area-under-risk-coverage': 'Excess AURC, attainable',
  'area-under-generalized-risk-coverage': 'AUGRC',
  'risk-at-80-percent-coverage': 'Risk at 80 % coverage',
  'coverage-at-5-percent-risk': 'Coverage at 5 % risk',
  'confidence-auroc': 'AUROC of confidence',
  'expected-calibration-error': 'ECE',
  'equal-mass-calibration-error': 'ECE, equal-mass',
  'maximum-calibration-error': 'MCE',
  'root-mean-square-calibration-error': 'RMSCE',
  'average-calibration-error': 'Average cal. error',
  'calibration-gap': 'Acc. − conf.',
  overconfidence: 'Overconfidence',
  underconfidence: 'Underconfidence',
  'sweep-calibration-error': 'Sweep ECE',
  'top-label-calibration-error': 'Top-label ECE',
  'classwise-calibration-error': 'Class-wise ECE',
  'classwise-equal-mass-calibration-error': 'Class-wise, equal-mass',
  'adaptive-calibration-error': 'Adaptive cal. error',
  'thresholded-adaptive-calibration-error': 'TACE, p > 0.01',
  'debiased-calibration-error': 'RMSCE, debiased',
  'debiased-squared-calibration-error': 'Squared, debiased',
  'debiased-absolute-calibration-error': 'ECE, debiased',
  'debiased-classwise-calibration-error': 'Class-wise, debiased',
  'smooth-calibration-error': 'smECE',
  'smooth-calibration-error-logit': 'smECE, log odds',
  'kolmogorov-smirnov-calibration-error': 'Kolmogorov-Smirnov',
  'kuiper-calibration-error': 'Kuiper',
  'maximum-mean-calibration-error': 'MMCE',
  'squared-kernel-calibration-error': 'SKCE',
  'squared-kernel-calibration-error-in-blocks': 'SKCE, in blocks',
  'canonical-calibration-error': 'Canonical L1 error',
  'calibration-slope': 'Calibration slope',
  'calibration-intercept': 'Calibration intercept',
  'calibration-in-the-large': 'Calibration-in-the-large',
  'integrated-calibration-index': 'ICI',
  'integrated-calibration-median': 'E50',
  'integrated-calibration-ninetieth': 'E90',
  'integrated-calibration-maximum': 'Emax',
};

/** Labels of what the positive view measures of class 1 rather than of the confidence. */
const positiveLabels: Readonly<Partial<Record<MeasureName, string>>> = {
  'calibration-gap': 'Freq. − prob.',
  overconfidence: 'Prob. too high',
  underconfidence: 'Prob. too low',
};

/** The name of a measure in a table of a view. */
export function labelOf(name: MeasureName, binary: BinaryView): string {
  return (binary === 'positive' ? positiveLabels[name] : undefined) ?? measureLabels[name];
}
