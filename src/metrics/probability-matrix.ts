import type { ProbabilityRows } from './probability-rows.ts';

/** All probabilities, row by row, for measures that compare every row with every other. */
export function allProbabilities(source: ProbabilityRows): Float64Array {
  const { rows, classes, room } = source;
  room?.take(8 * rows * classes);
  const all = new Float64Array(rows * classes);
  const p = new Float64Array(classes);
  for (let i = 0; i < rows; i += 1) {
    source.read(i, p);
    all.set(p, i * classes);
  }
  return all;
}
