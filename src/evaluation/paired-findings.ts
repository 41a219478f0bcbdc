import { ifRoom, lend } from '../core/room.ts';
import type { MeasureSample } from '../metrics/measure-sample.ts';
import type { KnownMeasure, MeasureName } from '../metrics/registry.ts';
import { shiftOf } from './bootstrap-interval.ts';
import type { Change } from './evaluation.ts';
import { holmAdjusted } from './holm.ts';
import { type FindingOptions, isResampled, measuredOnce } from './measure-findings.ts';
import { judged } from './measure-intervals.ts';
import { type Resampling, resampling } from './resampling.ts';
import { layoutOf } from './sample-options.ts';
import { tailPValue } from './tail-p-value.ts';

/** A measure before and after calibration on the same rows. */
export interface PairedFinding {
  readonly name: MeasureName;
  readonly before: number | null;
  readonly after: number | null;
  /** `after − before`; `null` where one does not exist or is infinite. */
  readonly difference: number | null;
  readonly interval: readonly [number, number] | null;
  readonly standardError: number | null;
  /** Two-sided bootstrap p-value of no difference; see `tailPValue`. */
  readonly pValue: number | null;
  /** The p-value after Holm's correction over the measures, without those known, which have theirs. */
  readonly adjusted: number | null;
}

/**
 * The paired differences of all measures, each resampled as {@link isResampled} says.
 *
 * @param known Changes that were resampled before, by the name of their measure. They keep their corrected p-value, whichever
 * other measures there are.
 */
export function pairedFindings(
  [before, after]: readonly [MeasureSample, MeasureSample],
  chosen: readonly KnownMeasure[],
  options: FindingOptions,
  known: ReadonlyMap<MeasureName, Change> = new Map(),
): readonly PairedFinding[] {
  const drawn = chosen.filter((measure) => !known.has(measure.name) && isResampled(measure, before, options));
  const refused = new Set<KnownMeasure>();
  const layout = layoutOf(options);
  const gather = (each: Resampling['forEach']): number[][] => {
    const differences: number[][] = drawn.map(() => []);
    if (drawn.length === 0) return differences;
    each(([was, is]) => {
      for (const [at, measure] of drawn.entries()) {
        if (refused.has(measure)) continue;
        const pair = ifRoom(() => [measure.compute(was!, layout), measure.compute(is!, layout)] as const);
        if (pair === undefined) refused.add(measure);
        else if (pair[0] !== null && pair[1] !== null) differences[at]!.push(pair[1] - pair[0]);
      }
    });
    return differences;
  };
  const [resampled, left] = lend(before.source.room, () => {
    const { forEach, leaveOut } = resampling([before, after], drawn, options);
    return [gather(forEach), gather(options.method === 'bca' ? leaveOut : () => undefined)] as const;
  });
  const found = chosen.map((measure) => {
    const told = known.get(measure.name);
    if (told !== undefined) return knownFinding(measure.name, told);
    const at = refused.has(measure) ? -1 : drawn.indexOf(measure);
    const was = measuredOnce(measure, before, options).value;
    const is = measuredOnce(measure, after, options).value;
    const change = was === null || is === null ? null : is - was;
    const differences = resampled[at] ?? [];
    const { value, interval, standardError } = judged(change, differences, left[at] ?? [], options);
    return {
      name: measure.name,
      before: was,
      after: is,
      difference: value !== null && Number.isFinite(value) ? value : null,
      interval,
      standardError,
      pValue:
        interval === null
          ? null
          : pValueOf(
              differences,
              shiftOf(options.method, value!, Float64Array.from(differences)),
              value! / standardError!,
            ),
    };
  });
  const adjusted = holmAdjusted(found.map(({ name, pValue }) => (known.has(name) ? null : pValue)));
  return found.map((finding, at) => ({
    ...finding,
    adjusted: known.get(finding.name)?.adjusted ?? adjusted[at]!,
  }));
}

function knownFinding(name: MeasureName, change: Change): Omit<PairedFinding, 'adjusted'> {
  const { before, after, difference, interval, standardError, pValue } = change;
  return { name, before, after, difference, interval, standardError, pValue };
}

function pValueOf(differences: readonly number[], shift: number, deviations: number): number {
  const below = differences.filter((difference) => difference <= shift).length;
  const above = differences.filter((difference) => difference >= shift).length;
  return tailPValue(Math.min(below, above), differences.length, deviations);
}
