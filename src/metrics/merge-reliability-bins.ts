import { CalibrationError } from '../core/errors.ts';
import { foundText, isList } from '../core/found-text.ts';
import { type BinIntervalRule, binInterval } from './bin-interval.ts';
import type { ReliabilityBin, ReliabilityBins } from './bin-table.ts';
import { checkTable } from './check-table.ts';
import { effectiveRowsOf } from './effective-rows.ts';

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
  if (!isList(tables)) {
    throw new CalibrationError('E_RECORD', {
      what: `the tables to merge are ${foundText(tables)}, expected a list`,
      value: tables,
    });
  }
  for (const table of tables) checkTable(table);
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
  const intervals = { ...rule, level };
  return {
    rule,
    bins: one.bins.map((bin, b) => mergeBins(bin, other.bins[b]!, intervals)),
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
    one.rule.interval === other.rule.interval &&
    one.bins.length === other.bins.length &&
    one.bins.every(({ low, high }, b) => low === other.bins[b]!.low && high === other.bins[b]!.high)
  );
}

function mergeBins(one: ReliabilityBin, other: ReliabilityBin, rule: BinIntervalRule): ReliabilityBin {
  const count = one.count + other.count;
  if (other.accuracy === null) return withIdle(one, other.count);
  if (one.accuracy === null) return withIdle(other, one.count);
  const weight = one.weight + other.weight;
  const mean = (a: number, b: number): number => (one.weight * a + other.weight * b) / weight;
  const confidence = mean(one.confidence!, other.confidence!);
  const accuracy = Math.min(mean(one.accuracy, other.accuracy), 1);
  const isPlain = one.effectiveRows === undefined && other.effectiveRows === undefined;
  const effectiveRows = (weight * weight) / (squaredWeights(one) + squaredWeights(other));
  return {
    ...one,
    count,
    weight,
    confidence,
    accuracy,
    gap: accuracy - confidence,
    interval: binInterval(accuracy, effectiveRows, rule),
    ...(isPlain ? {} : { effectiveRows }),
  };
}

/** A bin with so many rows more that weigh nothing. */
function withIdle(bin: ReliabilityBin, idle: number): ReliabilityBin {
  if (idle === 0) return bin;
  return bin.weight === 0
    ? { ...bin, count: bin.count + idle }
    : { ...bin, count: bin.count + idle, effectiveRows: effectiveRowsOf(bin) };
}

/** Sum of the squared weights of a bin's rows, Σw² = (Σw)²/effective rows. */
function squaredWeights(bin: ReliabilityBin): number {
  return (bin.weight * bin.weight) / effectiveRowsOf(bin);
}
