import { CalibrationError } from './errors.ts';
import { memoryStorage } from './memory-storage.ts';
import type { NumberArray, NumberStorage, StoredNumbers } from './number-store.ts';
import type { ScoreRows } from './score-rows.ts';
import { type AnySet, type StoredSet, storedSet } from './stored-set.ts';

/** Numbers by row, seen as if each row stood as often as its weight counts. Nothing is copied until it is read. */
export interface RowCopies {
  /** Rows written out. */
  readonly rows: number;
  readonly numbers: <Values extends NumberArray>(values: StoredNumbers<Values>) => StoredNumbers<Values>;
  readonly scores: (scores: ScoreRows) => ScoreRows;
}

/** Rows whose counts are summed together. */
const blockRows = 4096;

/** Most rows and cells written out where numbers by row are kept in memory. */
const mostInMemory = { rows: 2 ** 27, cells: 2 ** 28 };

/** Most rows written out where they are kept in storage: rows are numbered by 32 bits. */
const mostStored = { rows: 2 ** 31 - 1, cells: Number.MAX_SAFE_INTEGER };

/**
 * Rows written out by their counts.
 *
 * @param counts N whole numbers ≥ 0, not all 0.
 * @param storage Where numbers by row will be kept, which limits how many rows there can be.
 * @throws CalibrationError `E_WEIGHT` when the counts add up to more rows than can be written out.
 */
export function rowCopies(
  counts: StoredNumbers<Float64Array>,
  columns: number,
  storage: NumberStorage,
): RowCopies {
  const starts = blockStarts(counts);
  const rows = starts.at(-1)!;
  const most = storage === memoryStorage ? mostInMemory : mostStored;
  if (!(rows <= most.rows && rows * columns <= most.cells)) {
    throw new CalibrationError('E_WEIGHT', {
      what: `the counts add up to ${rows} rows, more than can be written out`,
      hint: 'If the weights say how much a row matters, declare them as importance weights.',
    });
  }
  const forEachRun = runsOf(counts, starts);
  const numbers = <Values extends NumberArray>(values: StoredNumbers<Values>): StoredNumbers<Values> => ({
    length: rows,
    read: (from, to) => copied({ ...values, width: 1 }, from, to, forEachRun),
  });
  const scores = ({ rows: length, columns: width, read }: ScoreRows): ScoreRows => ({
    rows,
    columns: width,
    matrix: undefined,
    read: (from, to) => copied({ length, width, read }, from, to, forEachRun),
  });
  return { rows, numbers, scores };
}

/** The set with its rows written out where its weights count rows; else as it is. */
export function writtenOut(set: AnySet): AnySet {
  if (set.weightKind !== 'counts' || set.weights === undefined) return set;
  const { weights, weightKind: _, unfloored, ...rest } = storedSet(set);
  const copies = rowCopies(weights!, rest.scores.columns, rest.storage);
  const written: StoredSet = {
    ...rest,
    scores: copies.scores(rest.scores),
    labels: copies.numbers(rest.labels),
    ...(unfloored === undefined ? {} : { unfloored: copies.scores(unfloored) }),
  };
  return written;
}

/** Calls with each source row of some rows written out, in order, and how many of them are its copies. */
type ForEachRun = (from: number, to: number, use: (row: number, copies: number) => void) => void;

/** Rows written out before each block, and in all. */
function blockStarts(counts: StoredNumbers<Float64Array>): Float64Array {
  const starts = new Float64Array(Math.ceil(counts.length / blockRows) + 1);
  for (let block = 0; block + 1 < starts.length; block += 1) {
    const own = counts.read(block * blockRows, Math.min((block + 1) * blockRows, counts.length));
    starts[block + 1] = own.reduce((sum, count) => sum + count, starts[block]!);
  }
  return starts;
}

function runsOf(counts: StoredNumbers<Float64Array>, starts: Float64Array): ForEachRun {
  let known = { block: -1, ends: new Float64Array(0) };
  /** Rows written out up to and with each row of a block. */
  const endsOf = (block: number): Float64Array => {
    if (known.block === block) return known.ends;
    const from = block * blockRows;
    const ends = counts.read(from, Math.min(from + blockRows, counts.length)).slice();
    let sum = starts[block]!;
    for (let i = 0; i < ends.length; i += 1) {
      sum += ends[i]!;
      ends[i] = sum;
    }
    known = { block, ends };
    return ends;
  };
  return (from, to, use) => {
    let at = from;
    for (let block = lastAtMost(starts, from); at < to; block += 1) {
      const ends = endsOf(block);
      for (let i = firstAbove(ends, at); i < ends.length && at < to; i += 1) {
        const copies = Math.min(ends[i]!, to) - at;
        if (copies > 0) use(block * blockRows + i, copies);
        at += copies;
      }
    }
  };
}

/** The last place of a rising sequence whose number is not above a value. */
function lastAtMost(sorted: Float64Array, value: number): number {
  return firstAbove(sorted, value) - 1;
}

/** The first place of a rising sequence whose number is above a value. */
function firstAbove(sorted: Float64Array, value: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! > value) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Source rows read at a time. */
const atOnce = 1024;

/** Source rows of so many cells each. */
interface SourceRows<Values extends NumberArray> {
  readonly length: number;
  readonly width: number;
  readonly read: (from: number, to: number) => Values;
}

/** The cells of some rows written out. */
function copied<Values extends NumberArray>(
  { length, width, read }: SourceRows<Values>,
  from: number,
  to: number,
  forEachRun: ForEachRun,
): Values {
  const Cells = read(0, 0).constructor as new (cells: number) => Values;
  const cells = new Cells((to - from) * width);
  let piece = { from: 0, to: 0, values: cells };
  let at = 0;
  forEachRun(from, to, (row, copies) => {
    if (row >= piece.to) {
      const end = Math.min(row + Math.min(atOnce, to - from), length);
      piece = { from: row, to: end, values: read(row, end) };
    }
    const first = (row - piece.from) * width;
    const own = piece.values.subarray(first, first + width);
    for (let copy = 0; copy < copies; copy += 1) {
      cells.set(own, at);
      at += width;
    }
  });
  return cells;
}
