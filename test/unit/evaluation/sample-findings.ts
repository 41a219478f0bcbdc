import type { Change, ConfidenceTest, Evaluation, Figures } from '../../../src/evaluation/evaluation.ts';
import type { Findings } from '../../../src/evaluation/verdict.ts';

/** Figures with only those set that a sentence reads; the rest are those of a calibrated classifier. */
export function sampleFigures(figures: Partial<Figures> = {}): Figures {
  return {
    nll: 0.5,
    infiniteRows: 0,
    brier: 0.3,
    accuracy: 0.8,
    frequency: figures.accuracy ?? 0.8,
    meanConfidence: 0.8,
    gapError: 0.01,
    ece: 0.02,
    eceNoise: 0.015,
    eceNoiseLimit: 0.03,
    eceDebiased: figures.ece ?? 0.02,
    mce: 0.1,
    eceEqualMass: 0.02,
    equalMassBins: 15,
    classwiseEce: 0.02,
    classwise: [0.02, 0.02],
    reliability: {
      rule: { scheme: 'equal-width', closure: 'right-closed', requested: 15 },
      bins: [],
      count: 1000,
      totalWeight: 1000,
      level: 0.95,
    },
    confidenceHistogram: { all: [], correct: [] },
    ...figures,
  };
}

/** A change with an interval of ± `noise` about it. */
export function sampleChange(before: number, after: number, noise: number): Change {
  const difference = after - before;
  return {
    before,
    after,
    difference,
    interval: [difference - noise, difference + noise],
    withinNoise: Math.abs(difference) <= noise,
    standardError: noise / 2,
    pValue: Math.abs(difference) <= noise ? 0.5 : 0.001,
    adjusted: Math.abs(difference) <= noise ? 0.5 : 0.001,
  };
}

/** Moves of the three figures, as [before, after, noise]. */
export interface Moves {
  readonly nll?: readonly [number, number, number] | null;
  readonly brier?: readonly [number, number, number];
  readonly ece?: readonly [number, number, number];
}

const notCompared: Change = {
  before: null,
  after: null,
  difference: null,
  interval: null,
  withinNoise: true,
  standardError: null,
  pValue: null,
  adjusted: null,
};

/** A likelihood-ratio test with this p-value. */
export function sampleTest(pValue: number, test: Partial<ConfidenceTest> = {}): ConfidenceTest {
  return {
    method: 'likelihood-ratio',
    statistic: 3,
    degreesOfFreedom: 1,
    pValue,
    temperature: 1.35,
    direction: 'overconfident',
    clusters: null,
    ...test,
  };
}

/** Findings about a temperature of 1.83 on 1000 held-out rows; by default nothing moves. */
export function sampleFindings(moves: Moves = {}, findings: Partial<Evaluation> = {}): Findings {
  const { nll = [0.5, 0.5, 0.01], brier = [0.3, 0.3, 0.01], ece = [0.02, 0.02, 0.01] } = moves;
  return {
    judgement: 'held-out',
    rows: 1000,
    classes: 2,
    classNames: ['0', '1'],
    input: 'logits',
    binary: 'confidence',
    before: sampleFigures({ nll: nll?.[0] ?? null, brier: brier[0], ece: ece[0] }),
    after: sampleFigures({ nll: nll?.[1] ?? null, brier: brier[1], ece: ece[1] }),
    changes: {
      nll: nll === null ? notCompared : sampleChange(...nll),
      brier: sampleChange(...brier),
      ece: sampleChange(...ece),
      eceDebiased: sampleChange(...ece),
    },
    bootstrap: { resamples: 1000, seed: 1, level: 0.95, method: 'rows' },
    temperature: 1.8312,
    foldTemperatures: null,
    savedTemperature: 1.8312,
    test: sampleTest(0.43),
    notices: [],
    ...findings,
  };
}
