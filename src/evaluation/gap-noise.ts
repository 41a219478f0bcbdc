import { CompensatedCells } from '../metrics/compensated-cells.ts';
import { foldedNormalMean } from '../metrics/debiased-calibration-error.ts';
import type { ReliabilityBins } from '../metrics/reliability-bins.ts';
import { forEachPiece, type JudgedColumns } from './judged-columns.ts';
import { binsOf } from './row-bins.ts';

/** The parts of an ECE: what each bin adds, with its sampling error. */
export interface GapNoise {
  /** Σ w (correct − confidence) of each bin over the weight of all rows; the ECE is the sum of their sizes. */
  readonly gaps: Float64Array;
  /** Standard error of each: the larger of the observed one and that of a calibrated model. */
  readonly errors: Float64Array;
}

/**
 * The gaps of the bins with their standard errors.
 *
 * Observed: √Σ_u (Σ_{i∈u,b} w r − g_b Σ_{i∈u} w)²/Σw over independent units u, rows or clusters, r = correct − confidence.
 * Calibrated: √Σ w² c(1 − c)/Σw, which keeps a few rows that are all right from looking certain.
 *
 * @param clusterOf Number of each row's cluster; absent where rows are independent.
 */
export function gapNoise(rows: JudgedColumns, table: ReliabilityBins, clusterOf?: Uint32Array): GapNoise {
  const bins = table.bins.length;
  const binOf = binsOf(table);
  const [sums, calibrated] = [new CompensatedCells(bins), new CompensatedCells(bins)];
  const units = clusterOf === undefined ? rowMoments(bins) : clusterMoments(bins, clusterOf);
  forEachPiece(rows, ({ from, confidence, correct, weights }) => {
    for (let i = 0; i < confidence.length; i += 1) {
      const w = weights === undefined ? 1 : weights[i]!;
      if (w === 0) continue;
      const bin = binOf(confidence[i]!);
      const c = Math.min(confidence[i]!, 1);
      const gap = w * (correct[i]! - confidence[i]!);
      sums.add(bin, gap);
      calibrated.add(bin, w * w * c * (1 - c));
      units.add(from + i, bin, gap, w);
    }
  });
  const total = table.totalWeight;
  const gaps = Float64Array.from({ length: bins }, (_, b) => sums.value(b) / total);
  const { squares, products, weights } = units.finish();
  const errors = Float64Array.from({ length: bins }, (_, b) => {
    const g = gaps[b]!;
    const observed = squares.value(b) - 2 * g * products.value(b) + g * g * weights;
    return Math.sqrt(Math.max(observed, calibrated.value(b), 0)) / total;
  });
  return { gaps, errors };
}

/** Sums over units: Σ s², Σ s·w by bin, and Σ w², s being a unit's gap in the bin and w its weight. */
interface Moments {
  readonly squares: CompensatedCells;
  readonly products: CompensatedCells;
  readonly weights: number;
}

interface MomentSums {
  readonly add: (row: number, bin: number, gap: number, weight: number) => void;
  readonly finish: () => Moments;
}

function rowMoments(bins: number): MomentSums {
  const [squares, products, weights] = [
    new CompensatedCells(bins),
    new CompensatedCells(bins),
    new CompensatedCells(1),
  ];
  return {
    add: (_, bin, gap, weight) => {
      squares.add(bin, gap * gap);
      products.add(bin, gap * weight);
      weights.add(0, weight * weight);
    },
    finish: () => ({ squares, products, weights: weights.value(0) }),
  };
}

function clusterMoments(bins: number, clusterOf: Uint32Array): MomentSums {
  const gaps = new Map<number, number>();
  const totals = new Map<number, number>();
  return {
    add: (row, bin, gap, weight) => {
      const cluster = clusterOf[row]!;
      const at = cluster * bins + bin;
      gaps.set(at, (gaps.get(at) ?? 0) + gap);
      totals.set(cluster, (totals.get(cluster) ?? 0) + weight);
    },
    finish: () => {
      const [squares, products, weights] = [
        new CompensatedCells(bins),
        new CompensatedCells(bins),
        new CompensatedCells(1),
      ];
      for (const [at, gap] of gaps) {
        squares.add(at % bins, gap * gap);
        products.add(at % bins, gap * totals.get(Math.floor(at / bins))!);
      }
      for (const weight of totals.values()) weights.add(0, weight * weight);
      return { squares, products, weights: weights.value(0) };
    },
  };
}

/** Σ_b (2|g_b| − E|N(g_b, s_b²)|): the debiased ECE of the gaps, which may be below 0. */
export function debiasedSum(gaps: ArrayLike<number>, errors: Float64Array, scale = 1): number {
  let sum = 0;
  for (let b = 0; b < errors.length; b += 1) {
    const gap = gaps[b]! * scale;
    if (gap !== 0 || errors[b]! > 0) sum += 2 * Math.abs(gap) - foldedNormalMean(gap, errors[b]!);
  }
  return sum;
}

/**
 * Smallest and largest bias that one bin may keep after debiasing, in standard errors of its gap: for a normal gap of mean t,
 * E(2|X| − E|N(X, 1)|) − t = 2m(t, 1) − m(t, √2) − t with m(t, s) = E|N(t, s²)|, over t ≥ 0. The largest is at t = 0,
 * (2 − √2)·√(2/π); the smallest near t = 1.4.
 */
const keptBias = [-0.0936, 0.4674] as const;

/** A gap of more standard errors than this is far from 0, so that debiasing leaves no bias to speak of. */
const farFromZero = 4;

/** Least and most bias that the debiased ECE of these bins may still have. */
export function remainingBias({ gaps, errors }: GapNoise): readonly [number, number] {
  let noise = 0;
  for (let b = 0; b < gaps.length; b += 1) {
    if (Math.abs(gaps[b]!) <= farFromZero * errors[b]!) noise += errors[b]!;
  }
  return [keptBias[0] * noise, keptBias[1] * noise];
}
