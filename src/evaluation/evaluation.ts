import type { TemperatureTest } from '../calibrators/temperature-test.ts';
import type { Notice } from '../core/notices.ts';
import type { ScoreKind } from '../core/scored-set.ts';
import type { BinaryView } from '../metrics/measure-options.ts';
import type { ReliabilityBins } from '../metrics/reliability-bins.ts';

/** The figures of one set of probabilities against its labels. */
export interface Figures {
  /** Mean negative log-likelihood, nats per row; `null` when a true class has probability 0 (the NLL is infinite). */
  readonly nll: number | null;
  /** Rows whose true class has probability 0. */
  readonly infiniteRows: number;
  /** Multiclass Brier score Σ_k (p_k − 1[y = k])², mean over rows, 0..2. */
  readonly brier: number;
  readonly accuracy: number;
  /** What the confidences should equal on average: the accuracy, or in the positive view the share of class 1. */
  readonly frequency: number;
  /** Mean confidence; in the positive view the mean probability of class 1. */
  readonly meanConfidence: number;
  /** Standard error of `frequency − meanConfidence` over the rows. */
  readonly gapError: number;
  /** Expected calibration error under `reliability.rule`. */
  readonly ece: number;
  /**
   * The ECE that sampling noise alone would give a perfectly calibrated classifier of the same confidences and bins, by a
   * normal approximation for independent rows; with clusters it is too small, and no report shows it.
   */
  readonly eceNoise: number;
  /** An ECE such a classifier seldom exceeds: its mean plus two standard deviations. */
  readonly eceNoiseLimit: number;
  /** Debiased ECE of the same bins: an estimate of the ECE in the infinite-sample limit, never below 0. */
  readonly eceDebiased: number;
  /** Largest |gap| over the non-empty bins of the same table. */
  readonly mce: number;
  /** Top-label ECE on as many equal-mass bins. */
  readonly eceEqualMass: number;
  /** Equal-mass bins that could be made without splitting a tie; at most the number asked for. */
  readonly equalMassBins: number;
  /** Class-wise ECE, mean over classes, same rule. */
  readonly classwiseEce: number;
  /** Class-wise ECE of each class, in class order. */
  readonly classwise: readonly number[];
  readonly reliability: ReliabilityBins;
  /**
   * Counts of confidence in 20 equal-width bins over 0..1: all rows and the correct ones. In the positive view counts of
   * the probability of class 1: all rows and those of class 1.
   */
  readonly confidenceHistogram: { readonly all: readonly number[]; readonly correct: readonly number[] };
}

/** A change (after − before) with its paired bootstrap interval. */
export interface Change {
  readonly before: number | null;
  readonly after: number | null;
  /** `after − before`, `null` when either is. */
  readonly difference: number | null;
  /** Centred bootstrap interval of the difference, which it holds; `null` when there is no difference. */
  readonly interval: readonly [number, number] | null;
  /** The corrected p-value does not reject: the data do not show a change. */
  readonly withinNoise: boolean;
  /** Standard deviation over the resamples. */
  readonly standardError: number | null;
  /** Two-sided bootstrap p-value of no difference. */
  readonly pValue: number | null;
  /**
   * The p-value after correction: the NLL's own, as it is the primary outcome (the Brier score's where the NLL is infinite),
   * and Holm's over the others.
   */
  readonly adjusted: number | null;
}

/** How the figures were judged. */
export type Judgement =
  /** On a set other than the one fitted, by its hash: single rows are not compared. */
  | 'held-out'
  /** Each row by a calibrator fitted on the other folds. */
  | 'cross-fitted'
  /** On the rows it was fitted on: optimistic. */
  | 'same-rows'
  /** There is no calibrator: scores as they came. */
  | 'uncalibrated';

/** How the intervals of the changes were made. */
export interface BootstrapRecord {
  readonly resamples: number;
  readonly seed: number;
  /** Coverage of the intervals. */
  readonly level: number;
  /**
   * `rows`: rows drawn with replacement. `clusters`: clusters of rows. `normal-limit`: the resampled sums drawn from their
   * normal limit, for many rows.
   */
  readonly method: 'rows' | 'clusters' | 'normal-limit';
}

/** One set of scores judged: as they came, and, where there is a calibrator, after it. */
export interface Evaluation {
  readonly judgement: Judgement;
  readonly rows: number;
  readonly classes: number;
  readonly classNames: readonly string[];
  readonly input: ScoreKind;
  /** What bins, ECE, MCE, gap and mean confidence hold against what; accuracy and losses do not depend on it. */
  readonly binary: BinaryView;
  readonly before: Figures;
  readonly after: Figures | null;
  readonly changes: {
    readonly nll: Change;
    readonly brier: Change;
    /** Of the plug-in ECE: noise is part of both sides. */
    readonly ece: Change;
    /** Of the debiased ECE. Its interval is for the change in the infinite-sample limit, in the same bins. */
    readonly eceDebiased: Change;
  } | null;
  readonly bootstrap: BootstrapRecord | null;
  /** Temperature used, when the calibrator is one temperature for all rows (`null` otherwise or without one). */
  readonly temperature: number | null;
  /** Temperature of each fold when cross-fitted. */
  readonly foldTemperatures: readonly number[] | null;
  /** Temperature that is saved: the one applied or, when cross-fitted, that of all rows where it is known. */
  readonly savedTemperature: number | null;
  /** Test of over- and underconfidence of the uncalibrated scores, on the rows evaluated. */
  readonly test: ConfidenceTest;
  readonly notices: readonly Notice[];
  /** How the temperature and its gain depend on the floor; absent unless a floor raised cells and a temperature was applied. */
  readonly floorSensitivity?: FloorSensitivity;
  readonly verdict: Verdict;
}

/** The temperature and the change of the NLL at floors below and above the one in use. */
export interface FloorSensitivity {
  /** The floor in use. */
  readonly floor: number;
  /** By floor, ascending: a tenth of it, the floor itself, ten times it. */
  readonly points: readonly FloorPoint[];
  /**
   * Whether the floor decides the result: among the points T lies on both sides of 1 or does not exist, or the change of the NLL
   * differs in sign or in being beyond noise. The change is then not called an improvement.
   */
  readonly isDecisive: boolean;
}

/** What one floor would give. */
export interface FloorPoint {
  readonly floor: number;
  /** T fitted with this floor, or `null` where there is none. */
  readonly temperature: number | null;
  /**
   * Change of the NLL from softmax(ln p) to softmax(ln p/T) of the evaluated rows with this floor; `null` where there is no T.
   * Raised rows sum to more than 1, so `before` is not the NLL of the rows as they are.
   */
  readonly nll: Change | null;
}

/** A test of over- and underconfidence: of T = 1, which sees what one temperature could correct. */
export interface ConfidenceTest {
  /**
   * `gap`: accuracy against mean confidence, where the NLL is infinite, so that no likelihoods can be compared, or there is
   * one row. The others are those of `temperatureTest`.
   */
  readonly method: TemperatureTest['method'] | 'gap';
  /** ~ χ²₁ under the hypothesis, ≥ 0. */
  readonly statistic: number;
  readonly degreesOfFreedom: 1;
  readonly pValue: number;
  /** The best temperature of the rows evaluated, `null` where none is finite and above 0 or `method` is `gap`. */
  readonly temperature: number | null;
  /** What the statistic points to, whether beyond noise or not. */
  readonly direction: 'overconfident' | 'underconfident' | 'none';
  /** Number of clusters taken to be independent, `null` where rows are. */
  readonly clusters: number | null;
}

/** The plain-words answer. */
export interface Verdict {
  /**
   * - `improved`: a loss fell by more than noise, and the test does not speak against it.
   * - `uncertain`: the test and the change do not settle what scaling gains.
   * - `unchanged`: no sign of miscalibration, and the change is within noise.
   * - `worse`: the loss, or the debiased ECE alone, rose by more than noise.
   * - `as-is`: nothing was applied; the sentence describes the uncalibrated scores.
   * - `in-doubt`: the numbers look like another kind than was declared, so nothing is claimed of them.
   */
  readonly outcome: 'improved' | 'uncertain' | 'unchanged' | 'worse' | 'as-is' | 'in-doubt';
  /** What `test` finds of the uncalibrated scores beyond sampling noise; `balanced` where it finds nothing. */
  readonly direction: 'overconfident' | 'underconfident' | 'balanced';
  /** One line: whether the scores are miscalibrated, and what scaling gains. */
  readonly headline: string;
  /** Further sentences: the test, the changes with their intervals, what is left, how it was evaluated. */
  readonly details: readonly string[];
  /** The test behind the headline. */
  readonly test: ConfidenceTest;
}
