import { CalibrationError } from '../core/errors.ts';
import { foundText, isPlainObject } from '../core/found-text.ts';
import type { LabelInput } from '../core/labels.ts';
import type { MatrixInput } from '../core/matrix.ts';
import { type MeasureSample, readSample } from '../metrics/measure-sample.ts';
import type { MeasureName } from '../metrics/registry.ts';
import { shiftOf } from './bootstrap-interval.ts';
import { holmAdjusted } from './holm.ts';
import { judged } from './measure-intervals.ts';
import { resampling } from './resampling.ts';
import {
  layoutOf,
  measuresNamed,
  type ResampledOptions,
  readResampling,
  usualMeasures,
} from './sample-options.ts';

/** One set of scores against the baseline in one measure. */
export interface MeasureComparison {
  /** Name of the set of scores. */
  readonly candidate: string;
  readonly name: MeasureName;
  readonly baseline: number | null;
  readonly value: number | null;
  /** `value − baseline`; `null` where one does not exist or is infinite. */
  readonly difference: number | null;
  /** Interval of the difference. */
  readonly interval: readonly [number, number] | null;
  readonly standardError: number | null;
  /**
   * Two-sided bootstrap p-value of no difference: twice the share of resamples on the far side of 0, one resample added
   * to either side, the resamples placed as for the interval.
   */
  readonly pValue: number | null;
  /** The p-value after Holm's correction over the candidates, for each measure. */
  readonly adjusted: number | null;
}

/**
 * Compares several sets of scores with a baseline on the same rows, such as several calibrators with no calibrator: the
 * interval and the test of every difference, paired by resampling rows once for all of them.
 *
 * @param baseline N×K probabilities, or logits as `input` says.
 * @param candidates Scores of the same kind for the same rows, by name.
 * @param labels N class indices, 0-based.
 * @returns One comparison per candidate and measure, candidates in turn.
 * @throws CalibrationError `E_OPTION`, `E_ABORTED`, `E_SHAPE`, `E_PROB_RANGE`, `E_PROB_SUM`, `E_LOGIT_NAN`,
 * `E_LOGIT_NEGINF`, or one of the label and weight codes.
 *
 * The other way round, differences and their intervals have the other sign and are the same but for rounding.
 *
 * Cost: that of `measureIntervals` for each set of scores.
 *
 * @example
 * ```ts
 * import { compareMeasures } from 'calibrant';
 *
 * // 0.95 sure and right four times in five; 0.8 is better.
 * const rows = (p: number) => Array.from({ length: 200 }, () => [p, 1 - p]);
 * const labels = rows(0.95).map((_, i) => (i % 5 === 0 ? 1 : 0));
 * const [nll] = compareMeasures(rows(0.95), { softer: rows(0.8) }, labels, { measures: ['negative-log-likelihood'] });
 * assert.ok(nll!.interval![1] < 0 && nll!.adjusted! < 0.05);
 * ```
 */
export function compareMeasures(
  baseline: MatrixInput,
  candidates: Readonly<Record<string, MatrixInput>>,
  labels: LabelInput,
  options: ResampledOptions = {},
): readonly MeasureComparison[] {
  const plan = readResampling(options);
  const chosen = measuresNamed(options.measures ?? usualMeasures);
  if (!isPlainObject(candidates)) {
    throw new CalibrationError('E_OPTION', {
      what: `the candidates are ${foundText(candidates)}, expected an object of scores by name`,
      value: candidates,
    });
  }
  const names = Object.keys(candidates);
  if (names.length === 0)
    throw new CalibrationError('E_OPTION', { what: 'no candidate is given to compare' });
  const first = readSample(baseline, labels, options);
  const others = names.map((name): MeasureSample => readSample(candidates[name]!, labels, options));
  const layout = layoutOf(options);
  const { forEach, leaveOut } = resampling([first, ...others], chosen, { ...options, ...plan });

  const gather = (each: typeof forEach): number[][][] => {
    const differences: number[][][] = names.map(() => chosen.map(() => []));
    each(([base, ...rest]) => {
      for (const [m, { compute }] of chosen.entries()) {
        const from = compute(base!, layout);
        for (const [c, sample] of rest.entries()) {
          const to = compute(sample, layout);
          if (from !== null && to !== null) differences[c]![m]!.push(to - from);
        }
      }
    });
    return differences;
  };
  const drawn = gather(forEach);
  const left = gather(plan.method === 'bca' ? leaveOut : () => undefined);

  const found = names.flatMap((candidate, c) =>
    chosen.map(({ name, compute }, m) => {
      const [from, to] = [compute(first, layout), compute(others[c]!, layout)];
      const change = from === null || to === null ? null : to - from;
      const differences = drawn[c]![m]!;
      const { value, interval, standardError } = judged(change, differences, left[c]![m]!, plan);
      const difference = value !== null && Number.isFinite(value) ? value : null;
      const pValue =
        interval === null
          ? null
          : pValueOf(differences, shiftOf(plan.method, value!, Float64Array.from(differences)));
      return { candidate, name, baseline: from, value: to, difference, interval, standardError, pValue };
    }),
  );
  return found.map((comparison) => {
    const family = found.filter(({ name }) => name === comparison.name);
    const adjusted = holmAdjusted(family.map(({ pValue }) => pValue));
    return { ...comparison, adjusted: adjusted[family.indexOf(comparison)]! };
  });
}

function pValueOf(differences: readonly number[], shift: number): number {
  const below = differences.filter((difference) => difference <= shift).length;
  const above = differences.filter((difference) => difference >= shift).length;
  return Math.min(1, (2 * (1 + Math.min(below, above))) / (1 + differences.length));
}
