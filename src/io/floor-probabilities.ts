import { type Notice, notice } from '../core/notices.ts';
import type { StoredNumbers } from '../core/number-store.ts';
import type { ScoreRows } from '../core/score-rows.ts';
import type { FlooredCells } from '../core/treatment.ts';
import { rowWindow } from '../numerics/row-window.ts';
import { type RowPlaces, rowText } from './probability-faults.ts';

/** Which cells a floor raises. */
export interface FloorFound {
  readonly floored: FlooredCells;
  /** The first row with such a cell. */
  readonly first: number;
}

/** Counts the cells below a floor, and those of them that belong to the true class. */
export function findBelow(
  scores: ScoreRows,
  floor: number,
  labels: StoredNumbers<Int32Array> | undefined,
): FloorFound {
  const { rows, columns } = scores;
  const rowAt = rowWindow(scores);
  let [cellsBelow, rowsBelow, trueCells, first] = [0, 0, 0, 0];
  for (let i = 0; i < rows; i += 1) {
    const { cells, offset } = rowAt(i);
    let below = 0;
    for (let k = 0; k < columns; k += 1) if (cells[offset + k]! < floor) below += 1;
    if (below === 0) continue;
    if (rowsBelow === 0) first = i;
    rowsBelow += 1;
    cellsBelow += below;
    if (labels !== undefined && cells[offset + labels.read(i, i + 1)[0]!]! < floor) trueCells += 1;
  }
  const floored = { value: floor, cells: cellsBelow, rows: rowsBelow };
  return { floored: labels === undefined ? floored : { ...floored, trueCells }, first };
}

/** Suggested floors further than this from the one in use are named. */
const farFactor = 2;

/** Says how many cells were raised, how many true classes among them, and which floor the data suggest. */
export function floorNotice(
  { floored, first }: FloorFound,
  suggested: () => number,
  places: RowPlaces,
): readonly Notice[] {
  const { value, cells, trueCells = 0 } = floored;
  if (cells === 0) return [];
  const count = cells === 1 ? '1 probability below it was' : `${cells} probabilities below it were`;
  const where = places.file === undefined ? {} : { file: places.file };
  const head = `${count} raised to the floor ${value} (first: ${rowText(places, first)})`;
  if (trueCells === 0) return [notice('W_FLOORED', `${head}, which changes the figures.`, where)];
  const classes =
    trueCells === 1 ? 'the true class of 1 row is' : `the true classes of ${trueCells} rows are`;
  const truth = `${classes} among them, so the NLL and the temperature depend on the floor`;
  const better = suggested();
  const isFar = better > farFactor * value || value > farFactor * better;
  const advice = isFar ? `; the digits of the data suggest --floor ${better}` : '';
  return [notice('W_FLOORED', `${head}; ${truth}${advice}.`, where)];
}
