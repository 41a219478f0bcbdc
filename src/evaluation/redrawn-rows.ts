import type { RandomSource } from '../core/random.ts';
import type { TableRule } from '../metrics/bin-options.ts';
import type { ReliabilityBins } from '../metrics/bin-table.ts';
import { type KnownParts, type MeasureSample, withDerived } from '../metrics/measure-sample.ts';
import type { ProbabilityRows } from '../metrics/probability-rows.ts';
import type { RowScores } from '../metrics/row-scores.ts';
import { binIndex } from '../numerics/binning.ts';
import type { TieBlocks } from '../numerics/tie-blocks.ts';
import { labelDrawer } from './drawn-labels.ts';
import { edgesOf, rowBins } from './row-bins.ts';
import { tableWithRight } from './table-with-right.ts';

/** Most numbers kept per row and class: 64 MB each of losses. */
const mostCells = 2 ** 23;

/**
 * Draws the label of every row, with what each label would lose and the bin of every probability worked out once: N×K
 * numbers thrice, where there is room for them.
 */
export function redrawnRows(base: MeasureSample): (random: RandomSource) => MeasureSample {
  const { source, binary } = base;
  takeRoom(source);
  const draw = labelDrawer(source);
  const parts = source.rows * source.classes <= mostCells ? partsOf(base) : () => ({});
  return (random) => {
    const labels = draw(random);
    return withDerived({ ...base, labels }, binary, parts(labels));
  };
}

/** Bytes kept per row and class: of what each label would lose, running sums, and a bin. */
const bytesPerCell = 8 + 16 + 2;

/** What is in storage is not read for every draw, so all of it is kept or none. */
function takeRoom({ rows, classes, room }: ProbabilityRows): void {
  const cells = rows * classes;
  room?.take(cells > mostCells ? Number.POSITIVE_INFINITY : bytesPerCell * cells);
}

function partsOf(base: MeasureSample): (labels: Int32Array) => KnownParts {
  const { source, weights, binary } = base;
  const { rows, classes } = source;
  const scores = lossesOf(base);
  const tables = new Map<string, (labels: Int32Array) => ReliabilityBins>();
  const classTables = new Map<string, (labels: Int32Array) => readonly ReliabilityBins[]>();
  const weightOf = (i: number): number => (weights === undefined ? 1 : weights[i]!);
  const eventTable = (rule: TableRule) => {
    const model = base.table(rule);
    const bins = rowBins(base.events().confidence, model);
    return (labels: Int32Array): ReliabilityBins => {
      const right = new Float64Array(model.bins.length);
      for (let i = 0; i < rows; i += 1) {
        const isRight = binary === 'positive' ? labels[i] === 1 : labels[i] === scores.tops[i];
        if (isRight) right[bins[i]!]! += weightOf(i);
      }
      return tableWithRight(model, right);
    };
  };
  const tablesOfClasses = (rule: TableRule) => {
    const models = base.classTables(rule);
    const widest = Math.max(...models.map(({ bins }) => bins.length));
    const edges = models.map(edgesOf);
    const bins = new Uint16Array(rows * classes);
    const p = new Float64Array(classes);
    for (let i = 0; i < rows; i += 1) {
      source.read(i, p);
      for (let k = 0; k < classes; k += 1) bins[i * classes + k] = binIndex(p[k]!, edges[k]!, rule.closure);
    }
    return (labels: Int32Array): readonly ReliabilityBins[] => {
      const right = new Float64Array(classes * widest);
      for (let i = 0; i < rows; i += 1) {
        const k = labels[i]!;
        right[k * widest + bins[i * classes + k]!]! += weightOf(i);
      }
      return models.map((model, k) => tableWithRight(model, right, k * widest));
    };
  };
  const pooled = once(() => {
    const blocks = base.blocks();
    return { blocks, blockOf: blocksOf(base.events().confidence, blocks.values) };
  });
  const blocksUnder = (labels: Int32Array): TieBlocks => {
    const { blocks, blockOf } = pooled();
    const hits = new Float64Array(blocks.hits.length);
    for (let i = 0; i < rows; i += 1) {
      const isRight = binary === 'positive' ? labels[i] === 1 : labels[i] === scores.tops[i];
      if (isRight && weightOf(i) > 0) hits[blockOf[i]!]! += weightOf(i);
    }
    for (let b = 0; b < hits.length; b += 1) hits[b] = Math.min(hits[b]!, blocks.weights[b]!);
    return { ...blocks, hits };
  };
  const of = <Value>(kept: Map<string, Value>, rule: TableRule, make: (rule: TableRule) => Value): Value => {
    const key = JSON.stringify(rule);
    if (!kept.has(key)) kept.set(key, make(rule));
    return kept.get(key)!;
  };
  return (labels) => {
    let made: RowScores | undefined;
    return {
      rowScores: () => {
        made ??= scores.under(labels);
        return made;
      },
      blocks: () => blocksUnder(labels),
      table: (rule) => of(tables, rule, eventTable)(labels),
      classTables: (rule) => of(classTables, rule, tablesOfClasses)(labels),
    };
  };
}

/** The block that each value is in; rows of weight 0 may lie between two. */
function blocksOf(confidence: Float64Array, values: Float64Array): Uint32Array {
  return Uint32Array.from(confidence, (value) => {
    let [low, high] = [0, values.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (values[middle]! >= value) high = middle;
      else low = middle + 1;
    }
    return low;
  });
}

function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** The scores of every row under any label. */
function lossesOf({ source }: MeasureSample): {
  readonly tops: Int32Array;
  readonly under: (labels: Int32Array) => RowScores;
} {
  const { rows, classes } = source;
  const tops = new Int32Array(rows);
  const confidence = new Float64Array(rows);
  const nll = new Float64Array(rows * classes);
  const brier = new Float64Array(rows * classes);
  const p = new Float64Array(classes);
  for (let i = 0; i < rows; i += 1) {
    const top = source.read(i, p);
    tops[i] = top;
    confidence[i] = p[top]!;
    let [squares, others] = [0, 0];
    for (let k = 0; k < classes; k += 1) {
      squares += p[k]! * p[k]!;
      if (k !== top) others += p[k]! / p[top]!;
    }
    for (let k = 0; k < classes; k += 1) {
      nll[i * classes + k] = source.surprisal(i, k, top, others);
      brier[i * classes + k] = 1 + squares - 2 * p[k]!;
    }
  }
  return {
    tops,
    under: (labels) => {
      const drawn = {
        confidence,
        correct: new Uint8Array(rows),
        nll: new Float64Array(rows),
        brier: new Float64Array(rows),
      };
      for (let i = 0; i < rows; i += 1) {
        drawn.correct[i] = labels[i] === tops[i] ? 1 : 0;
        drawn.nll[i] = nll[i * classes + labels[i]!]!;
        drawn.brier[i] = brier[i * classes + labels[i]!]!;
      }
      return drawn;
    },
  };
}
