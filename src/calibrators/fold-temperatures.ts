import { throwIfAborted } from '../core/cancellation.ts';
import { mappedRead, type StoredNumbers } from '../core/number-store.ts';
import type { ScoreRows } from '../core/score-rows.ts';
import { exponentOf, powerOfTwo } from '../kernels/power-of-two.ts';
import { blockRows, forEachBlock, pieceRows } from '../kernels/row-blocks.ts';
import { logitSurveyor } from '../kernels/survey.ts';
import { blockSums, type LossScale, lossOfBlocks } from '../kernels/temperature-loss.ts';
import { betaRange } from './fit-sample.ts';
import { type LossSource, lossPasses } from './loss-passes.ts';
import { lossBlock, SumOfBlocks, storedLoss } from './stored-loss.ts';
import type { TemperatureSettings } from './temperature-options.ts';
import { bySeries, type Neighbourhood, refined } from './temperature-search.ts';

/** Rows without weights that are dealt out to folds. */
export interface FoldRows {
  readonly logits: ScoreRows;
  /** Row maximum − label's logit. */
  readonly gaps: StoredNumbers<Float64Array>;
  /** Row minimum − row maximum. */
  readonly depths: StoredNumbers<Float64Array>;
  /** Where part of the rows has its optimum. */
  readonly near: () => Neighbourhood | undefined;
  /** Passes over all rows. */
  readonly loss: LossSource;
}

/**
 * The temperature of the rows outside each fold, in little more than one pass over all rows. The temperatures of the folds
 * lie close together, so the loss of each is expanded around one β near them all, where every row is looked at once: what the
 * rows of a fold add is summed apart, and the loss outside a fold is the sum of the others. A fold whose optimum lies too far
 * off for that gets passes of its own.
 *
 * @param foldOf Fold of each row; none holds all rows.
 * @returns T of each fold; `undefined` where this is no way to find it, and where there is none.
 */
export function foldTemperatures(
  rows: FoldRows,
  foldOf: StoredNumbers<Int32Array>,
  folds: number,
  settings: TemperatureSettings,
): readonly (number | undefined)[] {
  const middle = refined(rows.near(), rows.loss)?.beta;
  if (middle === undefined) return Array.from({ length: folds }, () => undefined);
  const sums = sumsInside(rows, foldOf, folds, middle, settings.signal);
  return scalesOutside(rows, foldOf, folds).map((scale, fold) => {
    const blocks = Float64Array.from(sums.flatMap((own, other) => (other === fold ? [] : own)));
    const own = passesOutside(rows, foldOf, fold, scale);
    const passes = lossPasses(
      {
        ...own,
        derivatives: (beta) => (beta === middle ? lossOfBlocks(scale, beta, blocks) : own.derivatives(beta)),
      },
      settings.signal,
      undefined,
    );
    const found = bySeries(passes, middle, betaRange(settings.bounds), settings.maxEvaluations);
    return found === undefined ? undefined : 1 / found.beta;
  });
}

/** Cells looked at at a time. */
const cellsAtOnce = 65_536;

/** Folds gathered in one reading of the rows, which takes half a megabyte for each. */
const foldsAtOnce = 16;

/** The sums of the rows of each fold in their order, in blocks of as many as are looked at at a time. */
function sumsInside(
  { logits, depths }: FoldRows,
  foldOf: StoredNumbers<Int32Array>,
  folds: number,
  beta: number,
  signal: AbortSignal | undefined,
): readonly (readonly number[])[] {
  const { rows, columns } = logits;
  const most = Math.min(Math.max(Math.floor(cellsAtOnce / columns), 1), blockRows);
  const Cells = logits.read(0, 0) instanceof Float64Array ? Float64Array : Float32Array;
  const least = Float64Array.of(leastOf(depths));
  const survey = logitSurveyor();
  const sums: number[][] = [];
  for (let first = 0; first < folds; first += foldsAtOnce) {
    const gathering = Array.from({ length: Math.min(foldsAtOnce, folds - first) }, () => ({
      cells: new Cells(most * columns),
      rows: 0,
      sums: [] as number[],
    }));
    const add = (fold: (typeof gathering)[number]): void => {
      const matrix = { data: fold.cells.subarray(0, fold.rows * columns), rows: fold.rows, columns };
      for (const sum of blockSums(lossBlock(matrix, survey(matrix), undefined, least), beta, 'derivatives')) {
        fold.sums.push(sum);
      }
      fold.rows = 0;
    };
    const atOnce = pieceRows(columns);
    for (let from = 0; from < rows; from += atOnce) {
      throwIfAborted(signal);
      const to = Math.min(from + atOnce, rows);
      const cells = logits.read(from, to);
      const numbers = foldOf.read(from, to);
      for (let i = 0; i < numbers.length; i += 1) {
        const fold = gathering[numbers[i]! - first];
        if (fold === undefined) continue;
        fold.cells.set(cells.subarray(i * columns, (i + 1) * columns), fold.rows * columns);
        fold.rows += 1;
        if (fold.rows === most) add(fold);
      }
    }
    for (const fold of gathering) {
      if (fold.rows > 0) add(fold);
      sums.push(fold.sums);
    }
  }
  return sums;
}

function leastOf(depths: StoredNumbers<Float64Array>): number {
  let least = 0;
  forEachBlock(depths.length, (from, to) => {
    for (const depth of depths.read(from, to)) least = Math.min(least, depth);
  });
  return least;
}

/** What `packLogits` finds of the rows outside each fold. */
function scalesOutside(
  { gaps }: FoldRows,
  foldOf: StoredNumbers<Int32Array>,
  folds: number,
): readonly LossScale[] {
  const inside = Array.from({ length: folds }, () => ({ rows: 0, largest: 0 }));
  forEachBlock(gaps.length, (from, to) => {
    const own = gaps.read(from, to);
    const numbers = foldOf.read(from, to);
    for (let i = 0; i < own.length; i += 1) {
      const fold = inside[numbers[i]!]!;
      fold.rows += 1;
      if (own[i]! > fold.largest) fold.largest = own[i]!;
    }
  });
  const outside = inside.map((_, fold) => {
    const others = inside.filter((__, other) => other !== fold);
    const largest = others.reduce((most, other) => Math.max(most, other.largest), 0);
    return { gapUnit: powerOfTwo(exponentOf(largest)), sum: new SumOfBlocks() };
  });
  forEachBlock(gaps.length, (from, to) => {
    const own = gaps.read(from, to);
    const numbers = foldOf.read(from, to);
    for (const [fold, { gapUnit, sum }] of outside.entries()) {
      for (let i = 0; i < own.length; i += 1) if (numbers[i] !== fold) sum.add(own[i]! / gapUnit, from + i);
    }
  });
  return outside.map(({ gapUnit, sum }, fold) => {
    const totalWeight = gaps.length - inside[fold]!.rows;
    return { totalWeight, gapUnit, meanGap: sum.value() / totalWeight };
  });
}

/** Passes over the rows outside a fold: those inside get the weight 0. */
function passesOutside(
  { logits, depths, loss }: FoldRows,
  foldOf: StoredNumbers<Int32Array>,
  fold: number,
  scale: LossScale,
): LossSource {
  let made: LossSource | undefined;
  const passes = (): LossSource => {
    made ??= storedLoss(
      { logits, weights: weightsOutside(foldOf, fold) },
      { ...scale, deepest: deepestOutside(depths, foldOf, fold) },
    );
    return made;
  };
  return {
    rows: loss.rows,
    derivatives: (beta) => passes().derivatives(beta),
    value: (beta) => passes().value(beta),
    slopes: (beta) => passes().slopes(beta),
  };
}

function weightsOutside(foldOf: StoredNumbers<Int32Array>, fold: number): StoredNumbers<Float64Array> {
  return { length: foldOf.length, read: mappedRead(foldOf.read, (own) => (own === fold ? 0 : 1)) };
}

function deepestOutside(
  depths: StoredNumbers<Float64Array>,
  foldOf: StoredNumbers<Int32Array>,
  fold: number,
): Float64Array {
  const deepest = new Float64Array(Math.ceil(depths.length / blockRows));
  forEachBlock(depths.length, (from, to, block) => {
    const own = depths.read(from, to);
    const numbers = foldOf.read(from, to);
    for (let i = 0; i < own.length; i += 1) {
      if (numbers[i] !== fold && own[i]! < deepest[block]!) deepest[block] = own[i]!;
    }
  });
  return deepest;
}
