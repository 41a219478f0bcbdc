import { adaptiveErrorOfSample } from './adaptive-calibration-error.ts';
import { averageErrorOfBins } from './average-calibration-error.ts';
import { type BinLayout, layoutRule } from './bin-options.ts';
import type { BinScheme, ReliabilityBins } from './bin-table.ts';
import { classwiseErrorOfSample } from './classwise-calibration-error.ts';
import { debiasedErrorOfTable, readDebiasOptions } from './debiased-calibration-error.ts';
import { debiasedClasswiseOfSample } from './debiased-classwise-calibration-error.ts';
import { eceOfBins } from './expected-calibration-error.ts';
import { mceOfBins } from './maximum-calibration-error.ts';
import type { Measure } from './measure.ts';
import type { MeasureSample } from './measure-sample.ts';
import { rmsceOfBins } from './root-mean-square-calibration-error.ts';
import { signedGapOfBins } from './signed-calibration-gap.ts';
import { sweepErrorOfSample } from './sweep-calibration-error.ts';
import { thresholdedErrorOfSample } from './thresholded-adaptive-calibration-error.ts';
import { topLabelErrorOfSample } from './top-label-calibration-error.ts';

const error = {
  range: [0, 1],
  better: 'lower',
  ideal: 0,
  cost: 'linear',
  order: 'free',
} as const;
const binned = { ...error, family: 'binned', notion: 'confidence' } as const;
const debiased = { ...error, family: 'debiased' } as const;
const massLayout = { scheme: 'equal-mass' } as const;

/** A figure of the reliability table. */
function ofTable(figure: (table: ReliabilityBins) => number, scheme?: BinScheme): Measure['compute'] {
  const own: BinLayout = scheme === undefined ? {} : { scheme };
  return (sample, layout) => figure(sample.table(layoutRule({ ...layout, ...own })));
}

function classwise(scheme: BinScheme): Measure['compute'] {
  return (sample, layout) => classwiseErrorOfSample(sample, layoutRule({ ...layout, scheme })).mean;
}

/** Measures that read bins. */
export const binnedMeasures = [
  {
    ...binned,
    name: 'expected-calibration-error',
    title: 'expected calibration error (ECE)',
    compute: ofTable(eceOfBins),
  },
  {
    ...binned,
    name: 'equal-mass-calibration-error',
    title: 'expected calibration error of equal-mass bins',
    compute: ofTable(eceOfBins, 'equal-mass'),
  },
  {
    ...binned,
    name: 'maximum-calibration-error',
    title: 'maximum calibration error (MCE)',
    compute: ofTable(mceOfBins),
  },
  {
    ...binned,
    name: 'root-mean-square-calibration-error',
    title: 'root-mean-square calibration error (RMSCE)',
    compute: ofTable(rmsceOfBins),
  },
  {
    ...binned,
    name: 'average-calibration-error',
    title: 'average calibration error, bins counting alike',
    compute: ofTable(averageErrorOfBins),
  },
  {
    ...binned,
    name: 'calibration-gap',
    title: 'accuracy minus mean confidence',
    range: [-1, 1],
    better: 'target',
    compute: ofTable((table) => signedGapOfBins(table).gap),
  },
  {
    ...binned,
    name: 'overconfidence',
    title: 'overconfident part of the ECE',
    compute: ofTable((table) => signedGapOfBins(table).overconfidence),
  },
  {
    ...binned,
    name: 'underconfidence',
    title: 'underconfident part of the ECE',
    compute: ofTable((table) => signedGapOfBins(table).underconfidence),
  },
  {
    ...binned,
    name: 'sweep-calibration-error',
    title: 'monotone-sweep calibration error',
    compute: (sample) => sweepErrorOfSample(sample, 'equal-mass', 1).value,
  },
  {
    ...binned,
    name: 'top-label-calibration-error',
    title: 'top-label conditional calibration error',
    notion: 'top-label',
    compute: (sample, layout) => topLabelErrorOfSample(sample, layoutRule(layout)).mean,
  },
  {
    ...binned,
    name: 'classwise-calibration-error',
    title: 'class-wise (static) calibration error',
    notion: 'classwise',
    compute: classwise('equal-width'),
  },
  {
    ...binned,
    name: 'classwise-equal-mass-calibration-error',
    title: 'class-wise calibration error of equal-mass bins',
    notion: 'classwise',
    compute: classwise('equal-mass'),
  },
  {
    ...binned,
    name: 'adaptive-calibration-error',
    title: 'adaptive calibration error of equal-mass ranges per class',
    notion: 'classwise',
    compute: (sample, layout) => adaptiveErrorOfSample(sample, layoutRule({ ...layout, ...massLayout })).mean,
  },
  {
    ...binned,
    name: 'thresholded-adaptive-calibration-error',
    title: 'adaptive calibration error above probability 0.01 (TACE)',
    notion: 'classwise',
    compute: (sample, layout) =>
      thresholdedErrorOfSample(sample, layoutRule({ ...layout, ...massLayout }), 0.01).mean,
  },
  {
    ...debiased,
    name: 'debiased-calibration-error',
    title: 'debiased root-mean-square calibration error',
    notion: 'confidence',
    compute: (sample, layout) => debiasedOf(sample, layout, 2).value,
  },
  {
    ...debiased,
    name: 'debiased-squared-calibration-error',
    title: 'debiased squared calibration error, below 0 at times',
    notion: 'confidence',
    range: [-1, 1],
    compute: (sample, layout) => debiasedOf(sample, layout, 2).raw,
  },
  {
    ...debiased,
    name: 'debiased-absolute-calibration-error',
    title: 'debiased expected calibration error, of the bins of the ECE',
    notion: 'confidence',
    compute: (sample, layout) => debiasedOf(sample, layout, 1).value,
  },
  {
    ...debiased,
    name: 'debiased-classwise-calibration-error',
    title: 'debiased class-wise (marginal) root-mean-square calibration error',
    notion: 'classwise',
    compute: (sample, layout) =>
      debiasedClasswiseOfSample(sample, layoutRule({ ...massLayout, ...layout }), readDebiasOptions({})).mean,
  },
] as const satisfies readonly Measure[];

/** Of equal mass unless the layout says otherwise; the expected error has the bins of the ECE it corrects. */
function debiasedOf(sample: MeasureSample, layout: BinLayout | undefined, norm: 1 | 2) {
  const rule = layoutRule(norm === 1 ? layout : { ...massLayout, ...layout });
  return sample.shared(`debiased ${norm} ${JSON.stringify(rule)}`, () =>
    debiasedErrorOfTable(sample.table(rule), readDebiasOptions({ norm })),
  );
}
