import type { TableRule } from './bin-options.ts';
import { BinSums } from './bin-sums.ts';
import type { ReliabilityBins } from './bin-table.ts';
import type { ProbabilityRows } from './probability-rows.ts';
import type { RowVisitor } from './row-scores.ts';
import { edgesBy } from './tabulate.ts';

/** A class's probabilities binned against how often the class is true, for all classes in one pass over the rows. */
export interface ClasswiseBins {
  /** To be called once per row. */
  readonly visit: RowVisitor;
  /** One table per class, after the last row. */
  readonly tables: () => readonly ReliabilityBins[];
}

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
  const sums = new BinSums(classEdges(source, weights, rule), rule);
  return {
    visit: (i, p) => {
      const weight = weights === undefined ? 1 : weights[i]!;
      const label = labels[i]!;
      for (let k = 0; k < classes; k += 1) sums.add(k, p[k]!, k === label, weight);
    },
    tables: () => Array.from({ length: classes }, (_, k) => sums.table(k)),
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
