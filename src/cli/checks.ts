import type { FindingOptions, MeasureFinding } from '../evaluation/measure-findings.ts';
import { measureByName } from '../metrics/index.ts';
import { levelText } from '../report/format-number.ts';
import { labelOf } from '../report/measure-labels.ts';
import { writingOf } from '../report/measure-writing.ts';
import type { Bound, Limit } from './check-options.ts';

/** A limit with the figure that was held against it. */
export interface Check extends Limit {
  readonly bound: Bound;
  readonly value: number | null;
  /** The figure compared: the value, or an end of its interval; `null` where it does not exist. */
  readonly compared: number | null;
  readonly passed: boolean;
}

/**
 * Holds every limit against its measure. A figure that does not exist keeps no limit. The lower end is that of the interval in
 * the infinite-sample limit, so that the noise of a calibration error breaches no limit; the upper end keeps that noise.
 */
export function checksOf(
  limits: readonly Limit[],
  findings: readonly MeasureFinding[],
  bound: Bound,
): readonly Check[] {
  return limits.map(({ name, side, limit }) => {
    const { value, interval, population } = findings.find((finding) => finding.name === name)!;
    const compared = { point: value, lower: population?.[0] ?? null, upper: interval?.[1] ?? null }[bound];
    const passed = compared !== null && (side === 'max' ? compared <= limit : compared >= limit);
    return { name, side, limit, bound, value, compared, passed };
  });
}

/** A check on one line: `FAILED  ECE 7.45 % is above 3.00 %`. */
export function checkLine(
  { name, side, limit, bound, value, compared, passed }: Check,
  { level, binary = 'confidence' }: Pick<FindingOptions, 'level' | 'binary'>,
): string {
  const write = writingOf(name);
  const outcome = passed ? 'passed' : 'FAILED';
  const subject = `${labelOf(name, binary)} ${write.value(value)}`;
  const end =
    bound === 'point'
      ? ''
      : `, ${endNamed(name, bound)} of its ${levelText(level)} interval ${write.value(compared)},`;
  if (compared === null) {
    const missing = bound === 'point' || value === null ? 'it does not exist' : 'there is no interval';
    return `${outcome}  ${subject}: ${missing}, so it cannot keep the limit ${write.value(limit)}`;
  }
  const relation =
    side === 'max' ? (passed ? 'is not above' : 'is above') : passed ? 'is not below' : 'is below';
  return `${outcome}  ${subject}${end} ${relation} ${write.value(limit)}`;
}

function endNamed(name: Check['name'], bound: 'lower' | 'upper'): string {
  const { better, ideal } = measureByName(name)!;
  return bound === 'lower' && better === 'lower' && ideal === 0 ? 'lower end without noise' : `${bound} end`;
}
