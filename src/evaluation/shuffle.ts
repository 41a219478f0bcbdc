import type { RandomSource } from '../core/random.ts';

/** Puts numbers in a random order, in place (Fisher and Yates). */
export function shuffle(numbers: Uint32Array, random: RandomSource): void {
  for (let i = numbers.length - 1; i > 0; i -= 1) {
    const j = random.below(i + 1);
    [numbers[i], numbers[j]] = [numbers[j]!, numbers[i]!];
  }
}
