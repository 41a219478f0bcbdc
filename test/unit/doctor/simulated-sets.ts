import type { Matrix } from '../../../src/core/matrix.ts';
import { seededRandom } from '../../../src/core/random.ts';
import type { ScoredSet, ScoreKind } from '../../../src/core/scored-set.ts';

/** Wraps rows of scores as a set. */
export function setOf(
  kind: ScoreKind,
  rows: readonly (readonly number[])[],
  labels: readonly number[],
): ScoredSet {
  const columns = rows[0]!.length;
  const scores: Matrix = { data: Float64Array.from(rows.flat()), rows: rows.length, columns };
  const classNames = Array.from({ length: columns }, (_, k) => String(k));
  return { kind, scores, labels: Int32Array.from(labels), classNames, namedClasses: false };
}

/** Logits of a classifier that is usually right, with the labels: normal noise plus `signal` on the true class. */
export function simulatedLogits(
  rows: number,
  classes: number,
  signal: number,
  seed = 7,
): { readonly logits: number[][]; readonly labels: number[] } {
  const random = seededRandom(seed);
  // Twelve uniforms less six are near enough to a normal deviate here.
  const noise = (): number => Array.from({ length: 12 }, random.uniform).reduce((sum, u) => sum + u, -6);
  const labels = Array.from({ length: rows }, () => random.below(classes));
  const logits = labels.map((label) =>
    Array.from({ length: classes }, (_, k) => 2 * noise() + (k === label ? signal : 0)),
  );
  return { logits, labels };
}

/** Softmax written plainly, for test inputs only. */
export function plainSoftmax(z: readonly number[]): number[] {
  const top = Math.max(...z);
  const weights = z.map((value) => Math.exp(value - top));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}
