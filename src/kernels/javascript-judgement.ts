import { exp } from '../numerics/exponential.ts';
import { argmaxRow } from '../numerics/top-label.ts';
import type { ClasswiseSums, JudgedRange, JudgementExtras, RowJudgements } from './kernels-contract.ts';

/** The reference of `judgeRows`: the same operations on a row at a time. */
export function javascriptJudgement(
  { read, columns, from, to, labels, temperatures }: JudgedRange,
  out: RowJudgements,
  { classwise, visit }: JudgementExtras,
): void {
  const p = new Float64Array(columns);
  for (let i = from; i < to; i += 1) {
    const cells = read(i, i + 1);
    const top = argmaxRow(cells, 0, columns);
    out.tops[i] = top;
    if (temperatures === undefined) p.set(cells);
    else {
      const others = softmax(
        cells,
        top,
        typeof temperatures === 'number' ? temperatures : temperatures[i]!,
        p,
      );
      if (out.others !== undefined) out.others[i] = others;
    }
    out.confidence[i] = p[top]!;
    if (out.brier !== undefined) out.brier[i] = squaredError(p, labels[i]!);
    if (classwise !== undefined) addClasswise(p, labels[i]!, classwise);
    visit?.(i, p);
  }
}

/**
 * softmax(z/T) of a row, as `softmaxRow`.
 *
 * @returns Σ_{k≠top} p_k/p_top.
 */
function softmax(z: ArrayLike<number>, top: number, temperature: number, p: Float64Array): number {
  const largest = z[top]!;
  let sum = 0;
  let lost = 0;
  let others = 0;
  let ties = -1;
  for (let k = 0; k < p.length; k += 1) {
    const distance = z[k]! - largest;
    const quotient = distance / temperature;
    const e = quotient > -745.2 ? exp(quotient) : 0;
    p[k] = e;
    if (distance < 0) others += e;
    else ties += 1;
    const next = sum + e;
    const share = next - sum;
    lost += sum - (next - share) + (e - share);
    sum = next;
  }
  const total = sum + lost;
  for (let k = 0; k < p.length; k += 1) p[k]! /= total;
  return others + ties;
}

function squaredError(p: Float64Array, label: number): number {
  let sum = 0;
  for (let k = 0; k < p.length; k += 1) {
    const error = k === label ? p[k]! - 1 : p[k]!;
    sum += error * error;
  }
  return sum;
}

function addClasswise(p: Float64Array, label: number, table: ClasswiseSums): void {
  const { sums, lost, counts, correct } = table;
  const columns = p.length;
  for (let k = 0; k < columns; k += 1) {
    const value = p[k]!;
    const bin = binOf(value, table);
    const cell = bin * columns + k;
    const sum = sums[cell]!;
    const next = sum + value;
    const share = next - sum;
    lost[cell]! += sum - (next - share) + (value - share);
    sums[cell] = next;
    if (bin > 0) counts[cell]! += 1;
  }
  correct[binOf(p[label]!, table) * columns + label]! += 1;
}

/** As `binIndex`, which tells it for edges of any kind. */
function binOf(value: number, { edges, isRightClosed }: ClasswiseSums): number {
  const bins = edges.length - 1;
  let bin = Math.max(Math.min(Math.trunc(value * bins), bins - 1) - 1, 0);
  while (bin < bins - 1) {
    const high = edges[bin + 1]!;
    if (isRightClosed ? value <= high : value < high) break;
    bin += 1;
  }
  return bin;
}
