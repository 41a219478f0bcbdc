import type { BinningRequest } from './compat-binning.ts';
import type { CompatMeasure, CompatPreset } from './compat-presets.ts';
import { CompensatedCells } from './compensated-cells.ts';
import type { JudgedConfidences } from './tabulate.ts';

/** A bin as a library fills it. */
export interface CompatBin {
  readonly low: number;
  readonly high: number;
  readonly count: number;
  /** Mean probability, `null` when empty. */
  readonly confidence: number | null;
  /** Share of outcomes, `null` when empty. */
  readonly accuracy: number | null;
}

/** Sorts events into the bins of a library. */
export function fillBins(
  { confidence, correct }: JudgedConfidences,
  preset: CompatPreset,
  { bins, scheme, precision }: Omit<BinningRequest, 'values'>,
): readonly CompatBin[] {
  const values = confidence.map((value) => prepared(value, preset, precision === 'float32'));
  const { low, high, placesOf } = preset.binning({ values, bins, scheme, precision });
  const counts = new Float64Array(low.length);
  const hits = new Float64Array(low.length);
  const sums = new CompensatedCells(low.length);
  const running = new Float32Array(low.length);
  for (let i = 0; i < values.length; i += 1) {
    for (const place of placesOf(values[i]!)) {
      counts[place]! += 1;
      hits[place]! += correct[i]!;
      sums.add(place, values[i]!);
      running[place]! += values[i]!;
    }
  }
  const isRunning = preset.sums === 'running' && precision === 'float32';
  const sumOf = (b: number): number => (isRunning ? running[b]! : sums.value(b));
  return Array.from(counts, (count, b) => ({
    low: low[b]!,
    high: high[b]!,
    count,
    confidence: count === 0 ? null : sumOf(b) / count,
    accuracy: count === 0 ? null : hits[b]! / count,
  }));
}

function prepared(value: number, { margin }: CompatPreset, isSingle: boolean): number {
  // Without a margin even what rounding carried above 1 is taken as it is, as the libraries do.
  const kept = margin === 0 ? value : Math.min(Math.max(value, margin), 1 - margin);
  return isSingle ? Math.fround(kept) : kept;
}

/** A {@link CompatMeasure} that is computed from bins. */
export type BinnedCompatMeasure = Exclude<CompatMeasure, 'smooth' | 'smooth-logit'>;

/**
 * The error a library makes of its bins.
 *
 * @param rows Rows in all, those in no bin included.
 */
export function errorOfBins(
  bins: readonly CompatBin[],
  rows: number,
  { centre }: CompatPreset,
  measure: BinnedCompatMeasure,
): number {
  const filled = bins.filter(({ count }) => count > 0);
  const placed = filled.reduce((sum, { count }) => sum + count, 0);
  // Where edges count twice there are more rows in bins than rows.
  const total = Math.max(placed, rows);
  const gap = ({ low, high, confidence, accuracy }: CompatBin): number =>
    Math.abs(accuracy! - (centre === 'middle' ? low + (high - low) / 2 : confidence!));
  const mean = (value: (bin: CompatBin) => number): number =>
    filled.reduce((sum, bin) => sum + (bin.count / total) * value(bin), 0);
  if (measure === 'expected') return mean(gap);
  if (measure === 'maximum') return filled.reduce((most, bin) => Math.max(most, gap(bin)), 0);
  if (measure === 'average') return filled.reduce((sum, bin) => sum + gap(bin), 0) / filled.length;
  if (measure === 'root-mean-square') return Math.sqrt(mean((bin) => gap(bin) * gap(bin)));
  const squared = mean((bin) => {
    const { count, accuracy } = bin;
    return count < 2 ? 0 : gap(bin) * gap(bin) - (accuracy! * (1 - accuracy!)) / (count - 1);
  });
  return Math.sqrt(Math.max(squared, 0));
}
