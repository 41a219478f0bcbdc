import { equalWidthEdges } from '../numerics/binning.ts';
import type { TableRule } from './bin-options.ts';
import { BinSums } from './bin-sums.ts';
import type { ReliabilityBins } from './bin-table.ts';
import type { ProbabilityRows } from './probability-rows.ts';
import type { ClasswiseCollector, RowVisitor } from './row-scores.ts';
import { edgesBy } from './tabulate.ts';

/** A class's probabilities binned against how often the class is true, for all classes in one pass over the rows. */
export interface ClasswiseBins {
  /** To be called once per row, where there is no `collector`. */
  readonly visit?: RowVisitor;
  /** Sums to be added to block by block, which is quicker. */
  readonly collector?: ClasswiseCollector;
  /** One table per class, after the last row. */
  readonly tables: () => readonly ReliabilityBins[];
}

/** Sums per class and bin that a block may take: 96 MB. */
const mostPlaces = 4_000_000;

/**
 * Prepares the tables of all classes. Equal-mass edges depend on the values, so they take a pass and an N×K copy of
 * their own.
 */
export function classwiseBins(
  source: ProbabilityRows,
  labels: Int32Array,
  weights: Float64Array | undefined,
  rule: TableRule,
): ClasswiseBins {
  const { classes } = source;
  const bins = new BinSums(classEdges(source, weights, rule), rule);
  const tables = (): ReliabilityBins[] => Array.from({ length: classes }, (_, k) => bins.table(k));
  if (weights === undefined && rule.scheme === 'equal-width' && classes * rule.requested <= mostPlaces) {
    return { collector: collectorFor(bins, classes, rule), tables };
  }
  return {
    visit: (i, p) => {
      const weight = weights === undefined ? 1 : weights[i]!;
      const label = labels[i]!;
      for (let k = 0; k < classes; k += 1) bins.add(k, p[k]!, k === label, weight);
    },
    tables,
  };
}

function collectorFor(bins: BinSums, classes: number, { requested, closure }: TableRule): ClasswiseCollector {
  const places = classes * requested;
  const sums = {
    edges: equalWidthEdges(requested),
    isRightClosed: closure === 'right-closed',
    sums: new Float64Array(places),
    lost: new Float64Array(places),
    counts: new Int32Array(places),
    correct: new Int32Array(places),
  };
  return {
    sums,
    collect: (rows) => {
      for (let k = 0; k < classes; k += 1) {
        let first = rows;
        for (let bin = requested - 1; bin >= 0; bin -= 1) {
          const at = bin * classes + k;
          const count = bin === 0 ? first : sums.counts[at]!;
          first -= count;
          if (count === 0) continue;
          const correct = sums.correct[at]!;
          bins.addRows(k, bin, { count, correct, confidence: sums.sums[at]!, lost: sums.lost[at]! });
        }
      }
      for (const cells of [sums.sums, sums.lost, sums.counts, sums.correct]) cells.fill(0);
    },
  };
}

function classEdges(
  source: ProbabilityRows,
  weights: Float64Array | undefined,
  rule: TableRule,
): readonly Float64Array[] {
  const { rows, classes } = source;
  if (rule.scheme === 'equal-width') {
    return new Array<Float64Array>(classes).fill(edgesBy(rule, new Float64Array(0)));
  }
  const columns = Array.from({ length: classes }, () => new Float64Array(rows));
  const p = new Float64Array(classes);
  for (let i = 0; i < rows; i += 1) {
    source.read(i, p);
    for (let k = 0; k < classes; k += 1) columns[k]![i] = p[k]!;
  }
  return columns.map((column) => edgesBy(rule, column, weights));
}
