import { checkBinCount, checkOneOf, checkOptionNames, checkWhole } from '../core/checks.ts';
import { CalibrationError } from '../core/errors.ts';
import type { LabelInput } from '../core/labels.ts';
import type { MatrixInput } from '../core/matrix.ts';
import { poolTies } from '../numerics/tie-blocks.ts';
import { forEachClass, isClass } from './class-columns.ts';
import type { CompatScheme } from './compat-binning.ts';
import type { Precision } from './compat-edges.ts';
import { type CompatBin, errorOfBins, fillBins } from './compat-errors.ts';
import {
  type CompatMeasure,
  type CompatNotion,
  type CompatPreset,
  type CompatPresetName,
  compatPresets,
} from './compat-presets.ts';
import type { BinaryView, ScoreOptions } from './measure-options.ts';
import { type MeasureSample, readSample } from './measure-sample.ts';
import { relplotErrorOfBlocks } from './relplot-smoothing.ts';
import { judgePredictions } from './row-scores.ts';
import type { JudgedConfidences } from './tabulate.ts';

/** Options of {@link compatCalibrationError}; what a library does not offer is refused. */
export interface CompatOptions extends Omit<ScoreOptions, 'weights'> {
  /** The library whose figure is wanted. */
  readonly preset: CompatPresetName;
  /** Number of bins as the library is given it; not for smooth errors. Default: the library's own. */
  readonly bins?: number;
  /** How its bins are laid. Default `equal-width`. */
  readonly scheme?: CompatScheme;
  /** Which of its errors. Default `expected`. */
  readonly measure?: CompatMeasure;
  /** What it holds against what. Default `events`. */
  readonly notion?: CompatNotion;
  /** What it sees of two classes. Default: the library's own; more classes than two are seen by their confidence. */
  readonly binary?: BinaryView;
  /** The class whose probability `positive` means. Default 1; 0 for `probably`. */
  readonly positiveClass?: number;
  /** Floating-point numbers it computes in. Default: the library's own. */
  readonly precision?: Precision;
}

/** A library's figure, with the bins it comes from. */
export interface CompatCalibrationError {
  readonly value: number;
  readonly preset: CompatPreset;
  /** The bins of `events`; none for smooth errors and for the other notions, which have tables per class. */
  readonly bins: readonly CompatBin[];
}

/**
 * The calibration error as another library prints it, to reproduce published figures.
 *
 * Libraries differ in which end of a bin is closed, what becomes of 0 and 1, how edges are rounded, and whether two
 * classes are seen by their confidence or by the probability of class 1. Unless values lie on edges most of them agree;
 * `preset.difference` says where they do not. For new work use `expectedCalibrationError`.
 *
 * @param scores N×K probabilities, or logits as `input` says; one column is the probability of class 1, or its logit.
 * @param labels N class indices, 0-based.
 * @returns The figure, the preset and the bins.
 * @throws CalibrationError `E_BINS`, `E_OPTION`, `E_PROB_RANGE`, `E_PROB_SUM`, `E_LOGIT_NAN`, `E_LOGIT_NEGINF`, or one of
 * the label codes.
 *
 * @example
 * ```ts
 * import { compatCalibrationError } from 'calibrant';
 *
 * // A confidence on an edge: right-closed for one library, left-closed for the other.
 * const rows = [[0.5, 0.5], [0.75, 0.25]];
 * const error = (preset: 'gpleiss' | 'netcal') =>
 *   compatCalibrationError(rows, [1, 0], { preset, bins: 2, binary: 'confidence' }).value;
 * assert.equal(error('gpleiss'), 0.375);
 * assert.equal(error('netcal'), 0.125);
 * ```
 */
export function compatCalibrationError(
  scores: MatrixInput,
  labels: LabelInput,
  options: CompatOptions,
): CompatCalibrationError {
  checkOptionNames(options, optionNames);
  const { input = 'probabilities' } = options;
  return compatErrorOfSample(() => readSample(scores, labels, { input }), options);
}

/**
 * {@link compatCalibrationError} of a checked sample, seen by its confidence.
 *
 * @param read Called when the options are checked.
 */
export function compatErrorOfSample(
  read: () => MeasureSample,
  options: Omit<CompatOptions, 'input'>,
): CompatCalibrationError {
  checkOneOf(
    'preset',
    options.preset,
    compatPresets.map(({ name }) => name),
  );
  const preset = compatPresets.find(({ name }) => name === options.preset)!;
  const { bins = preset.bins, scheme = 'equal-width', measure = 'expected', notion = 'events' } = options;
  const { binary = preset.binary, positiveClass = preset.positiveClass } = options;
  const { precision = preset.precision } = options;
  checkBinCount(bins);
  checkOneOf('scheme', scheme, preset.schemes);
  checkOneOf('measure', measure, preset.measures);
  checkOneOf('notion', notion, preset.notions);
  checkOneOf('binary', binary, ['confidence', 'positive']);
  checkOneOf('precision', precision, ['float32', 'float64']);
  if (isSmooth(measure) && options.bins !== undefined)
    throw new CalibrationError('E_OPTION', {
      what: `option "bins" has no meaning with the measure "${measure}", which has no bins`,
      value: options.bins,
    });
  const sample = read();
  checkWhole('positiveClass', positiveClass, 0, sample.source.classes - 1);
  const isPositive = binary === 'positive' && (sample.source.classes === 2 || options.binary !== undefined);
  if (isSmooth(measure)) {
    const { confidence, correct } = isPositive ? classEvents(sample, positiveClass) : sample.events();
    const kernel = measure === 'smooth' ? 'reflected' : 'logit';
    const { value } = relplotErrorOfBlocks(poolTies(confidence, correct), kernel);
    return { value, preset, bins: [] };
  }
  const fill = (events: JudgedConfidences): readonly CompatBin[] =>
    fillBins(events, preset, { bins, scheme, precision });
  if (notion === 'events') {
    const events = isPositive ? classEvents(sample, positiveClass) : sample.events();
    const filled = fill(events);
    return { value: errorOfBins(filled, events.correct.length, preset, measure), preset, bins: filled };
  }
  const tables = notion === 'classwise' ? everyClass(sample) : everyPrediction(sample);
  const errors = tables.map((events) => errorOfBins(fill(events), events.correct.length, preset, measure));
  const isSquared = measure !== 'expected';
  const mean = errors.reduce((sum, error) => sum + (isSquared ? error * error : error), 0) / errors.length;
  return { value: isSquared ? Math.sqrt(mean) : mean, preset, bins: [] };
}

function isSmooth(measure: CompatMeasure): measure is 'smooth' | 'smooth-logit' {
  return measure === 'smooth' || measure === 'smooth-logit';
}

const optionNames: readonly string[] = [
  'input',
  'preset',
  'bins',
  'scheme',
  'measure',
  'notion',
  'binary',
  'positiveClass',
  'precision',
];

function classEvents({ source, labels }: MeasureSample, k: number): JudgedConfidences {
  const p = new Float64Array(source.classes);
  const confidence = new Float64Array(source.rows);
  for (let i = 0; i < source.rows; i += 1) {
    source.read(i, p);
    confidence[i] = p[k]!;
  }
  return { confidence, correct: isClass(labels, k) };
}

function everyClass({ source, labels }: MeasureSample): readonly JudgedConfidences[] {
  const tables: JudgedConfidences[] = [];
  forEachClass(source, (k, column) =>
    tables.push({ confidence: column.slice(), correct: isClass(labels, k) }),
  );
  return tables;
}

/** The rows of each class that is predicted at all. */
function everyPrediction({ source, labels }: MeasureSample): readonly JudgedConfidences[] {
  const { confidence, correct } = judgePredictions(source, labels);
  const rows = Array.from({ length: source.classes }, (): number[] => []);
  const p = new Float64Array(source.classes);
  for (let i = 0; i < source.rows; i += 1) rows[source.read(i, p)]!.push(i);
  return rows
    .filter((of) => of.length > 0)
    .map((of) => ({
      confidence: Float64Array.from(of, (i) => confidence[i]!),
      correct: Uint8Array.from(of, (i) => correct[i]!),
    }));
}
