import { type NumberStorage, storedNumbers } from '../core/number-store.ts';
import { equalWidthEdges } from '../numerics/binning.ts';
import type { TableRule } from './bin-options.ts';
import { BinSums } from './bin-sums.ts';
import type { ReliabilityBins } from './bin-table.ts';
import { classProbabilities } from './class-probabilities.ts';
import type { ClasswiseCollector, LabelledRows, RowExtras } from './judge-pieces.ts';
import { edgesBy } from './tabulate.ts';

/** A class's probabilities binned against how often the class is true, for all classes in one pass over the rows. */
export interface ClasswiseBins extends RowExtras {
  /** One table per class, after the last row; each is made when it is its turn. */
  readonly tables: () => Iterable<ReliabilityBins>;
  /** The expected calibration error of each. */
  readonly errors: () => readonly number[];
}

/** Sums per class and bin that a block may take: 96 MB. */
const mostPlaces = 4_000_000;

/**
 * Prepares the tables of all classes. Equal-mass edges depend on the values, so they take a pass and an N×K copy of
 * their own, in storage.
 */
export function classwiseBins(sample: LabelledRows, rule: TableRule, storage: NumberStorage): ClasswiseBins {
  const { source, weights } = sample;
  const { classes } = source;
  const bins = new BinSums(classEdges(sample, rule, storage), rule);
  const tables = function* (): Iterable<ReliabilityBins> {
    for (let k = 0; k < classes; k += 1) yield bins.table(k);
  };
  const errors = (): readonly number[] => Array.from({ length: classes }, (_, k) => bins.error(k));
  if (weights === undefined && rule.scheme === 'equal-width' && classes * rule.requested <= mostPlaces) {
    return { collector: collectorFor(bins, classes, rule), tables, errors };
  }
  return {
    visit: (_, p, label, weight) => {
      for (let k = 0; k < classes; k += 1) bins.add(k, p[k]!, k === label, weight);
    },
    tables,
    errors,
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
  const first = new Int32Array(classes);
  return {
    sums,
    collect: (rows) => {
      // In the order of the memory; the rows of the first bin are those that are in no other.
      first.fill(rows);
      for (let bin = requested - 1; bin >= 0; bin -= 1) {
        for (let k = 0; k < classes; k += 1) {
          const at = bin * classes + k;
          const count = bin === 0 ? first[k]! : sums.counts[at]!;
          if (count === 0) continue;
          first[k]! -= count;
          const correct = sums.correct[at]!;
          bins.addRows(k, bin, { count, correct, confidence: sums.sums[at]!, lost: sums.lost[at]! });
        }
      }
      for (const cells of [sums.sums, sums.lost, sums.counts, sums.correct]) cells.fill(0);
    },
  };
}

function classEdges(
  { source, weights }: LabelledRows,
  rule: TableRule,
  storage: NumberStorage,
): readonly Float64Array[] {
  if (rule.scheme === 'equal-width') {
    const edges = edgesBy(rule, storedNumbers(new Float64Array(0)), undefined);
    return new Array<Float64Array>(source.classes).fill(edges);
  }
  return classProbabilities(source, storage).map((column) => edgesBy(rule, column, weights));
}
