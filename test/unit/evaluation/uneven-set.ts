import type { RandomSource } from '../../../src/core/random.ts';
import type { ScoredSet } from '../../../src/core/scored-set.ts';
import { drawnSet } from '../../simulations/simulation.ts';

/** A set half overconfident and half underconfident, which no temperature corrects. */
export function unevenSet(rows: number, classes: number, random: RandomSource): ScoredSet {
  const half = Math.floor(rows / 2);
  const over = drawnSet({ rows: half, classes, temperature: 2.5 }, random);
  const under = drawnSet({ rows: rows - half, classes, temperature: 0.45 }, random);
  const timid = Float64Array.from(under.scores.data, (score) => 0.45 * score);
  return {
    ...over,
    scores: { data: Float64Array.from([...over.scores.data, ...timid]), rows, columns: classes },
    labels: Int32Array.from([...over.labels, ...under.labels]),
  };
}
