const buckets = 4096;
const fewEnough = 65_536;

/**
 * Median of more values than fit in memory: those of a stream that can be run through again and again. Mean of the two
 * middle ones where their number is even. Two to four runs for values spread without great gaps.
 *
 * @param forEach Hands every value ≥ 0, finite, to a visitor; the same values each time, at least one.
 */
export function medianOfMany(forEach: (visit: (value: number) => void) => void): number {
  let count = 0;
  let highest = 0;
  forEach((value) => {
    count += 1;
    highest = Math.max(highest, value);
  });
  const lower = valueOfRank(forEach, Math.floor((count - 1) / 2), highest);
  return count % 2 === 1 ? lower : (lower + valueOfRank(forEach, count / 2, highest)) / 2;
}

/** The value that `rank` others come before, found by counting in ever narrower buckets. */
function valueOfRank(
  forEach: (visit: (value: number) => void) => void,
  rank: number,
  highest: number,
): number {
  let [low, high, before] = [0, highest, 0];
  while (low < high) {
    const width = (high - low) / buckets;
    const place = (value: number): number =>
      width > 0 ? Math.min(Math.floor((value - low) / width), buckets - 1) : Number(value > low);
    const counts = new Float64Array(buckets);
    forEach((value) => {
      if (value >= low && value <= high) counts[place(value)]! += 1;
    });
    let bucket = 0;
    while (before + counts[bucket]! <= rank) {
      before += counts[bucket]!;
      bucket += 1;
    }
    const inside: number[] = [];
    let smallest = Number.POSITIVE_INFINITY;
    let largest = Number.NEGATIVE_INFINITY;
    const isFew = counts[bucket]! <= fewEnough;
    forEach((value) => {
      if (!(value >= low && value <= high) || place(value) !== bucket) return;
      if (isFew) inside.push(value);
      smallest = Math.min(smallest, value);
      largest = Math.max(largest, value);
    });
    if (isFew) return inside.sort((a, b) => a - b)[rank - before]!;
    [low, high] = [smallest, largest];
  }
  return low;
}
