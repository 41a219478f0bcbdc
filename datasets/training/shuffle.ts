import type { RandomSource } from '../../src/core/random.ts';

/** The numbers 0..count−1 in random order (Fisher and Yates, in Durstenfeld's form, 1964). */
export function shuffled(count: number, random: RandomSource): Int32Array {
  const order = Int32Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i -= 1) {
    const j = random.below(i + 1);
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return order;
}
