import { CalibrationError } from '../core/errors.ts';
import { binIndex } from '../numerics/binning.ts';
import { CompensatedSum } from '../numerics/compensated-sum.ts';
import { type BinIntervalRule, binInterval } from './bin-interval.ts';
import type { TableRule } from './bin-options.ts';
import type { ReliabilityBin, ReliabilityBins } from './bin-table.ts';
import { CompensatedCells } from './compensated-cells.ts';
import { checkedEce } from './ece-of-table.ts';

/** Sums of weights, cell by cell. */
interface WeightedCells {
  readonly weight: CompensatedCells;
  /** Of (scale·w)². */
  readonly squaredWeight: CompensatedCells;
  readonly correct: CompensatedCells;
}

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
  /** Rows that are right. */
  private readonly right: Float64Array;
  private readonly confidence: CompensatedCells;
  /** Once a row has another weight than 1. */
  private weighted: WeightedCells | undefined;
  private readonly empty = new Map<Float64Array, readonly ReliabilityBin[]>();
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
    this.right = new Float64Array(cells);
    this.confidence = new CompensatedCells(cells);
  }

  /** Adds a row of a group: its confidence, whether it was right, and its weight. */
  add(group: number, confidence: number, correct: boolean, weight: number): void {
    const cell = group * this.stride + binIndex(confidence, this.edges[group]!, this.rule.closure);
    if (weight !== 1) this.weighted ??= this.weightedSoFar();
    this.rows[group]! += 1;
    this.counts[cell]! += 1;
    this.confidence.add(cell, weight * confidence);
    if (this.weighted === undefined) {
      if (correct) this.right[cell]! += 1;
      return;
    }
    this.weighted.weight.add(cell, weight);
    if (weight > 0) this.scale ??= scaleOf(weight);
    const scaled = weight * (this.scale ?? 1);
    this.weighted.squaredWeight.add(cell, scaled * scaled);
    if (correct) this.weighted.correct.add(cell, weight);
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
    this.confidence.add(cell, confidence);
    this.confidence.add(cell, lost);
    if (this.weighted === undefined) {
      this.right[cell]! += correct;
      return;
    }
    this.weighted.weight.add(cell, count);
    this.weighted.squaredWeight.add(cell, count);
    this.weighted.correct.add(cell, correct);
  }

  /** The sums that weights need, of the rows of weight 1 so far. */
  private weightedSoFar(): WeightedCells {
    const { counts, right } = this;
    if (counts.some((count) => count > 0)) this.scale = 1;
    const of = (values: Float64Array): CompensatedCells => {
      const cells = new CompensatedCells(values.length);
      for (const [cell, value] of values.entries()) cells.add(cell, value);
      return cells;
    };
    return { weight: of(counts), squaredWeight: of(counts), correct: of(right) };
  }

  /**
   * The finished table of a group.
   *
   * @throws CalibrationError `E_INTERNAL_BINS` when a row was lost or counted twice.
   */
  table(group: number): ReliabilityBins {
    const { level, ...rule } = this.rule;
    const edges = this.edges[group]!;
    const bins: ReliabilityBin[] = [];
    let count = 0;
    for (let bin = 0; bin < edges.length - 1; bin += 1) {
      const found = this.bin(edges, group * this.stride + bin, bin);
      bins.push(found);
      count += found.count;
    }
    this.checkRows(group, count);
    const total = new CompensatedSum();
    for (const { weight } of bins) total.add(weight);
    return { rule, bins, count, totalWeight: total.value, level };
  }

  /**
   * The expected calibration error of the table of a group, with the same bits, without the table.
   *
   * @throws CalibrationError `E_INTERNAL_BINS` when a row was lost or counted twice.
   */
  error(group: number): number {
    const sum = new CompensatedSum();
    const total = new CompensatedSum();
    let count = 0;
    const start = group * this.stride;
    const end = start + this.edges[group]!.length - 1;
    for (let cell = start; cell < end; cell += 1) {
      if (this.counts[cell] === 0) continue;
      count += this.counts[cell]!;
      const weight = this.weightOf(cell);
      if (weight === 0) continue;
      total.add(weight);
      const accuracy = Math.min(this.correctOf(cell) / weight, 1);
      sum.add(weight * Math.abs(accuracy - this.confidence.value(cell) / weight));
    }
    this.checkRows(group, count);
    return checkedEce(sum.value / total.value);
  }

  private weightOf(cell: number): number {
    return this.weighted?.weight.value(cell) ?? this.counts[cell]!;
  }

  private correctOf(cell: number): number {
    return this.weighted?.correct.value(cell) ?? this.right[cell]!;
  }

  private checkRows(group: number, count: number): void {
    const rows = this.rows[group]!;
    if (count === rows) return;
    throw new CalibrationError('E_INTERNAL_BINS', { what: `bin counts sum to ${count}, rows ${rows}` });
  }

  /** Most bins of many classes are empty: those of equal edges are one record. */
  private emptyBin(edges: Float64Array, bin: number): ReliabilityBin {
    let bins = this.empty.get(edges);
    if (bins === undefined) {
      bins = Array.from(edges.subarray(1), (high, b) => emptyBinOf(edges[b]!, high));
      this.empty.set(edges, bins);
    }
    return bins[bin]!;
  }

  private bin(edges: Float64Array, cell: number, bin: number): ReliabilityBin {
    if (this.counts[cell] === 0) return this.emptyBin(edges, bin);
    return binOfSums(
      edges[bin]!,
      edges[bin + 1]!,
      {
        count: this.counts[cell]!,
        weight: this.weightOf(cell),
        squaredWeight: this.weighted?.squaredWeight.value(cell) ?? this.counts[cell]!,
        scale: this.scale ?? 1,
        confidence: this.confidence.value(cell),
        correct: this.correctOf(cell),
      },
      this.rule,
    );
  }
}

/** A bin without rows. */
function emptyBinOf(low: number, high: number): ReliabilityBin {
  return { low, high, count: 0, weight: 0, confidence: null, accuracy: null, gap: null, interval: null };
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
