import type { ProgressListener } from '../core/cancellation.ts';
import { checkWhole } from '../core/checks.ts';
import { clusterNumbers } from '../core/cluster-numbers.ts';
import { distinctNotices, type Notice } from '../core/notices.ts';
import { heldWeights, type StoredSet } from '../core/stored-set.ts';
import { diagnose } from '../doctor/index.ts';
import { type BinLayout, readBinOptions } from '../metrics/bin-options.ts';
import { type BinaryView, checkBinaryView } from '../metrics/measure-options.ts';
import { type ProbabilityRows, probabilityRows, temperedRows } from '../metrics/probability-rows.ts';
import { bootstrapChanges } from './bootstrap.ts';
import { confidenceTest } from './confidence-test.ts';
import { isDoubt, withDoubt } from './doubt.ts';
import type { Evaluation, Judgement } from './evaluation.ts';
import { evaluationNotices } from './evaluation-notices.ts';
import { type FloorSide, floorSensitivity } from './floor-sensitivity.ts';
import { type JudgedRows, judgeRows } from './judge-rows.ts';
import { verdictOf } from './verdict.ts';

/** Options of every evaluation. Weights are the set's own; `level` is that of all intervals. */
export interface EvaluationOptions extends BinLayout {
  /**
   * Of two classes: the confidence against the accuracy, or the probability of class 1 against its frequency. Default
   * `confidence`; `positive` needs two classes.
   */
  readonly binary?: BinaryView;
  /**
   * N names of clusters, such as patients, whose rows depend on one another: the test, the direction and the intervals of
   * the changes then take clusters, not rows, to be independent. Default: rows are independent.
   */
  readonly clusters?: ArrayLike<string | number>;
  /** Bootstrap resamples, a whole number 100..100000. Default 1000. */
  readonly resamples?: number;
  /** Seed of everything random, a whole number. Default 1. */
  readonly seed?: number;
  /**
   * Warnings about the set, which the evaluation repeats. Default: those of its loader, and those of `diagnose` that
   * cast doubt on what the numbers are.
   */
  readonly notices?: readonly Notice[];
  readonly signal?: AbortSignal;
  /** Called with the resamples done. */
  readonly onProgress?: ProgressListener;
}

/** Names of {@link EvaluationOptions}. */
export const evaluationOptionNames: readonly string[] = [
  'bins',
  'scheme',
  'edges',
  'level',
  'interval',
  'binary',
  'clusters',
  'resamples',
  'seed',
  'notices',
  'signal',
  'onProgress',
];

/** The calibrated side of a comparison. */
export interface Calibrated {
  readonly source: ProbabilityRows;
  readonly judgement: Judgement;
  readonly temperature: number | null;
  readonly foldTemperatures: readonly number[] | null;
  readonly savedTemperature: number | null;
  /** The same at other floors, where one raised probabilities. */
  readonly floors?: readonly FloorSide[];
}

/** Judges a set as it came and, where given, its calibrated side; both on the same rows and bins. */
export function judgeChange(
  set: StoredSet,
  calibrated: Calibrated | null,
  options: EvaluationOptions,
  optionNames: readonly string[],
): Evaluation {
  const rule = readBinOptions(options, optionNames);
  const { resamples = 1000, seed = 1, binary = 'confidence', signal, onProgress } = options;
  checkWhole('resamples', resamples, 100, 100_000);
  checkWhole('seed', seed, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
  checkBinaryView(binary, set.scores.columns);
  const { labels, weights, storage } = set;
  const clusters =
    options.clusters === undefined
      ? undefined
      : { names: options.clusters, ...clusterNumbers(options.clusters, set.scores.rows, heldWeights(set)) };
  const asTheyCame = set.kind === 'probabilities' ? probabilityRows(set.scores) : temperedRows(set, 1);
  const judged = (source: ProbabilityRows): JudgedRows =>
    judgeRows({ source, labels, weights }, rule, storage, binary, clusters?.numberOf);
  const before = judged(asTheyCame);
  const after = calibrated === null ? null : judged(calibrated.source);
  const { level } = rule;
  const drawing = { resamples, seed, level, signal, onProgress, clusterOf: clusters?.numberOf };
  const bootstrapped = after === null ? null : bootstrapChanges(before, after, drawing);
  const changes = bootstrapped?.changes ?? null;
  const sides = calibrated?.floors ?? [];
  const own = set.treatment?.floor?.value;
  const floors =
    changes === null || own === undefined || sides.length === 0
      ? undefined
      : floorSensitivity(own, sides, (then, now) => {
          const quiet = { ...drawing, onProgress: undefined };
          return bootstrapChanges(judged(then), judged(now), quiet).changes.nll;
        });
  const temperature = calibrated?.temperature ?? null;
  const foldTemperatures = calibrated?.foldTemperatures ?? null;
  const known = options.notices ?? noticesOf(set);
  const found = evaluationNotices({
    set,
    before: before.figures,
    changes,
    temperature: calibrated?.savedTemperature ?? temperature,
    foldTemperatures: foldTemperatures ?? [],
    confidence: before.rows.confidence,
  });
  const findings = {
    judgement: calibrated?.judgement ?? 'uncalibrated',
    rows: set.scores.rows,
    classes: set.scores.columns,
    classNames: set.classNames,
    input: set.kind,
    binary,
    before: before.figures,
    after: after?.figures ?? null,
    changes,
    bootstrap: bootstrapped?.record ?? null,
    temperature,
    foldTemperatures,
    savedTemperature: calibrated?.savedTemperature ?? null,
    test: confidenceTest(set, before.figures, clusters, signal),
    notices: distinctNotices([...known, ...found]),
    ...(floors === undefined ? {} : { floorSensitivity: floors }),
  };
  return { ...findings, verdict: withDoubt(verdictOf(findings), known) };
}

/** What the loader warned about, and the doubts that the numbers cast. */
function noticesOf(set: StoredSet): readonly Notice[] {
  return [...(set.notices ?? []), ...diagnose(set).filter(isDoubt)];
}
