import { seededRandom } from '../../../src/core/random.ts';
import type { ScoredSet } from '../../../src/core/scored-set.ts';
import { exp } from '../../../src/numerics/exponential.ts';

/**
 * Logits of K classes whose labels are drawn from softmax(z / T), so that T is the temperature to be found: above 1
 * the logits are overconfident, at 1 they are calibrated.
 */
export function simulatedSet(rows: number, classes: number, temperature: number, seed = 1): ScoredSet {
  const random = seededRandom(seed);
  const data = new Float64Array(rows * classes);
  const labels = new Int32Array(rows);
  for (let i = 0; i < rows; i += 1) {
    let total = 0;
    for (let k = 0; k < classes; k += 1) {
      const z = 8 * random.uniform() - 4;
      data[i * classes + k] = z;
      total += exp(z / temperature);
    }
    let left = total * random.uniform();
    let label = 0;
    while (label < classes - 1) {
      left -= exp(data[i * classes + label]! / temperature);
      if (left < 0) break;
      label += 1;
    }
    labels[i] = label;
  }
  const classNames = Array.from({ length: classes }, (_, k) => String(k));
  return {
    kind: 'logits',
    scores: { data, rows, columns: classes },
    labels,
    classNames,
    namedClasses: false,
  };
}

/** A fitted temperature as far as evaluation looks at it. */
export const fixedTemperature = (temperature: number | null, classes: number) =>
  ({ type: 'temperature', input: 'logits', classes, temperature }) as const;
