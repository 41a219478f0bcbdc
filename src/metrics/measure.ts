import type { BinLayout } from './bin-options.ts';
import type { MeasureSample } from './measure-sample.ts';

/**
 * What a measure holds a model to. `confidence`: right as often as its confidence says, P(right | c) = c; with
 * `binary: 'positive'`, P(y = 1 | p) = p. `top-label`: the same given the predicted class too. `classwise`: every class
 * as often true as its own probability says. `canonical`: all probabilities of a row together. `none`: not calibration
 * alone. Canonical calibration implies the others, top-label implies confidence; confidence and classwise imply neither
 * the one nor the other.
 */
export type CalibrationNotion = 'confidence' | 'top-label' | 'classwise' | 'canonical' | 'none';

/** Groups in which measures are offered. */
export type MeasureFamily =
  | 'summary'
  | 'score'
  | 'binned'
  | 'debiased'
  | 'bin-free'
  | 'regression'
  | 'decomposition'
  | 'selective';

/** One figure that can be asked for by name. */
export interface Measure {
  /** Lower-case words joined by hyphens; unique. */
  readonly name: string;
  /** The name in a sentence or a table, with the usual abbreviation where one is unambiguous. */
  readonly title: string;
  readonly family: MeasureFamily;
  readonly notion: CalibrationNotion;
  /** Smallest and largest value it can take; the ends may be infinite. */
  readonly range: readonly [number, number];
  /** Which way is better; `target`: as near to `ideal` as possible. `none`: it describes and does not judge. */
  readonly better: 'lower' | 'higher' | 'target' | 'none';
  /** Its value under perfect calibration on endlessly many rows; `null` where that depends on more. */
  readonly ideal: number | null;
  /** Whether it is the share of the rows for which something holds: at 0 and at 1 resamples show no spread, and its interval is exact. */
  readonly isShare?: true;
  /** How time grows with the rows: `linear` with a sort at most, or `quadratic`. */
  readonly cost: 'linear' | 'quadratic';
  /** Whether it depends on the order of the rows. */
  readonly order: 'free' | 'of-rows';
  /**
   * The figure of a sample; `null` where it does not exist.
   *
   * @param layout Bins other than its own; measures without bins, or with a fixed scheme, pass over what they have no
   * use for.
   */
  readonly compute: (sample: MeasureSample, layout?: BinLayout) => number | null;
}
