// softmax(z/T) of rows, by the operations of numerics/softmax-row.ts, so that the bits are the same.
import { distances32, distances64 } from './distances';
import { expToSubnormal } from './exponential';
import { withTies } from './ties';

/**
 * Writes the probabilities of rows of logits, row by row as float64.
 *
 * @param cells Address of the rows; `width` bytes a cell.
 * @param largest Address of the rows' maxima, with room for one more, as all that follow.
 * @param temperatures Address of the rows' temperatures.
 * @param pair Address of room for two rows, 16 bytes a column.
 * @param out Where to write, with room for one row more.
 * @param others Where to write, for each row, Σe^x over the classes other than the maximum, relative to that of the maximum.
 */
export function softmaxRows(
  cells: usize,
  width: i32,
  largest: usize,
  temperatures: usize,
  rows: i32,
  columns: usize,
  pair: usize,
  out: usize,
  others: usize,
): void {
  const stride = columns * <usize>width;
  for (let i = 0; i < rows; i += 2) {
    const next = rows - i === 1 ? cells : cells + stride;
    if (width === 4) distances32(cells, next, columns, largest, pair);
    else distances64(cells, next, columns, largest, pair);
    softmaxPair(pair, columns, v128.load(temperatures), out, others);
    cells = next + stride;
    largest += 16;
    temperatures += 16;
    out += columns << 4;
    others += 16;
  }
}

function softmaxPair(pair: usize, columns: usize, temperature: v128, out: usize, others: usize): void {
  const zero = f64x2.splat(0);
  let sum = zero;
  let lost = zero;
  let s0 = zero;
  let below = zero;
  const end = pair + (columns << 4);
  for (let at = pair; at < end; at += 16) {
    const distance = v128.load(at);
    const isBelow = f64x2.lt(distance, zero);
    const quotient = f64x2.div(distance, temperature);
    const x = f64x2.pmax(f64x2.splat(-746), quotient);
    const e = v128.and(expToSubnormal(x), f64x2.gt(quotient, f64x2.splat(-745.2)));
    v128.store(at, e);
    below = i64x2.add(below, isBelow);
    s0 = f64x2.add(s0, v128.and(e, isBelow));
    const next = f64x2.add(sum, e);
    const share = f64x2.sub(next, sum);
    lost = f64x2.add(lost, f64x2.add(f64x2.sub(sum, f64x2.sub(next, share)), f64x2.sub(e, share)));
    sum = next;
  }
  const total = f64x2.add(sum, lost);
  v128.store(others, withTies(s0, below, columns));
  const second = out + (columns << 3);
  const even = columns & ~1;
  for (let k: usize = 0; k < even; k += 2) {
    const a = f64x2.div(v128.load(pair + (k << 4)), total);
    const b = f64x2.div(v128.load(pair + (k << 4), 16), total);
    v128.store(out + (k << 3), v128.shuffle<f64>(a, b, 0, 2));
    v128.store(second + (k << 3), v128.shuffle<f64>(a, b, 1, 3));
  }
  if (columns & 1) {
    const a = f64x2.div(v128.load(pair + (even << 4)), total);
    store<f64>(out + (even << 3), f64x2.extract_lane(a, 0));
    store<f64>(second + (even << 3), f64x2.extract_lane(a, 1));
  }
}

/** Copies cells of `width` bytes as float64. */
export function widenCells(cells: usize, width: i32, count: usize, out: usize): void {
  if (width === 8) {
    memory.copy(out, cells, count << 3);
    return;
  }
  const even = count & ~1;
  for (let k: usize = 0; k < even; k += 2) {
    v128.store(out + (k << 3), f64x2.promote_low_f32x4(v128.load64_zero(cells + (k << 2))));
  }
  if (count & 1) store<f64>(out + (even << 3), <f64>load<f32>(cells + (even << 2)));
}
