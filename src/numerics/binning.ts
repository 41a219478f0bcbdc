/** Which end of an inner bin belongs to it; 0 and 1 always belong to the first and the last bin. */
export type BinClosure = 'right-closed' | 'left-closed';

/** Edges 0, 1/bins, …, 1 of bins of equal width, each one correctly rounded division. */
export function equalWidthEdges(bins: number): Float64Array {
  const edges = new Float64Array(bins + 1);
  for (let i = 0; i <= bins; i += 1) edges[i] = i / bins;
  return edges;
}

/**
 * The bin a value falls in: the one definition of edge closure. Only comparisons with the edges decide.
 *
 * Right-closed bins are (low, high] and left-closed ones [low, high); the first also holds what is at or below 0 and
 * the last what is at or above 1, so probabilities that rounding carried past an end are kept.
 *
 * @param value A number.
 * @param edges Ascending edges from {@link equalWidthEdges} or {@link equalMassEdges}.
 */
export function binIndex(value: number, edges: Float64Array, closure: BinClosure): number {
  const last = edges.length - 2;
  if (!(value > 0)) return 0;
  if (value >= edges[last + 1]!) return last;
  // Right for equal widths but for rounding; the comparisons below have the say.
  const guess = Math.min(Math.floor(value * (last + 1)), last);
  for (let bin = Math.max(guess - 1, 0); bin <= guess; bin += 1) {
    if (holds(bin, value, edges, closure)) return bin;
  }
  return searchBin(value, edges, closure);
}

function holds(bin: number, value: number, edges: Float64Array, closure: BinClosure): boolean {
  const low = edges[bin]!;
  const high = edges[bin + 1]!;
  return closure === 'right-closed' ? low < value && value <= high : low <= value && value < high;
}

/** Number of inner edges that lie before the value. */
function searchBin(value: number, edges: Float64Array, closure: BinClosure): number {
  let low = 0;
  let high = edges.length - 2;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const edge = edges[middle + 1]!;
    const before = closure === 'right-closed' ? edge < value : edge <= value;
    if (before) low = middle + 1;
    else high = middle;
  }
  return low;
}
