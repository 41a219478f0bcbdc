import type { TieBlocks } from '../numerics/tie-blocks.ts';

/** The k most confident rows, as a selection; within ties, what a random order gives on average. */
export interface Selection {
  /** Share of the weight that is selected. */
  readonly coverage: number;
  /** Share of errors among the selected. */
  readonly risk: number;
  /** Errors among the selected, as a share of all rows. */
  readonly generalizedRisk: number;
  /** Share of the weight of the last row taken. */
  readonly share: number;
  /** Confidence of the last row taken. */
  readonly threshold: number;
}

/**
 * Visits the selections of 1, 2, … n most confident rows. Rows of equal confidence are taken to weigh, and to err,
 * alike: that is the expected value over their order, exactly so where their weights are equal.
 */
export function forEachSelection(
  { values, counts, weights, hits, totalWeight }: TieBlocks,
  visit: (selection: Selection) => void,
): void {
  let covered = 0;
  let errors = 0;
  for (let b = values.length - 1; b >= 0; b -= 1) {
    const count = counts[b]!;
    const missed = weights[b]! - hits[b]!;
    for (let row = 1; row <= count; row += 1) {
      const weight = covered + (row === count ? weights[b]! : (weights[b]! * row) / count);
      const wrong = errors + (row === count ? missed : (missed * row) / count);
      visit({
        coverage: weight / totalWeight,
        risk: wrong / weight,
        generalizedRisk: wrong / totalWeight,
        share: weights[b]! / count / totalWeight,
        threshold: values[b]!,
      });
    }
    covered += weights[b]!;
    errors += missed;
  }
}
