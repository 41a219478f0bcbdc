import { CalibrationError } from '../core/errors.ts';
import { binIndex } from '../numerics/binning.ts';
import { type BinIntervalRule, binInterval } from './bin-interval.ts';
import type { TableRule } from './bin-options.ts';
import type { ReliabilityBin, ReliabilityBins } from './bin-table.ts';
import { CompensatedCells } from './compensated-cells.ts';

/**
 * The one builder of bin tables: sums per group and bin, where a group is a class for class-wise measures and the only
 * one for top-label measures. Rows are added one by one, in any number of passes; tables are read at the end.
 */
export class BinSums {
  private readonly edges: readonly Float64Array[];
  private readonly rule: TableRule;
  /** Cell (group, bin) of the flat sums stands at group·stride + bin. */
  private readonly stride: number;
  private readonly counts: Float64Array;
  private readonly rows: Float64Array;
  private readonly weight: CompensatedCells;
  /** Sums of (scale·w)². */
  private readonly squaredWeight: CompensatedCells;
  private readonly confidence: CompensatedCells;
  private readonly correct: CompensatedCells;
  /** A power of two that brings the first weight near 1, so that squares of very small or large ones stay in range. */
  private scale: number | undefined;

  /** @param edges Ascending bin edges of each group. */
  constructor(edges: readonly Float64Array[], rule: TableRule) {
    this.edges = edges;
    this.rule = rule;
    this.stride = edges.reduce((most, { length }) => Math.max(most, length - 1), 1);
    const cells = edges.length * this.stride;
    this.counts = new Float64Array(cells);
    this.rows = new Float64Array(edges.length);
    this.weight = new CompensatedCells(cells);
    this.squaredWeight = new CompensatedCells(cells);
    this.confidence = new CompensatedCells(cells);
    this.correct = new CompensatedCells(cells);
  }

  /** Adds a row of a group: its confidence, whether it was right, and its weight. */
  add(group: number, confidence: number, correct: boolean, weight: number): void {
    const cell = group * this.stride + binIndex(confidence, this.edges[group]!, this.rule.closure);
    this.rows[group]! += 1;
    this.counts[cell]! += 1;
    this.weight.add(cell, weight);
    if (weight > 0) this.scale ??= scaleOf(weight);
    const scaled = weight * (this.scale ?? 1);
    this.squaredWeight.add(cell, scaled * scaled);
    this.confidence.add(cell, weight * confidence);
    if (correct) this.correct.add(cell, weight);
  }

  /** Adds rows of weight 1 that fell in one bin of a group, summed already, with what rounding lost of the sum. */
  addRows(
    group: number,
    bin: number,
    {
      count,
      correct,
      confidence,
      lost,
    }: Readonly<Record<'count' | 'correct' | 'confidence' | 'lost', number>>,
  ): void {
    const cell = group * this.stride + bin;
    this.rows[group]! += count;
    this.counts[cell]! += count;
    this.weight.add(cell, count);
    this.squaredWeight.add(cell, count);
    this.confidence.add(cell, confidence);
    this.confidence.add(cell, lost);
    this.correct.add(cell, correct);
  }

  /**
   * The finished table of a group.
   *
   * @throws CalibrationError `E_INTERNAL_BINS` when a row was lost or counted twice.
   */
  table(group: number): ReliabilityBins {
    const { level, ...rule } = this.rule;
    const edges = this.edges[group]!;
    const bins = Array.from({ length: edges.length - 1 }, (_, bin) =>
      this.bin(edges, group * this.stride + bin, bin),
    );
    const count = bins.reduce((sum, { count }) => sum + count, 0);
    const rows = this.rows[group]!;
    if (count !== rows) {
      throw new CalibrationError('E_INTERNAL_BINS', { what: `bin counts sum to ${count}, rows ${rows}` });
    }
    const total = new CompensatedCells(1);
    for (const { weight } of bins) total.add(0, weight);
    return { rule, bins, count, totalWeight: total.value(0), level };
  }

  private bin(edges: Float64Array, cell: number, bin: number): ReliabilityBin {
    return binOfSums(
      edges[bin]!,
      edges[bin + 1]!,
      {
        count: this.counts[cell]!,
        weight: this.weight.value(cell),
        squaredWeight: this.squaredWeight.value(cell),
        scale: this.scale ?? 1,
        confidence: this.confidence.value(cell),
        correct: this.correct.value(cell),
      },
      this.rule,
    );
  }
}

function scaleOf(weight: number): number {
  return 2 ** -Math.min(Math.max(Math.floor(Math.log2(weight)), -1000), 1000);
}

/** Sums over the rows of a bin. */
interface SumsOfBin {
  readonly count: number;
  /** Σ w. */
  readonly weight: number;
  /** Σ (scale·w)². */
  readonly squaredWeight: number;
  readonly scale: number;
  /** Σ w·confidence. */
  readonly confidence: number;
  /** Σ w over the rows that are right. */
  readonly correct: number;
}

/** The bin that has these sums. */
function binOfSums(low: number, high: number, sums: SumsOfBin, rule: BinIntervalRule): ReliabilityBin {
  const { count, weight } = sums;
  if (weight === 0)
    return { low, high, count, weight, confidence: null, accuracy: null, gap: null, interval: null };
  const confidence = sums.confidence / weight;
  const accuracy = Math.min(sums.correct / weight, 1);
  const scaled = weight * sums.scale;
  const ratio = (scaled * scaled) / sums.squaredWeight;
  // Weights so far apart that squares leave the doubles: a single row carries the bin.
  const effectiveRows = Number.isFinite(ratio) && ratio > 0 ? ratio : 1;
  const gap = accuracy - confidence;
  const interval = binInterval(accuracy, effectiveRows, rule);
  const bin = { low, high, count, weight, confidence, accuracy, gap, interval };
  const isPlain = weight === count && sums.scale === 1 && sums.squaredWeight === count;
  return isPlain ? bin : { ...bin, effectiveRows };
}
