import type { RandomSource } from '../core/random.ts';
import { log } from '../numerics/logarithm.ts';

/** A source of standard normal deviates by the polar method (Marsaglia and Bray 1964), the same on every engine. */
export function normalDeviates({ uniform }: RandomSource): () => number {
  let spare: number | undefined;
  return () => {
    if (spare !== undefined) {
      const kept = spare;
      spare = undefined;
      return kept;
    }
    for (;;) {
      const u = 2 * uniform() - 1;
      const v = 2 * uniform() - 1;
      const square = u * u + v * v;
      if (square > 0 && square < 1) {
        const factor = Math.sqrt((-2 * log(square)) / square);
        spare = v * factor;
        return u * factor;
      }
    }
  };
}
