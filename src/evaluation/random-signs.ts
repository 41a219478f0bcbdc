import type { RandomSource } from '../core/random.ts';

/** Signs 1 and −1 at random, for the wild bootstrap. */
export function randomSigns(count: number, { uint32 }: RandomSource): Int32Array {
  const signs = new Int32Array(count);
  for (let u = 0; u < count; u += 1) signs[u] = (uint32() & 0x80000000) === 0 ? 1 : -1;
  return signs;
}
