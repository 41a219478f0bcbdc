import type { RandomSource } from '../core/random.ts';
import type { ProbabilityRows } from '../metrics/probability-rows.ts';

/**
 * Labels as a perfectly calibrated model of these probabilities would meet them: each row's label drawn from its own
 * probabilities. Holds their running sums, N×K.
 */
export function labelDrawer(source: ProbabilityRows): (random: RandomSource) => Int32Array {
  const { rows, classes } = source;
  const reached = new Float64Array(rows * classes);
  const p = new Float64Array(classes);
  for (let i = 0; i < rows; i += 1) {
    source.read(i, p);
    let sum = 0;
    for (let k = 0; k < classes; k += 1) {
      sum += p[k]!;
      reached[i * classes + k] = sum;
    }
  }
  return ({ uniform }) => {
    const labels = new Int32Array(rows);
    for (let i = 0; i < rows; i += 1) {
      const offset = i * classes;
      // Rows may miss a sum of 1 by rounding.
      const drawn = uniform() * reached[offset + classes - 1]!;
      let [low, high] = [0, classes - 1];
      while (low < high) {
        const middle = (low + high) >> 1;
        if (reached[offset + middle]! > drawn) high = middle;
        else low = middle + 1;
      }
      labels[i] = low;
    }
    return labels;
  };
}
