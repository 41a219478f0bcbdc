import { throwIfAborted } from '../core/cancellation.ts';
import { type PackedLogits, packLogits } from '../kernels/packed-logits.ts';
import { blockRows } from '../kernels/row-blocks.ts';
import { blockSums, lossOfBlocks, temperatureLoss } from '../kernels/temperature-loss.ts';
import type { CheckedSample } from './checked-sample.ts';
import { betaRange, prepareFit } from './fit-sample.ts';
import { localLoss, lossPasses } from './loss-passes.ts';
import type { TemperatureSettings } from './temperature-options.ts';
import { bySeries, refined } from './temperature-search.ts';

/**
 * The temperature of the rows outside each fold, in little more than one pass over all rows. The temperatures of the folds
 * lie close together, so the loss of each is expanded around one β near them all, where every row is looked at once: what the
 * rows of a fold add is summed apart, and the loss outside a fold is the sum of the others. A fold whose optimum lies too far
 * off for that gets passes of its own.
 *
 * @param sample Rows without weights.
 * @param foldOf Fold of each row; none holds all rows.
 * @returns T of each fold; `undefined` where this is no way to find it, and where there is none.
 */
export function foldTemperatures(
  sample: CheckedSample,
  foldOf: Int32Array,
  folds: number,
  settings: TemperatureSettings,
): readonly (number | undefined)[] {
  const { logits, survey, labels } = sample;
  const { packed, near } = prepareFit(sample);
  const middle = refined(near(), localLoss(packed))?.beta;
  if (middle === undefined) return Array.from({ length: folds }, () => undefined);
  const sums = Array.from({ length: folds }, (_, fold) => {
    throwIfAborted(settings.signal);
    return sumsInside(packed, foldOf, fold, middle);
  });
  return sums.map((_, fold) => {
    const weights = Float64Array.from(foldOf, (own) => (own === fold ? 0 : 1));
    const others = packLogits(logits, survey, labels, weights);
    const blocks = Float64Array.from(sums.flatMap((own, other) => (other === fold ? [] : own)));
    const passes = lossPasses(
      {
        ...localLoss(others),
        derivatives: (beta) =>
          beta === middle ? lossOfBlocks(others, beta, blocks) : temperatureLoss(others, beta),
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

/** The sums of the rows of a fold in their order, in blocks of as many as are looked at at a time. */
function sumsInside(
  { cells, columns, largest, deepest }: PackedLogits,
  foldOf: Int32Array,
  fold: number,
  beta: number,
): readonly number[] {
  const most = Math.min(Math.max(Math.floor(cellsAtOnce / columns), 1), blockRows);
  const Cells = cells instanceof Float64Array ? Float64Array : Float32Array;
  const gathered = new Cells(most * columns);
  const tops = new Float64Array(largest.length === 0 ? 0 : most);
  const least = Float64Array.of(deepest.reduce((a, b) => Math.min(a, b), 0));
  const sums: number[] = [];
  let rows = 0;
  const add = (): void => {
    const block = { rows, cells: gathered, columns, largest: tops, deepest: least, weights: undefined };
    for (const sum of blockSums(block, beta, 'derivatives')) sums.push(sum);
    rows = 0;
  };
  for (let row = 0; row < foldOf.length; row += 1) {
    if (foldOf[row] !== fold) continue;
    gathered.set(cells.subarray(row * columns, (row + 1) * columns), rows * columns);
    if (tops.length > 0) tops[rows] = largest[row]!;
    rows += 1;
    if (rows === most) add();
  }
  if (rows > 0) add();
  return sums;
}
