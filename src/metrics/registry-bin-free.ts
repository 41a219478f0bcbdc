import { calibrationLineOfBlocks } from './calibration-line.ts';
import { canonicalErrorOfSample } from './canonical-calibration-error.ts';
import { cumulativeErrorOfBlocks } from './cumulative-calibration-error.ts';
import { integratedIndexOfBlocks } from './integrated-calibration-index.ts';
import { maximumMeanErrorOfBlocks } from './maximum-mean-calibration-error.ts';
import type { Measure } from './measure.ts';
import type { MeasureSample } from './measure-sample.ts';
import { type SmoothingKernel, smoothErrorOfBlocks } from './smooth-calibration-error.ts';
import { squaredKernelErrorOfSample } from './squared-kernel-calibration-error.ts';

const error = {
  range: [0, 1],
  better: 'lower',
  ideal: 0,
  cost: 'linear',
  order: 'free',
  family: 'bin-free',
  notion: 'confidence',
} as const;
const line = { ...error, family: 'regression', better: 'target' } as const;
const curve = { ...error, family: 'regression', range: [0, Number.POSITIVE_INFINITY] } as const;
const everywhere = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY] as const;

const smooth =
  (kernel: SmoothingKernel): Measure['compute'] =>
  (sample) =>
    smoothErrorOfBlocks(sample.blocks(), kernel).value;

const cumulative = (sample: MeasureSample) =>
  sample.shared('cumulative', () =>
    cumulativeErrorOfBlocks(sample.blocks(), sample.weights, sample.events().confidence),
  );
const lineOf = (sample: MeasureSample) =>
  sample.shared('line', () => calibrationLineOfBlocks(sample.blocks()));
const indexOf = (sample: MeasureSample) =>
  sample.shared('loess', () => integratedIndexOfBlocks(sample.blocks()));

/** Measures that need no bins. */
export const binFreeMeasures = [
  {
    ...error,
    name: 'smooth-calibration-error',
    title: 'smooth calibration error (smECE), reflected Gaussian',
    compute: smooth('reflected'),
  },
  {
    ...error,
    name: 'smooth-calibration-error-logit',
    title: 'smooth calibration error (smECE), Gaussian in the log odds',
    compute: smooth('logit'),
  },
  {
    ...error,
    name: 'kolmogorov-smirnov-calibration-error',
    title: 'Kolmogorov-Smirnov calibration error (ECCE-MAD)',
    compute: (sample) => cumulative(sample).maximum,
  },
  {
    ...error,
    name: 'kuiper-calibration-error',
    title: 'Kuiper calibration error (ECCE-R), the cutoff calibration error',
    compute: (sample) => cumulative(sample).range,
  },
  {
    ...error,
    name: 'maximum-mean-calibration-error',
    title: 'maximum mean calibration error (MMCE), Laplace kernel of width 0.4',
    compute: (sample) => maximumMeanErrorOfBlocks(sample.blocks()),
  },
  {
    ...error,
    name: 'squared-kernel-calibration-error',
    title: 'squared kernel calibration error (SKCE), unbiased',
    notion: 'canonical',
    range: [-1, 2],
    cost: 'quadratic',
    compute: (sample) => squaredKernelErrorOfSample(sample, 'unbiased').value,
  },
  {
    ...error,
    name: 'squared-kernel-calibration-error-in-blocks',
    title: 'squared kernel calibration error (SKCE), pairs of neighbouring rows',
    notion: 'canonical',
    range: [-1, 2],
    order: 'of-rows',
    compute: (sample) => squaredKernelErrorOfSample(sample, 'block').value,
  },
  {
    ...error,
    name: 'canonical-calibration-error',
    title: 'canonical L1 calibration error by kernel density',
    notion: 'canonical',
    range: [0, 2],
    cost: 'quadratic',
    compute: (sample) => canonicalErrorOfSample(sample, 1).value,
  },
  {
    ...line,
    name: 'calibration-slope',
    title: 'calibration slope',
    range: everywhere,
    ideal: 1,
    compute: (sample) => lineOf(sample).slope,
  },
  {
    ...line,
    name: 'calibration-intercept',
    title: 'calibration intercept',
    range: everywhere,
    compute: (sample) => lineOf(sample).intercept,
  },
  {
    ...line,
    name: 'calibration-in-the-large',
    title: 'calibration-in-the-large, the intercept at slope 1',
    range: everywhere,
    compute: (sample) => lineOf(sample).inTheLarge,
  },
  {
    ...curve,
    name: 'integrated-calibration-index',
    title: 'integrated calibration index (ICI)',
    compute: (sample) => indexOf(sample).mean,
  },
  {
    ...curve,
    name: 'integrated-calibration-median',
    title: 'median distance from the loess curve (E50)',
    compute: (sample) => indexOf(sample).median,
  },
  {
    ...curve,
    name: 'integrated-calibration-ninetieth',
    title: '90 % quantile of the distance from the loess curve (E90)',
    compute: (sample) => indexOf(sample).ninetieth,
  },
  {
    ...curve,
    name: 'integrated-calibration-maximum',
    title: 'largest distance from the loess curve (Emax)',
    compute: (sample) => indexOf(sample).maximum,
  },
] as const satisfies readonly Measure[];
