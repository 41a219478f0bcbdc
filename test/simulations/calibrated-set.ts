import type { RandomSource } from '../../src/core/random.ts';
import { normalCdf } from '../../src/numerics/special-functions.ts';
import { normal } from './simulation.ts';

/** Standard deviation of the logits. */
export const spread = 2;

/** How much the outcomes, and the logits, of rows of one cluster have in common: shares of a variance. */
export const common = { outcomes: 0.4, logits: 0.3 } as const;

/** Size of a set. */
export interface Situation {
  readonly classes: number;
  readonly rows: number;
  /** Default: every row is a cluster of its own. */
  readonly clusters?: number;
}

/** Rows of one cluster share a part of their logits and of the number that picks the label; each row alone is calibrated. */
export function calibratedSet({ classes, rows, clusters = rows }: Situation, random: RandomSource) {
  const base = Array.from({ length: clusters }, () => Array.from({ length: classes }, () => normal(random)));
  const shift = base.map(() => normal(random));
  const isAlone = clusters === rows;
  const names = Array.from({ length: rows }, (_, i) =>
    i < clusters ? i : Math.floor(clusters * random.uniform()),
  );
  const mixed = (shared: number, share: number): number =>
    isAlone ? normal(random) : Math.sqrt(share) * shared + Math.sqrt(1 - share) * normal(random);
  const probabilities = names.map((c) => {
    const terms = base[c]!.map((z) => Math.exp(spread * mixed(z, common.logits)));
    const sum = terms.reduce((total, term) => total + term, 0);
    return terms.map((term) => term / sum);
  });
  const labels = probabilities.map((p, i) => {
    let left = normalCdf(mixed(shift[names[i]!]!, common.outcomes));
    const label = p.findIndex((chance) => {
      left -= chance;
      return left < 0;
    });
    return label < 0 ? classes - 1 : label;
  });
  return { probabilities, labels, clusters: names };
}
