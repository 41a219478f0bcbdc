import { printable } from '../core/errors.ts';
import { regularizedBeta } from '../numerics/incomplete-beta.ts';
import type { Patient } from './patient.ts';

/** Counts of labels by prediction. */
export interface Confusion {
  readonly add: (predicted: number, label: number) => void;
  /** Counts, `columns` labels for each prediction; `undefined` for more classes than are counted. */
  readonly agreeing: () => readonly number[] | undefined;
}

/** More classes than these are not compared by pairs. */
const mostClasses = 200;

export function confusion(columns: number): Confusion {
  const counts = columns <= mostClasses ? new Float64Array(columns * columns) : undefined;
  return {
    add: (predicted, label) => {
      if (counts !== undefined) counts[predicted * columns + label]! += 1;
    },
    agreeing: () => (counts === undefined ? undefined : Array.from(counts)),
  };
}

/** An order of the classes, and how well it suits the labels. */
export interface ClassOrder {
  /** The label that each column would have. */
  readonly labels: readonly number[];
  /** Rows whose prediction is then their label. */
  readonly matches: number;
  /** Rows that are right then and were not, */
  readonly gained: number;
  /** and rows that were right and are not then. */
  readonly lost: number;
}

/**
 * The order of the classes under which every class takes the label that most rows predicted as it have; `undefined` where two take
 * the same, or several take none.
 */
export function bestClassOrder(counts: readonly number[], columns: number): ClassOrder | undefined {
  const order = Array.from({ length: columns }, (_, k) => {
    const own = counts.slice(k * columns, (k + 1) * columns);
    const most = Math.max(...own);
    return most === 0 ? -1 : own.indexOf(most);
  });
  const taken = order.filter((label) => label >= 0);
  if (new Set(taken).size < taken.length) return undefined;
  const rest = order.map((_, k) => k).filter((k) => !taken.includes(k));
  // At most one class can be left to what remains.
  if (rest.length > 1) return undefined;
  const labels = order.map((label) => (label >= 0 ? label : rest[0]!));
  const moved = labels.map((_, k) => k).filter((k) => labels[k] !== k);
  const sumOf = (places: readonly number[], labelOf: (k: number) => number): number =>
    places.reduce((sum, k) => sum + counts[k * columns + labelOf(k)]!, 0);
  return {
    labels,
    matches: sumOf([...labels.keys()], (k) => labels[k]!),
    gained: sumOf(moved, (k) => labels[k]!),
    lost: sumOf(moved, (k) => k),
  };
}

/** Pairs look swapped by chance in fewer sets than this. */
const rareSwap = 0.01;

/**
 * The order with those pairs of classes swapped whose rows agree with the labels far better so: of the rows of a pair that are right one way or the other,
 * more are right when swapped, by an exact sign test corrected for the number of pairs. `undefined` where there is no such pair.
 */
export function swappedOrder(counts: readonly number[], columns: number): ClassOrder | undefined {
  const at = (predicted: number, label: number): number => counts[predicted * columns + label]!;
  const pairs = (columns * (columns - 1)) / 2;
  const labels = Array.from({ length: columns }, (_, k) => k);
  let [gained, lost] = [0, 0];
  for (let a = 0; a < columns; a += 1) {
    for (let b = a + 1; b < columns; b += 1) {
      // Both must gain: a class that is predicted in place of another is no other order.
      if (!(at(a, b) > at(a, a) && at(b, a) > at(b, b)) || labels[a] !== a || labels[b] !== b) continue;
      const [swapped, kept] = [at(a, b) + at(b, a), at(a, a) + at(b, b)];
      if (!(regularizedBeta(0.5, swapped, kept + 1) * pairs < rareSwap)) continue;
      [labels[a], labels[b]] = [b, a];
      gained += swapped;
      lost += kept;
    }
  }
  if (gained === 0) return undefined;
  return { labels, matches: labels.reduce((sum, label, k) => sum + at(k, label), 0), gained, lost };
}

/** An order of the classes that suits the labels better, in words, with what to do. */
export function classOrderText({ labels, matches }: ClassOrder, { set, context }: Patient): string {
  const labelNames = context.labelNames ?? set.classNames;
  const names = labels.map((label) => labelNames[label]!);
  const list = names.map(printable).join(',');
  const isTypeable = names.every((name) => /^[\p{L}\p{N}_.+-]+$/u.test(name)) && list.length <= 120;
  const share = `${((100 * matches) / set.scores.rows).toFixed(1)}%`;
  // Names of the columns are not given anew in another order: there the names themselves are wrong.
  const isByNumber = labelNames.some((name, k) => name !== set.classNames[k]);
  const found = `with the classes in another order they agree on ${share}`;
  if (!isTypeable) return `${found}, so correct the names of the columns, or the labels`;
  return isByNumber || context.oneColumn === true
    ? `${found}, so the columns may be in the order ${list}: pass --class-names=${list} if they are`
    : `${found}, so the columns may be in the order ${list}: correct their names, or the labels, if they are`;
}
