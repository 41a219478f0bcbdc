import type { TableRule } from '../metrics/bin-options.ts';
import type { ReliabilityBin, ReliabilityBins } from '../metrics/bin-table.ts';
import type { MeasureSample } from '../metrics/measure-sample.ts';
import { judgePredictions, type RowScores } from '../metrics/row-scores.ts';
import { binIndex } from '../numerics/binning.ts';
import type { ResamplingUnits } from './resampling-units.ts';
import { edgesOf } from './row-bins.ts';
import { UnitSums } from './unit-sums.ts';

/** Something of a resample, worked out from sums over the units that were drawn. */
export type FromUnits<Value> = (times: Uint32Array) => Value;

/** The mean of a row score. */
export function meanFromUnits(
  sample: MeasureSample,
  units: ResamplingUnits,
  of: keyof RowScores,
): FromUnits<number> {
  const sums = new UnitSums(units, 2);
  const values = sample.rowScores()[of];
  for (let i = 0; i < values.length; i += 1) {
    const weight = sample.weights === undefined ? 1 : sample.weights[i]!;
    if (weight === 0) continue;
    sums.add(i, 0, weight * values[i]!);
    sums.add(i, 1, weight);
  }
  return (times) => {
    const total = sums.total(times);
    return total[0]! / total[1]!;
  };
}

/** The reliability table of the events, with the bins of the whole sample. */
export function tableFromUnits(
  sample: MeasureSample,
  units: ResamplingUnits,
  rule: TableRule,
): FromUnits<ReliabilityBins> {
  const table = sample.table(rule);
  const edges = edgesOf(table);
  const sums = new BinnedUnits(units, [table], sample.weights);
  const { confidence, correct } = sample.events();
  for (let i = 0; i < confidence.length; i += 1) {
    sums.add(i, 0, binIndex(confidence[i]!, edges, rule.closure), confidence[i]!, correct[i] === 1);
  }
  return (times) => sums.tables(times)[0]!;
}

/** The table of each class, with the bins of the whole sample. */
export function classTablesFromUnits(
  sample: MeasureSample,
  units: ResamplingUnits,
  rule: TableRule,
): FromUnits<readonly ReliabilityBins[]> {
  const tables = sample.classTables(rule);
  const edges = tables.map(edgesOf);
  const parts = sample.weights === undefined ? plain : weighted;
  const bins = tables.reduce((count, table) => count + table.bins.length, 0);
  sample.source.room?.take(8 * units.count * parts * bins);
  const sums = new BinnedUnits(units, tables, sample.weights);
  judgePredictions(sample.source, sample.labels, {
    visit: (i, p) => {
      const label = sample.labels[i]!;
      for (let k = 0; k < edges.length; k += 1) {
        sums.add(i, k, binIndex(p[k]!, edges[k]!, rule.closure), p[k]!, k === label);
      }
    },
  });
  return (times) => sums.tables(times);
}

/** Numbers kept of each bin: Σ w·confidence, Σ w of those that are right, rows; with weights also Σ w and Σ w². */
const [plain, weighted] = [3, 5];

class BinnedUnits {
  private readonly models: readonly ReliabilityBins[];
  private readonly weights: Float64Array | undefined;
  private readonly parts: number;
  /** First number of each table. */
  private readonly offsets: readonly number[];
  private readonly sums: UnitSums;

  /** @param models Tables of the whole sample, whose bins are kept. */
  constructor(units: ResamplingUnits, models: readonly ReliabilityBins[], weights: Float64Array | undefined) {
    this.models = models;
    this.weights = weights;
    this.parts = weights === undefined ? plain : weighted;
    const offsets: number[] = [];
    let width = 0;
    for (const { bins } of models) {
      offsets.push(width);
      width += bins.length * this.parts;
    }
    this.offsets = offsets;
    this.sums = new UnitSums(units, width);
  }

  add(row: number, table: number, bin: number, confidence: number, isRight: boolean): void {
    const at = this.offsets[table]! + bin * this.parts;
    const weight = this.weights === undefined ? 1 : this.weights[row]!;
    this.sums.add(row, at, weight * confidence);
    if (isRight) this.sums.add(row, at + 1, weight);
    this.sums.add(row, at + 2, 1);
    if (this.weights === undefined) return;
    this.sums.add(row, at + 3, weight);
    this.sums.add(row, at + 4, weight * weight);
  }

  /** The tables; no measure reads the intervals of the bins, so they are left out. */
  tables(times: Uint32Array): readonly ReliabilityBins[] {
    const total = this.sums.total(times);
    return this.models.map((model, table): ReliabilityBins => {
      const bins: ReliabilityBin[] = [];
      let [rows, totalWeight] = [0, 0];
      for (const [b, { low, high }] of model.bins.entries()) {
        const at = this.offsets[table]! + b * this.parts;
        const count = total[at + 2]!;
        const weight = this.parts === plain ? count : total[at + 3]!;
        rows += count;
        totalWeight += weight;
        const bin = binOf(low, high, count, weight, total[at]!, total[at + 1]!);
        const isWeighted = this.parts === weighted && weight > 0;
        bins.push(isWeighted ? { ...bin, effectiveRows: (weight * weight) / total[at + 4]! } : bin);
      }
      return { rule: model.rule, bins, count: rows, totalWeight, level: model.level };
    });
  }
}

function binOf(
  low: number,
  high: number,
  count: number,
  weight: number,
  promised: number,
  right: number,
): ReliabilityBin {
  if (weight === 0)
    return { low, high, count, weight, confidence: null, accuracy: null, gap: null, interval: null };
  const confidence = promised / weight;
  const accuracy = Math.min(right / weight, 1);
  return { low, high, count, weight, confidence, accuracy, gap: accuracy - confidence, interval: null };
}
