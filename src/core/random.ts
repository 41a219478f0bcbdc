import { checkWithin } from './checks.ts';

/**
 * A stream of pseudo-random numbers. Every function that draws takes one, seeded by default, so that equal calls give
 * equal results.
 */
export interface RandomSource {
  /** A whole number in `[0, 2^32)`. */
  readonly uint32: () => number;
  /** A number in `[0, 1)` with 53 random bits. */
  readonly uniform: () => number;
  /** A whole number in `[0, n)`, without modulo bias. `n` is a whole number in 1..2^32. */
  readonly below: (n: number) => number;
}

/**
 * The xoshiro128** generator (Blackman and Vigna 2021, "Scrambled linear pseudorandom number generators", ACM TOMS
 * 47(4)), its 128-bit state filled from the seed by SplitMix32. Period 2^128 − 1; not for cryptography.
 *
 * @param seed Whole number; only its lowest 32 bits count.
 */
export function seededRandom(seed: number): RandomSource {
  checkWithin('seed', seed, -Number.MAX_VALUE, Number.MAX_VALUE);
  return randomFrom(seed | 0);
}

/**
 * One of many streams of a seed, such as one for each resample: what a stream gives does not depend on how far others
 * were drawn from, so that work can be split in any way.
 *
 * @param stream Number of the stream, a whole number ≥ 0.
 */
export function randomStream(seed: number, stream: number): RandomSource {
  const { uint32 } = randomFrom(seed | 0);
  return randomFrom(Math.imul(stream + 1, 0x9e3779b1) ^ uint32(), uint32());
}

/** The four words of state that {@link seededRandom} begins with, for who draws by the same rule elsewhere. */
export function seededState(seed: number): Int32Array<ArrayBuffer> {
  return filledState(seed | 0, 0);
}

/** @param salt Second half of the seed, mixed in after the first. */
function filledState(seed: number, salt: number): Int32Array<ArrayBuffer> {
  let state = seed;
  const fill = (): number => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = state ^ (state >>> 16);
    mixed = Math.imul(mixed, 0x21f0aaad);
    mixed ^= mixed >>> 15;
    mixed = Math.imul(mixed, 0x735a2d97);
    return mixed ^ (mixed >>> 15);
  };
  const words = Int32Array.of(fill(), fill(), 0, 0);
  state ^= salt;
  words[2] = fill();
  words[3] = fill();
  return words;
}

function randomFrom(seed: number, salt = 0): RandomSource {
  let [a, b, c, d] = filledState(seed | 0, salt) as unknown as [number, number, number, number];

  const uint32 = (): number => {
    const scaled = Math.imul(b, 5);
    const result = Math.imul((scaled << 7) | (scaled >>> 25), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = (d << 11) | (d >>> 21);
    return result;
  };

  const uniform = (): number => ((uint32() >>> 5) * 67108864 + (uint32() >>> 6)) / 9007199254740992;

  const below = (n: number): number => {
    const limit = 4294967296 - (4294967296 % n);
    let drawn = uint32();
    while (drawn >= limit) drawn = uint32();
    return drawn % n;
  };

  return { uint32, uniform, below };
}
