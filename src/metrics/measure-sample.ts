import { checkOneOf, checkOptionNames } from '../core/checks.ts';
import type { LabelInput } from '../core/labels.ts';
import type { MatrixInput } from '../core/matrix.ts';
import { memoryStorage } from '../core/memory-storage.ts';
import { type NumberStorage, storedNumbers } from '../core/number-store.ts';
import { poolTies, type TieBlocks } from '../numerics/tie-blocks.ts';
import type { TableRule } from './bin-options.ts';
import type { ReliabilityBins } from './bin-table.ts';
import { checkedSample, type Sample } from './checked-sample.ts';
import { type ClasswiseBins, classwiseBins } from './classwise-bins.ts';
import { sharedValues } from './computed-once.ts';
import { eceOfTable } from './ece-of-table.ts';
import { judgePieces, type LabelledRows } from './judge-pieces.ts';
import { meanOverRows } from './mean-over-rows.ts';
import {
  type BinaryView,
  checkBinaryView,
  type EventOptions,
  eventOptionNames,
  type ScoreOptions,
  scoreOptionNames,
} from './measure-options.ts';
import { judgePredictions, type RowScores, scoreRows } from './row-scores.ts';
import { type JudgedConfidences, tabulate } from './tabulate.ts';

/**
 * A checked sample with what several measures derive from it, each worked out once, when first asked for. All entries
 * of the registry compute on one of these.
 */
export interface MeasureSample extends Sample {
  readonly binary: BinaryView;
  /** Confidence, correctness, NLL and Brier score of each row. */
  readonly rowScores: () => RowScores;
  /** One probability and one outcome per row, as `binary` says. */
  readonly events: () => JudgedConfidences;
  /** The same, sorted, with equal probabilities pooled. */
  readonly blocks: () => TieBlocks;
  /** Confidences and correctness, sorted and pooled, whatever `binary` says. */
  readonly confidenceBlocks: () => TieBlocks;
  /** Mean of one of the row scores. */
  readonly mean: (of: keyof RowScores) => number;
  /** The reliability table of the events. */
  readonly table: (rule: TableRule) => ReliabilityBins;
  /** The table of each class's probability. */
  readonly classTables: (rule: TableRule) => readonly ReliabilityBins[];
  /** The expected calibration error of each class's probability, without the tables where they are not needed. */
  readonly classErrors: (rule: TableRule) => readonly number[];
  /** Anything else that several figures share: made at the first call under a key, kept for the others. */
  readonly shared: <Value>(key: string, make: () => Value) => Value;
}

/**
 * Checks scores, labels and weights once, for any number of measures.
 *
 * @param scores N×K probabilities or logits as `input` says; one column is the probability of class 1, or its logit.
 * @param labels N class indices, 0-based.
 * @throws CalibrationError `E_OPTION`, `E_TOO_FEW`, `E_PROB_RANGE`, `E_PROB_SUM`, `E_LOGIT_NAN`, `E_LOGIT_NEGINF`, or
 * one of the label and weight codes.
 *
 * @example
 * ```ts
 * import { measureByName, measureSample } from 'calibrant';
 *
 * const sample = measureSample([[0.9, 0.1], [0.3, 0.7]], [0, 0]);
 * assert.equal(measureByName('accuracy')?.compute(sample), 0.5);
 * ```
 */
export function measureSample(
  scores: MatrixInput,
  labels: LabelInput,
  options: EventOptions = {},
): MeasureSample {
  checkOptionNames(options, eventOptionNames);
  return readSample(scores, labels, options);
}

/** The border check of measures that take scores and weights and no more. */
export function scoredSample(scores: MatrixInput, labels: LabelInput, options: ScoreOptions): MeasureSample {
  checkOptionNames(options, scoreOptionNames);
  return readSample(scores, labels, options);
}

/** {@link measureSample} for a function that has checked its own, longer, list of option names. */
export function readSample(
  scores: MatrixInput,
  labels: LabelInput,
  { input = 'probabilities', weights, binary = 'confidence' }: EventOptions,
): MeasureSample {
  checkOneOf('input', input, ['logits', 'probabilities']);
  checkOneOf('binary', binary, ['confidence', 'positive']);
  return withDerived(checkedSample(scores, labels, weights, input), binary);
}

/** Parts of a {@link MeasureSample} that its maker has a shorter way to. */
export type KnownParts = Partial<
  Pick<MeasureSample, 'rowScores' | 'events' | 'blocks' | 'mean' | 'table' | 'classTables'>
>;

/** A checked sample with its derived values, for callers that already hold one. */
export function withDerived(
  sample: Sample,
  binary: BinaryView = 'confidence',
  known: KnownParts = {},
): MeasureSample {
  const { source, labels, weights } = sample;
  checkBinaryView(binary, source.classes);
  const rowScores = known.rowScores ?? once(() => scoreRows(source, labels));
  const confidences = once(() => ({
    ...(known.rowScores === undefined ? judgePredictions(source, labels) : known.rowScores()),
    weights,
  }));
  const events = binary === 'confidence' ? confidences : once(known.events ?? (() => positiveEvents(sample)));
  const pooled = (of: () => JudgedConfidences): (() => TieBlocks) =>
    once(() => poolTies(of().confidence, of().correct, weights));
  const isConfidence = binary === 'confidence';
  const knownBlocks = known.blocks === undefined ? undefined : once(known.blocks);
  const confidenceBlocks = (isConfidence ? knownBlocks : undefined) ?? pooled(confidences);
  const shared = sharedValues();
  const labelledRows = {
    source,
    labels: storedNumbers(labels),
    weights: weights === undefined ? undefined : storedNumbers(weights),
  };
  const {
    mean = (of) => meanOverRows(rowScores()[of], weights),
    table = (rule) => {
      const found = tabulate(events(), rule);
      return binary === 'confidence' ? found : { ...found, rule: { ...found.rule, binary } };
    },
    classTables = (rule) => tablesOfClasses(labelledRows, rule, memoryStorage),
  } = known;
  const tablesOf = (rule: TableRule) =>
    shared(`class tables ${JSON.stringify(rule)}`, () => classTables(rule));
  const classErrors = (rule: TableRule): readonly number[] =>
    known.classTables === undefined
      ? binsOfClasses(labelledRows, rule, memoryStorage).errors()
      : tablesOf(rule).map(eceOfTable);
  return {
    ...sample,
    binary,
    rowScores,
    events,
    blocks: isConfidence ? confidenceBlocks : (knownBlocks ?? pooled(events)),
    confidenceBlocks,
    mean: (of) => shared(`mean ${of}`, () => mean(of)),
    table: (rule) => shared(`table ${JSON.stringify(rule)}`, () => table(rule)),
    classTables: tablesOf,
    classErrors: (rule) => shared(`class errors ${JSON.stringify(rule)}`, () => classErrors(rule)),
    shared,
  };
}

/** The table of each class's probability; what has to be kept of all rows for it goes to storage. */
export function tablesOfClasses(
  rows: LabelledRows,
  rule: TableRule,
  storage: NumberStorage,
): readonly ReliabilityBins[] {
  return [...binsOfClasses(rows, rule, storage).tables()];
}

function binsOfClasses(rows: LabelledRows, rule: TableRule, storage: NumberStorage): ClasswiseBins {
  // Edges of equal mass need all probabilities again, class by class, and sort them.
  if (rule.scheme === 'equal-mass') rows.source.room?.take(16 * rows.source.rows * rows.source.classes);
  const bins = classwiseBins(rows, rule, storage);
  judgePieces(rows, 'predictions', bins, () => undefined);
  return bins;
}

function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

function positiveEvents({ source, labels, weights }: Sample): JudgedConfidences {
  const confidence = new Float64Array(source.rows);
  const correct = new Uint8Array(source.rows);
  const p = new Float64Array(2);
  for (let i = 0; i < source.rows; i += 1) {
    source.read(i, p);
    confidence[i] = p[1]!;
    correct[i] = labels[i]!;
  }
  return { confidence, correct, weights };
}
