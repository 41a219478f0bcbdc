import { riskCoverageAreaOfBlocks } from './area-under-risk-coverage.ts';
import { type BinLayout, layoutRule } from './bin-options.ts';
import { binaryScores } from './binary-scores.ts';
import { aurocOfBlocks } from './confidence-auroc.ts';
import { corpOfBlocks } from './corp-decomposition.ts';
import type { Measure } from './measure.ts';
import type { MeasureSample } from './measure-sample.ts';
import { murphyOfTable } from './murphy-decomposition.ts';
import { rankedScoreOfSample } from './ranked-probability-score.ts';
import { coverageAtRiskOfBlocks, riskAtCoverageOfBlocks } from './selective-operating-points.ts';
import { sphericalScoreOfSample } from './spherical-score.ts';

const common = {
  notion: 'none',
  range: [0, 1],
  better: 'lower',
  ideal: null,
  cost: 'linear',
  order: 'free',
} as const;
const score = { ...common, family: 'score' } as const;
const part = { ...common, family: 'decomposition' } as const;
const selective = { ...common, family: 'selective' } as const;
const unbounded = [0, Number.POSITIVE_INFINITY] as const;

const murphyOf = (sample: MeasureSample, layout: BinLayout | undefined) =>
  sample.shared(`murphy ${JSON.stringify(layout)}`, () => murphyOfTable(sample.table(layoutRule(layout))));
const corpOf = (sample: MeasureSample, score: 'brier' | 'log') =>
  sample.shared(`corp ${score}`, () => corpOfBlocks(sample.blocks(), binaryScores[score]));
const areaOf = (sample: MeasureSample) =>
  sample.shared('risk-coverage', () => riskCoverageAreaOfBlocks(sample.confidenceBlocks()));

/** Summaries, proper scores, their parts, and selective prediction. */
export const scoreMeasures = [
  {
    ...common,
    family: 'summary',
    name: 'accuracy',
    title: 'accuracy',
    better: 'higher',
    isShare: true,
    compute: ({ mean }) => mean('correct'),
  },
  {
    ...common,
    family: 'summary',
    name: 'mean-confidence',
    title: 'mean confidence',
    better: 'none',
    compute: ({ mean }) => mean('confidence'),
  },
  {
    ...score,
    name: 'negative-log-likelihood',
    title: 'negative log-likelihood (NLL), nats per row',
    range: unbounded,
    compute: ({ mean }) => mean('nll'),
  },
  {
    ...score,
    name: 'brier-score',
    title: 'Brier score, sum over the classes',
    range: [0, 2],
    compute: ({ mean }) => mean('brier'),
  },
  {
    ...score,
    name: 'spherical-score',
    title: 'spherical score, as a loss',
    compute: sphericalScoreOfSample,
  },
  {
    ...score,
    name: 'ranked-probability-score',
    title: 'ranked probability score (RPS) of ordered classes',
    range: unbounded,
    compute: rankedScoreOfSample,
  },
  {
    ...part,
    name: 'murphy-reliability',
    title: 'reliability, of the binned Brier score',
    notion: 'confidence',
    ideal: 0,
    compute: (sample, layout) => murphyOf(sample, layout).reliability,
  },
  {
    ...part,
    name: 'murphy-reliability-corrected',
    title: 'reliability, of the binned Brier score, less its bias',
    notion: 'confidence',
    range: [-1, 1],
    ideal: 0,
    compute: (sample, layout) => murphyOf(sample, layout).corrected?.reliability ?? null,
  },
  {
    ...part,
    name: 'murphy-resolution',
    title: 'resolution, of the binned Brier score',
    better: 'higher',
    compute: (sample, layout) => murphyOf(sample, layout).resolution,
  },
  {
    ...part,
    name: 'corp-miscalibration',
    title: 'miscalibration of the Brier score (CORP)',
    notion: 'confidence',
    ideal: 0,
    compute: (sample) => corpOf(sample, 'brier').miscalibration,
  },
  {
    ...part,
    name: 'corp-discrimination',
    title: 'discrimination of the Brier score (CORP)',
    better: 'higher',
    compute: (sample) => corpOf(sample, 'brier').discrimination,
  },
  {
    ...part,
    name: 'corp-uncertainty',
    title: 'uncertainty of the Brier score (CORP)',
    better: 'none',
    compute: (sample) => corpOf(sample, 'brier').uncertainty,
  },
  {
    ...part,
    name: 'corp-log-miscalibration',
    title: 'miscalibration of the log score (CORP), nats per row',
    notion: 'confidence',
    range: unbounded,
    ideal: 0,
    compute: (sample) => corpOf(sample, 'log').miscalibration,
  },
  {
    ...part,
    name: 'corp-log-discrimination',
    title: 'discrimination of the log score (CORP), nats per row',
    range: unbounded,
    better: 'higher',
    compute: (sample) => corpOf(sample, 'log').discrimination,
  },
  {
    ...selective,
    name: 'area-under-risk-coverage',
    title: 'area under the risk-coverage curve (AURC)',
    compute: (sample) => areaOf(sample).area,
  },
  {
    ...selective,
    name: 'excess-area-under-risk-coverage',
    title: 'area under the risk-coverage curve over the best possible (E-AURC)',
    range: [-1, 1],
    compute: (sample) => areaOf(sample).excess,
  },
  {
    ...selective,
    name: 'attainable-excess-area-under-risk-coverage',
    title: 'area under the risk-coverage curve over that with all errors last',
    compute: (sample) => areaOf(sample).attainableExcess,
  },
  {
    ...selective,
    name: 'area-under-generalized-risk-coverage',
    title: 'area under the generalised risk-coverage curve (AUGRC)',
    compute: (sample) => areaOf(sample).generalized,
  },
  {
    ...selective,
    name: 'risk-at-80-percent-coverage',
    title: 'errors among the 80 % most confident rows',
    compute: (sample) => riskAtCoverageOfBlocks(sample.confidenceBlocks(), 0.8).risk,
  },
  {
    ...selective,
    name: 'coverage-at-5-percent-risk',
    title: 'rows that can be kept with 5 % errors',
    better: 'higher',
    compute: (sample) => coverageAtRiskOfBlocks(sample.confidenceBlocks(), 0.05).coverage,
  },
  {
    ...selective,
    name: 'confidence-auroc',
    title: 'area under the ROC curve of confidence for right against wrong',
    better: 'higher',
    compute: (sample) => aurocOfBlocks(sample.confidenceBlocks()),
  },
] as const satisfies readonly Measure[];
