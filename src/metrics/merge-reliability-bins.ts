import { CalibrationError } from '../core/errors.ts';
import { wilsonInterval } from '../numerics/wilson-interval.ts';
import type { ReliabilityBin, ReliabilityBins } from './bin-table.ts';

/**
 * One table of all rows from the tables of parts of them, made apart: for streams and for rows spread over machines.
 *
 * Only tables of the same edges can be merged, which equal-width tables of the same rule are. Counts and, without
 * weights, their sums are exact; means carry one rounding per merge. Calibration errors must never be averaged over
 * parts: merge the tables and take the error of the whole.
 *
 * @param tables One or more tables of the same rule, level and edges.
 * @returns The table of all rows, with intervals of the merged counts.
 * @throws CalibrationError `E_BINS` when there is no table or two differ in their edges, rule or level.
 *
 * @example
 * ```ts
 * import { eceOfBins, mergeReliabilityBins, reliabilityBins } from 'calibrant';
 *
 * const rows = [[0.75, 0.25], [0.75, 0.25], [0.25, 0.75], [0.5, 0.5]];
 * const labels = [0, 1, 1, 1];
 * const parts = [0, 2].map((at) => reliabilityBins(rows.slice(at, at + 2), labels.slice(at, at + 2)));
 * assert.equal(eceOfBins(mergeReliabilityBins(parts)), eceOfBins(reliabilityBins(rows, labels)));
 * ```
 */
export function mergeReliabilityBins(tables: readonly ReliabilityBins[]): ReliabilityBins {
  const [first] = tables;
  if (first === undefined) throw new CalibrationError('E_BINS', { what: 'there is no table to merge' });
  tables.forEach((table, at) => {
    if (!sameEdges(first, table)) {
      throw new CalibrationError('E_BINS', {
        what: `table ${at} differs from table 0 in its rule, level or edges; only tables of the same edges can be merged`,
      });
    }
  });
  return tables.slice(1).reduce(mergeTwo, first);
}

function mergeTwo(one: ReliabilityBins, other: ReliabilityBins): ReliabilityBins {
  const { rule, level } = one;
  return {
    rule,
    bins: one.bins.map((bin, b) => mergeBins(bin, other.bins[b]!, level)),
    count: one.count + other.count,
    totalWeight: one.totalWeight + other.totalWeight,
    level,
  };
}

function sameEdges(one: ReliabilityBins, other: ReliabilityBins): boolean {
  return (
    one.level === other.level &&
    one.rule.scheme === other.rule.scheme &&
    one.rule.closure === other.rule.closure &&
    one.rule.binary === other.rule.binary &&
    one.bins.length === other.bins.length &&
    one.bins.every(({ low, high }, b) => low === other.bins[b]!.low && high === other.bins[b]!.high)
  );
}

function mergeBins(one: ReliabilityBin, other: ReliabilityBin, level: number): ReliabilityBin {
  const count = one.count + other.count;
  if (other.accuracy === null) return { ...one, count };
  if (one.accuracy === null) return { ...other, count };
  const weight = one.weight + other.weight;
  const mean = (a: number, b: number): number => (one.weight * a + other.weight * b) / weight;
  const confidence = mean(one.confidence!, other.confidence!);
  const accuracy = Math.min(mean(one.accuracy, other.accuracy), 1);
  const rows = (weight * weight) / (squaredWeights(one, level) + squaredWeights(other, level));
  return {
    ...one,
    count,
    weight,
    confidence,
    accuracy,
    gap: accuracy - confidence,
    interval: wilsonInterval(accuracy * rows, rows, level),
  };
}

/** Sum of the squared weights of a bin's rows, Σw² = (Σw)²/effective rows. */
function squaredWeights(bin: ReliabilityBin, level: number): number {
  return (bin.weight * bin.weight) / effectiveRows(bin, level);
}

/**
 * The rows that a bin's Wilson interval was worked out with. Its half width h satisfies h²(1 + t)² = t·a(1 − a) + t²/4
 * with t = z²/n for accuracy a, and z² is known from the interval of one row.
 */
function effectiveRows({ count, accuracy, interval }: ReliabilityBin, level: number): number {
  const [low, high] = interval!;
  const plain = wilsonInterval(accuracy! * count, count, level);
  if (low === plain[0] && high === plain[1]) return count;
  const half = (high - low) / 2;
  const linear = accuracy! * (1 - accuracy!) - 2 * half * half;
  const root = Math.sqrt(linear * linear + (1 - 4 * half * half) * half * half);
  const t = linear > 0 ? (2 * half * half) / (linear + root) : (root - linear) / (2 * (0.25 - half * half));
  // No success in one row has the interval [0, z²/(1 + z²)].
  const end = wilsonInterval(0, 1, level)[1];
  return end / (1 - end) / t;
}
