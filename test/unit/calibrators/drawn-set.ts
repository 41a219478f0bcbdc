import { seededRandom } from '../../../src/core/random.ts';
import type { ScoredSet } from '../../../src/core/scored-set.ts';

/** A set whose labels follow softmax(z/T), z normal with standard deviation 2. */
export function drawnSet({
  rows,
  classes,
  temperature,
  seed,
}: Record<'rows' | 'classes' | 'temperature' | 'seed', number>): ScoredSet {
  const random = seededRandom(seed);
  const data = new Float64Array(rows * classes);
  for (let i = 0; i < data.length; i += 1) {
    const radius = Math.sqrt(-2 * Math.log(1 - random.uniform()));
    data[i] = 2 * radius * Math.cos(2 * Math.PI * random.uniform());
  }
  const labels = Int32Array.from({ length: rows }, (_, i) => {
    const terms = data.subarray(i * classes, (i + 1) * classes).map((z) => Math.exp(z / temperature));
    let left = random.uniform() * terms.reduce((sum, term) => sum + term, 0);
    return Math.max(
      terms.findIndex((term) => {
        left -= term;
        return left < 0;
      }),
      0,
    );
  });
  return {
    kind: 'logits',
    scores: { data, rows, columns: classes },
    labels,
    classNames: Array.from({ length: classes }, (_, k) => String(k)),
    namedClasses: false,
  };
}
