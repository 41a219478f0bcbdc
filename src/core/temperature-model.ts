import type { CalibratorModel } from './calibrator-model.ts';
import type { WeightKind } from './scored-set.ts';

/**
 * How a temperature fit ended.
 *
 * - `converged`: the unique optimum, certified by the sign change of the slope inside `certificate.bracket`.
 * - `at-bound`: the optimum lies outside the bounds asked for, or the doubles; `temperature` is the nearer bound.
 * - `separable`: every row is already predicted correctly, so the best T runs to 0. No temperature.
 * - `no-signal`: the scores do not favour the true labels, so the best T runs to infinity. No temperature.
 * - `constant`: all scores are equal within every row, so T has no effect. No temperature.
 * - `budget`: the evaluation budget ended before the slope met its tolerance; `temperature` is the best point seen.
 */
export type TemperatureStatus = 'converged' | 'at-bound' | 'separable' | 'no-signal' | 'constant' | 'budget';

/**
 * Evidence that the temperature is the optimum. Slope and curvature are those of the mean NLL as a function of
 * u = ln(1/T), so they do not depend on the scale of the scores; over β = 1/T they are T and T² times as large.
 */
export interface TemperatureCertificate {
  /** dNLL/du at the temperature, nats, by compensated summation; 0 but for rounding. */
  readonly slope: number;
  /** d²NLL/du² at the temperature, > 0. */
  readonly curvature: number;
  /** Temperatures `[low, high]` between which the slope changes sign; equal where it is exactly 0. */
  readonly bracket: readonly [number, number];
  /** Condition number of T: how much rounding in the slope is magnified. Error of T ≤ max(1e-12, 16·2^-52·kappa). */
  readonly kappa: number;
  /** Full passes over the data up to the optimum, that at T = 1 included. */
  readonly evaluations: number;
  /** L-BFGS iterations and Newton steps together. */
  readonly iterations: number;
}

/**
 * How sure the temperature is: from the likelihood where rows count as they are, else with the deviance scaled to the
 * sandwich estimate of the variance.
 */
export interface TemperatureUncertainty {
  /**
   * `robust`: standard error, intervals and test use the sandwich estimate of the variance, as importance weights and
   * clusters ask for. Absent: the observed information.
   */
  readonly variance?: 'robust';
  /** Standard error of T by the delta method. */
  readonly standardError: number;
  /** Coverage of the intervals, 0.95 by default. */
  readonly level: number;
  /** `exp(ln T ∓ z·se(ln T))`, the upper end cut at the largest double. */
  readonly waldInterval: readonly [number, number];
  /**
   * Profile likelihood {T: 2n(L(T) − L*) ≤ χ²₁}, with importance weights or clusters n that of the scaled deviance; an end is `null` where the likelihood never falls
   * that low.
   */
  readonly profileInterval: readonly [number | null, number | null];
  /**
   * Likelihood-ratio test of T = 1: statistic ~ χ²₁ under the hypothesis, with clusters ~ F(1, their effective number − 1).
   */
  readonly likelihoodRatio: { readonly statistic: number; readonly pValue: number };
}

/** A fitted temperature: the record `fitTemperature` returns. Plain data, safe to store and to send. */
export interface TemperatureModel extends CalibratorModel {
  readonly type: 'temperature';
  readonly status: TemperatureStatus;
  /** One sentence on the outcome, in the form of an error text for the statuses without a temperature. */
  readonly message: string;
  /** T > 0, or `null` where the status admits none. */
  readonly temperature: number | null;
  /** Rows fitted on: those of positive weight. */
  readonly rows: number;
  /** Sum of the weights, equal to `rows` when unweighted. */
  readonly totalWeight: number;
  /** What the weights mean; absent without weights. */
  readonly weightKind?: WeightKind;
  /** (Σw)²/Σw² of importance weights: as many rows of equal weight would say as much. */
  readonly effectiveRows?: number;
  /** Number of clusters of rows, where they were given. */
  readonly clusters?: number;
  /** Mean NLL of softmax(z/T) in nats per row at T = 1 and at the fitted T. */
  readonly nll: { readonly before: number; readonly after: number | null };
  /** `null` without an interior optimum. */
  readonly certificate: TemperatureCertificate | null;
  /** `null` without an interior optimum, or where its figures lie beyond the doubles. */
  readonly uncertainty: TemperatureUncertainty | null;
}
