import { log } from '../numerics/logarithm.ts';

/** A score of the probability p of an event against whether it happened, 0 or 1; smaller is better. */
export type BinaryScore = (p: number, outcome: 0 | 1) => number;

/** Proper scores of one probability. */
export const binaryScores = {
  /** (p − y)². */
  brier: (p: number, outcome: 0 | 1): number => (p - outcome) * (p - outcome),
  /** −ln of the probability of what happened. */
  log: (p: number, outcome: 0 | 1): number => -log(outcome === 1 ? p : 1 - p) + 0,
  /** 1 − (probability of what happened)/√(p² + (1 − p)²). */
  spherical: (p: number, outcome: 0 | 1): number =>
    1 - (outcome === 1 ? p : 1 - p) / Math.sqrt(p * p + (1 - p) * (1 - p)),
} as const;
