import type { ProbabilityRows } from './probability-rows.ts';

/** Probabilities held at once: 64 MB. */
const mostCells = 8_000_000;

/**
 * Calls with every class's probabilities, one column after the other; a column's array serves again later. Many
 * classes take several passes over the rows, so that no second N×K matrix is held.
 */
export function forEachClass(
  source: ProbabilityRows,
  visit: (k: number, column: Float64Array) => void,
): void {
  const { rows, classes, room } = source;
  // What is in storage would be read again for every few classes.
  room?.take(8 * rows * classes);
  const perPass = Math.min(Math.max(1, Math.floor(mostCells / rows)), classes);
  const columns = Array.from({ length: perPass }, () => new Float64Array(rows));
  const p = new Float64Array(classes);
  for (let first = 0; first < classes; first += perPass) {
    const end = Math.min(first + perPass, classes);
    for (let i = 0; i < rows; i += 1) {
      source.read(i, p);
      for (let k = first; k < end; k += 1) columns[k - first]![i] = p[k]!;
    }
    for (let k = first; k < end; k += 1) visit(k, columns[k - first]!);
  }
}

/** 1 where the label is the class, else 0. */
export function isClass(labels: Int32Array, k: number): Uint8Array {
  return Uint8Array.from(labels, (label) => (label === k ? 1 : 0));
}
