import { type RandomSource, randomStream } from '../core/random.ts';
import type { TableRule } from '../metrics/bin-options.ts';
import type { ReliabilityBins } from '../metrics/bin-table.ts';
import { sharedValues } from '../metrics/computed-once.ts';
import { eceOfTable } from '../metrics/ece-of-table.ts';
import type { MeasureSample } from '../metrics/measure-sample.ts';
import type { TieBlocks } from '../numerics/tie-blocks.ts';
import { drawnClassTables } from './drawn-classes.ts';
import { drawnRight } from './drawn-right.ts';
import { scoreMoments } from './drawn-scores.ts';
import { normalDeviates } from './normal-deviates.ts';
import { redrawnRows } from './redrawn-rows.ts';
import { unitsOfRows } from './resampling-units.ts';
import { rowBins } from './row-bins.ts';
import { isNearLimit, limitDraw } from './sum-moments.ts';
import { tableWithRight } from './table-with-right.ts';

/** Makes the sample of one round, its labels drawn from the probabilities; rounds in any order. */
export type Redrawer = (round: number) => MeasureSample;

/** Up to here the label of every row is drawn. */
export const mostRowsRedrawn = 20_000;

/**
 * Samples whose labels are drawn from their own probabilities. Of more than 20,000 rows, means and bin tables are drawn
 * as the sums they are, and sorted outcomes without the labels behind them: each with the distribution that drawn labels
 * give it, but independently of one another. What needs the rows draws them.
 *
 * @param base In canonical order.
 */
export function redrawer(base: MeasureSample, seed: number): Redrawer {
  const { rows } = base.source;
  const rowwise = lazy(() => redrawnRows(base));
  const drawn = (round: number): MeasureSample => rowwise()(randomStream(seed, round));
  return rows <= mostRowsRedrawn ? drawn : summed(base, seed, drawn);
}

/** Streams of a round, one for each kind of sum, so that none depends on what else is asked. */
const streams = { correct: 1, nll: 2, brier: 3, table: 4, classes: 5, blocks: 6 } as const;

/** A round that none reaches, for what is drawn once. */
const onceOnly = 2 ** 24;

function summed(base: MeasureSample, seed: number, drawn: Redrawer): Redrawer {
  const mean = base.mean('confidence');
  const total = totalWeight(base);
  const stream = (round: number, of: keyof typeof streams): RandomSource =>
    randomStream(randomStream(seed, round).uint32(), streams[of]);
  const moments = lazy(() => scoreMoments(base));
  const correct = lazy(() => drawnRight(base.rowScores().confidence, base.weights));
  const tables = byRule((rule) => tableDrawer(base, rule));
  const units = unitsOfRows(base.source.rows, 1);
  const classes = byRule((rule) => drawnClassTables(base, units, rule, stream(onceOnly, 'classes')));
  return (round) => {
    const rows = lazy(() => drawn(round));
    const blocks = (): TieBlocks =>
      shared('blocks', () =>
        base.weights === undefined ? drawnBlocks(base.blocks(), stream(round, 'blocks')) : rows().blocks(),
      );
    const shared = sharedValues();
    const classTables = (rule: TableRule): readonly ReliabilityBins[] =>
      shared(`class tables ${JSON.stringify(rule)}`, () => classes(rule)(stream(round, 'classes')));
    return {
      source: base.source,
      weights: base.weights,
      binary: base.binary,
      get labels() {
        return rows().labels;
      },
      rowScores: () => rows().rowScores(),
      events: () => rows().events(),
      blocks,
      confidenceBlocks: () => (base.binary === 'confidence' ? blocks() : rows().confidenceBlocks()),
      shared,
      mean: (of) => {
        if (of === 'confidence') return mean;
        if (of === 'correct') return correct()(stream(round, of)) / total;
        const sum = moments()[of];
        if (!isNearLimit(sum)) return rows().mean(of);
        return limitDraw(sum, normalDeviates(stream(round, of))()) / total;
      },
      table: (rule) => shared(`table ${JSON.stringify(rule)}`, () => tables(rule)(stream(round, 'table'))),
      classTables,
      classErrors: (rule) => classTables(rule).map(eceOfTable),
    };
  };
}

/** How many rows of each probability come true, row by row in their order. */
function drawnBlocks(blocks: TieBlocks, { uniform }: RandomSource): TieBlocks {
  const { values, counts } = blocks;
  const hits = new Float64Array(values.length);
  for (let b = 0; b < values.length; b += 1) {
    for (let row = 0; row < counts[b]!; row += 1) if (uniform() < values[b]!) hits[b]! += 1;
  }
  return { ...blocks, hits };
}

/** Draws of the table of the events, bin by bin. */
function tableDrawer(base: MeasureSample, rule: TableRule): (random: RandomSource) => ReliabilityBins {
  const model = base.table(rule);
  const { confidence } = base.events();
  const bin = rowBins(confidence, model);
  const drawers = model.bins.map(({ count }, b) => {
    const chances = new Float64Array(count);
    const weights = base.weights === undefined ? undefined : new Float64Array(count);
    let at = 0;
    for (let i = 0; i < bin.length; i += 1) {
      if (bin[i] !== b) continue;
      chances[at] = Math.min(confidence[i]!, 1);
      if (weights !== undefined) weights[at] = base.weights![i]!;
      at += 1;
    }
    return drawnRight(chances, weights);
  });
  return (random) =>
    tableWithRight(
      model,
      drawers.map((draw) => draw(random)),
    );
}

function totalWeight({ source, weights }: MeasureSample): number {
  if (weights === undefined) return source.rows;
  let sum = 0;
  for (const w of weights) sum += w;
  return sum;
}

function byRule<Value>(make: (rule: TableRule) => Value): (rule: TableRule) => Value {
  const made = new Map<string, Value>();
  return (rule) => {
    const key = JSON.stringify(rule);
    if (!made.has(key)) made.set(key, make(rule));
    return made.get(key)!;
  };
}

function lazy<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
