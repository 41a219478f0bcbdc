import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Matrix as MlMatrix } from 'ml-matrix';
import * as main from '../../src/index.ts';
import type { ReportModel } from '../../src/report/index.ts';
import { reportModel } from '../../src/report/index.ts';

/** Makes the arguments of one valid call, anew at each call. */
export type Arguments = () => readonly unknown[];

/** The valid calls of an entry point by name; every function that it exports has one. */
export type ValidCalls = Readonly<Record<string, Arguments>>;

const logits = (): number[][] => [
  [2, 0.5, 0],
  [0, 1.5, 1],
  [1, 0, 2.5],
  [2, 2.25, 0],
  [0, 1, 0.5],
  [1, 0.25, 0],
  [0.5, 1, 2],
  [1.5, 0, 0.75],
];
const labels = (): number[] => [0, 1, 2, 0, 2, 1, 2, 0];
const weights = (): number[] => [1, 2, 1, 1, 0.5, 1, 1, 2];
const probabilities = (): number[][] => logits().map((row) => [...main.softmax(row)]);
const pairs = (): number[][] => [0.9, 0.2, 0.6, 0.7, 0.4, 0.35, 0.8, 0.1].map((p) => [1 - p, p]);
const pairLabels = (): number[] => [1, 0, 1, 0, 0, 1, 1, 0];
const text = 'cat,dog,label\n3,0,cat\n0,2,dog\n1,0,dog\n2,1,cat\n';
const set = (): main.ScoredSet => {
  const { kind, scores, labels: own, classNames, namedClasses } = main.parseCsv(text);
  return { kind, scores, labels: own, classNames, namedClasses };
};
const fitted = main.fitTemperature(logits(), labels());
const model = (): main.TemperatureModel => structuredClone(fitted);
const bins = (): main.ReliabilityBins => main.reliabilityBins(probabilities(), labels(), { bins: 4 });
const resampled = { measures: ['accuracy'], resamples: 100, seed: 1 };
const provenance = (): main.CalibratorProvenance => ({
  classNames: ['cat', 'dog', 'fox'],
  namedClasses: true,
  dataHash: '0'.repeat(64),
  toolVersion: '0.1.0',
});
const calibratorFile = () => ({ model: model(), provenance: provenance() });
const evaluated = main.evaluate(set(), { resamples: 100 });
const evaluation = (): main.Evaluation => structuredClone(evaluated);
const reported = reportModel({
  title: 'Pets',
  evaluation: evaluated,
  sources: [{ role: 'fit', name: 'pets.csv', rows: 4 }],
  conventions: { toolVersion: '0.1.0' },
});
const report = (): ReportModel => structuredClone(reported);

const scored =
  (options: object = {}): Arguments =>
  () => [probabilities(), labels(), { weights: weights(), ...options }];
const binned = scored({
  bins: 4,
  scheme: 'equal-mass',
  edges: 'left-closed',
  level: 0.9,
  interval: 'wilson',
});
const binary =
  (options: object = {}): Arguments =>
  () => [pairs(), pairLabels(), options];
const quadratic = (x: Float64Array, gradient: Float64Array): number => {
  let sum = 0;
  for (const [i, value] of x.entries()) {
    gradient[i] = 2 * value;
    sum += value * value;
  }
  return sum;
};

const folder = mkdtempSync(join(tmpdir(), 'calibrant-valid-'));
const fileOf = (name: string, contents: string): string => {
  const path = join(folder, name);
  writeFileSync(path, contents);
  return path;
};
const csv = fileOf('set.csv', text);
const scoresFile = fileOf('scores.csv', 'cat,dog\n3,0\n0,2\n1,0\n');
const labelsFile = fileOf('labels.csv', 'label\ncat\ndog\ndog\n');
const calibrator = fileOf('calibrator.json', main.writeCalibrator(model(), provenance()));
const output = join(folder, 'output.txt');

const csvOptions = (): object => ({
  input: 'logits',
  delimiter: ',',
  label: 'label',
  scores: ['cat', 'dog'],
  ignore: [],
  classNames: ['cat', 'dog'],
  dropBad: false,
  maxColumns: 100,
  file: 'set.csv',
});
const bytes = (contents: string): Uint8Array[] => [new TextEncoder().encode(contents)];

/** The valid calls of each entry point. */
export const validCalls: Readonly<Record<string, ValidCalls>> = {
  calibrant: {
    CalibrationError: () => ['E_SHAPE', { what: 'found' }],
    accuracy: scored(),
    adaptiveCalibrationError: scored({ bins: 4 }),
    applyTemperature: () => [model(), logits(), { input: 'logits' }],
    areaUnderRiskCoverage: scored(),
    assertUsable: () => [model()],
    auroc: () => [
      [0.9, 0.4],
      [0.3, 0.5],
    ],
    averageCalibrationError: binned,
    averageErrorOfBins: () => [bins()],
    brierScore: scored(),
    calibrationCurve: binary({ resamples: 100, level: 0.9, points: 10, seed: 3 }),
    calibrationLine: binary({ weights: weights() }),
    calibrationRefinement: scored({ folds: 2, seed: 2 }),
    calibrationTests: () => [probabilities(), labels(), { draws: 99, bins: 4, seed: 2 }],
    calibratorByType: () => ['temperature'],
    canonicalCalibrationError: scored({ bandwidth: 0.1 }),
    checkCalibratorFits: () => [
      calibratorFile(),
      {
        kind: 'logits',
        scores: { data: new Float64Array(3), rows: 1, columns: 3 },
        classNames: ['cat', 'dog', 'fox'],
        namedClasses: true,
      },
    ],
    checkGradient: () => [quadratic, Float64Array.of(1, 2), { step: 1e-3 }],
    classwiseCalibrationError: scored({ bins: 4 }),
    compareMeasures: () => [probabilities(), { other: probabilities() }, labels(), resampled],
    compatCalibrationError: () => [probabilities(), labels(), { preset: 'torchmetrics', bins: 4 }],
    confidenceAuroc: scored(),
    confidenceHistogram: () => [probabilities(), labels(), { bins: 4 }],
    consistencyTest: () => [
      probabilities(),
      labels(),
      { draws: 99, measures: ['accuracy'], seed: 1, level: 0.9 },
    ],
    corpDecomposition: binary({ weights: weights(), score: 'brier' }),
    coverageAtRisk: scored({ risk: 0.3 }),
    crossFit: () => [set(), main.temperatureScaling, { folds: 2, seed: 1, fit: { level: 0.9 } }],
    cumulativeCalibrationError: binary(),
    cumulativeTests: binary(),
    dataHash: () => [set().scores, set().labels, Float64Array.of(1, 1, 1, 1)],
    debiasedCalibrationError: scored({ bins: 4 }),
    debiasedClasswiseCalibrationError: scored({ bins: 4 }),
    diagnose: () => [set(), { file: 'set.csv', lines: [2, 3, 4, 5], oneColumn: false }],
    distillationGradient: () => [
      logits(),
      logits(),
      { temperature: 2, labels: labels(), weights: weights() },
    ],
    distillationLoss: () => [logits(), logits(), { temperature: 2, labels: labels(), hardWeight: 0.2 }],
    eceOfBins: () => [bins()],
    energyScore: () => [logits(), { temperature: 2 }],
    evaluate: () => [
      set(),
      {
        resamples: 100,
        bins: 4,
        seed: 1,
        level: 0.9,
        calibrated: [
          [0.9, 0.1],
          [0.2, 0.8],
          [0.6, 0.4],
          [0.7, 0.3],
        ],
      },
    ],
    evaluateCrossFitted: () => [
      set(),
      main.temperatureScaling,
      { folds: 2, resamples: 100, fit: { level: 0.9 } },
    ],
    expectedCalibrationError: binned,
    expectedCost: () => [
      probabilities(),
      labels(),
      {
        costs: [
          [0, 1],
          [1, 0],
          [2, 0],
        ],
      },
    ],
    falsePositiveRateAtTruePositiveRate: () => [[5, 4, 3], [3, 1], { truePositiveRate: 0.6 }],
    fitTemperature: () => [
      logits(),
      labels(),
      { weights: weights(), bounds: [0.1, 10], level: 0.9, maxEvaluations: 100, weightKind: 'importance' },
    ],
    fitTemperatureOfSet: () => [set(), { level: 0.9 }],
    formatNpy: () => [set().scores],
    formatProbabilities: () => [
      { data: Float64Array.of(0.25, 0.75), rows: 1, columns: 2 },
      { classNames: ['cat', 'dog'], predicted: [1], prefix: 'p_', delimiter: ';' },
    ],
    holmAdjusted: () => [[0.01, null, 0.2]],
    integratedCalibrationIndex: binary({ span: 0.75 }),
    lbfgs: () => [quadratic, [1, 2], { memory: 5, maxIterations: 100, wolfe: { sufficientDecrease: 1e-4 } }],
    logSoftmax: () => [logits(), { temperature: 2 }],
    logSumExp: () => [logits()[0], { temperature: 2 }],
    maxSoftmaxScore: () => [logits(), { temperature: 2 }],
    maximumCalibrationError: binned,
    maximumMeanCalibrationError: scored({ bandwidth: 0.4 }),
    mceOfBins: () => [bins()],
    meanConfidence: scored(),
    measureByName: () => ['accuracy'],
    measureGroups: () => [
      probabilities(),
      labels(),
      ['a', 'b', 'a', 'b', 'a', 'b', 'a', 'b'],
      { ...resampled, draws: 19, leastRows: 2 },
    ],
    measureIntervals: () => [
      probabilities(),
      labels(),
      { ...resampled, clusters: ['a', 'b', 'c', 'd', 'a', 'b', 'c', 'd'], method: 'percentile' },
    ],
    measureSample: scored({ binary: 'confidence' }),
    mergeReliabilityBins: () => [[bins(), bins()]],
    murphyDecomposition: binned,
    negativeLogLikelihood: scored({ input: 'probabilities' }),
    netBenefit: binary({ thresholds: [0.2, 0.5], positiveClass: 1 }),
    newtonInBracket: () => [(x: number) => ({ slope: x - 1, curvature: 1 }), 0, 4, 2, { maxSteps: 20 }],
    nllCurve: () => [logits(), labels(), { temperatures: [1, 2], weights: weights() }],
    nllCurveOfSet: () => [set(), { points: 5, around: 2 }],
    odinTemperatureScore: () => [logits(), { temperature: 100 }],
    parseCsv: () => [text, csvOptions()],
    parseCsvPair: () => ['cat,dog\n3,0\n0,2\n', 'label\ncat\ndog\n', { file: 'a', labelsFile: 'b' }],
    parseScores: () => ['cat,dog\n3,0\n0,2\n', { scores: ['cat', 'dog'], keep: [] }],
    rankedProbabilityScore: scored(),
    readCalibrator: () => [main.writeCalibrator(model(), provenance()), { file: 'calibrator.json' }],
    reliabilityBins: binned,
    riskAtCoverage: scored({ coverage: 0.5 }),
    riskCoverageCurve: scored(),
    rmsceOfBins: () => [bins()],
    rootMeanSquareCalibrationError: binned,
    seededRandom: () => [7],
    signedCalibrationGap: binned,
    signedGapOfBins: () => [bins()],
    smoothCalibrationError: binary({ bandwidth: 0.1 }),
    softTargets: () => [logits(), { temperature: 2 }],
    softmax: () => [logits()[0], { temperature: 2 }],
    sphericalScore: scored(),
    spiegelhalterTest: scored(),
    squaredKernelCalibrationError: () => [probabilities(), labels(), { bandwidth: 0.4 }],
    streamCsv: () => [bytes(text), csvOptions()],
    streamCsvPair: () => [
      bytes('cat,dog\n3,0\n0,2\n'),
      bytes('label\ncat\ndog\n'),
      { classNames: ['cat', 'dog'] },
    ],
    streamScores: () => [bytes('cat,dog\n3,0\n0,2\n'), { keep: [] }],
    strongWolfe: () => [
      (t: number) => ({ value: (t - 1) ** 2, slope: 2 * (t - 1) }),
      { value: 1, slope: -2 },
      { initialStep: 0.5, maxEvaluations: 20 },
    ],
    sweepCalibrationError: scored(),
    temperatureTest: () => [set(), { clusters: ['a', 'b', 'c', 'd'] }],
    thresholdedAdaptiveCalibrationError: scored({ bins: 4 }),
    toMatrix: () => [logits().flat(), 8],
    topLabelCalibrationError: scored({ bins: 4 }),
    verdict: () => {
      const { verdict: _, ...findings } = evaluation();
      return [findings];
    },
    writeCalibrator: () => [model(), provenance()],
  },
  'calibrant/node': {
    checkOutput: () => [output, { force: true, inputs: [csv] }],
    fitTemperatureInThreads: () => [logits(), labels(), { threads: 1, level: 0.9 }],
    loadCalibrator: () => [calibrator],
    loadCsv: () => [csv, { label: 'label' }],
    loadCsvPair: () => [scoresFile, labelsFile, { input: 'logits' }],
    loadScores: () => [scoresFile, { keep: [] }],
    loadStored: () => [csv, { label: 'label', maxMemory: 1e9 }],
    loadStoredPair: () => [scoresFile, labelsFile, { maxMemory: 1e9 }],
    loadStoredScores: () => [scoresFile, { maxMemory: 1e9 }],
    openInput: () => [csv, {}],
    openOutput: () => [output, { force: true }],
    removeTemporaries: () => [],
    saveCalibrator: () => [join(folder, 'saved.json'), calibratorFile(), { force: true }],
    writeAtomically: () => [output, 'text', { force: true }],
  },
  'calibrant/browser': {
    fitTemperatureInThreads: () => [logits(), labels(), { threads: 1, level: 0.9 }],
  },
  'calibrant/report': {
    renderHtml: () => [report()],
    renderJson: () => [report()],
    renderMarkdown: () => [report()],
    renderPng: () => [report(), { theme: 'dark', scale: 1 }],
    renderReport: () => [report(), 'md', { theme: 'light' }],
    renderSvg: () => [report(), { theme: 'dark' }],
    renderTerminal: () => [report(), { width: 80, unicode: true }],
    reportModel: () => [report().records],
  },
  'calibrant/plots': {
    classwisePlot: () => [
      [
        { name: 'cat', before: 0.1, after: 0.05 },
        { name: 'dog', before: 0.2, after: null },
      ],
      { width: 300, title: 'Classes', limit: 5 },
    ],
    confidenceHistogram: () => [
      { before: { all: [1, 2], correct: [1, 1], accuracy: 0.5 }, after: { all: [1, 2], correct: [0, 1] } },
      { labels: { before: 'raw', after: 'scaled' }, largestCount: 4, theme: 'dark' },
    ],
    nllCurvePlot: () => [
      [
        { temperature: 1, nll: 0.5 },
        { temperature: 2, nll: 0.4 },
      ],
      { optimum: { temperature: 1.5, nll: 0.39 }, interval: [1.2, null], label: 'best' },
    ],
    reliabilityDiagram: () => [bins(), { title: 'Bins', largestShare: 1, legend: 'none' }],
  },
  'calibrant/ml-matrix': {
    fromMlMatrix: () => [new MlMatrix(logits())],
    toMlMatrix: () => [set().scores],
  },
};

/** Removes the files that calls read and write. */
export function removeValidFiles(): void {
  rmSync(folder, { recursive: true, force: true });
}
