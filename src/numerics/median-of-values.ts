/**
 * Median of finite values, which are put in another order: mean of the two middle ones where their number is even. O(N) on
 * average.
 *
 * Source: Hoare 1961, "Algorithm 65: Find".
 *
 * @param values One or more.
 */
export function medianOfValues(values: Float64Array): number {
  const { length } = values;
  const middle = Math.floor((length - 1) / 2);
  part(values, middle);
  const lower = values[middle]!;
  if (length % 2 === 1) return lower;
  let upper = values[middle + 1]!;
  for (let i = middle + 2; i < length; i += 1) if (values[i]! < upper) upper = values[i]!;
  return (lower + upper) / 2;
}

/** Puts the value of a rank in its place, none before it larger and none after it smaller. */
function part(values: Float64Array, rank: number): void {
  let [low, high] = [0, values.length - 1];
  while (low < high) {
    const pivot = middleOf(values[low]!, values[(low + high) >> 1]!, values[high]!);
    let [i, j] = [low, high];
    while (i <= j) {
      while (values[i]! < pivot) i += 1;
      while (values[j]! > pivot) j -= 1;
      if (i > j) break;
      const swapped = values[i]!;
      values[i] = values[j]!;
      values[j] = swapped;
      i += 1;
      j -= 1;
    }
    if (rank > j && rank < i) return;
    if (rank <= j) high = j;
    else low = i;
  }
}

function middleOf(a: number, b: number, c: number): number {
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
}
