import type { CheckFlags } from './check-options.ts';
import type { MeasureFlags } from './measure-options.ts';

/** What needs all rows in memory, at the beginning of a sentence, where it was asked for. */
export function rowsNeededBy({
  by,
  clusters,
  refinement,
}: Pick<MeasureFlags, 'by' | 'clusters' | 'refinement'>): string | undefined {
  if (by !== undefined) return '--by needs that column of all rows in memory';
  if (clusters !== undefined) return '--clusters needs that column of all rows in memory';
  return refinement === true ? '--refinement needs all rows in memory' : undefined;
}

/** An option that needs some numbers of each row in memory, where one was given. */
export function askedFor(flags: MeasureFlags & CheckFlags, hasLimits: boolean): string | undefined {
  const { metrics, all, curve, refinement, compat, by, clusters, baseline } = flags;
  if (metrics !== undefined) return '--metrics';
  if (all === true) return '--all';
  if (curve === true) return '--curve';
  if (refinement === true) return '--refinement';
  if (compat !== undefined) return '--compat';
  if (by !== undefined) return '--by';
  if (clusters !== undefined) return '--clusters';
  if (baseline !== undefined) return '--baseline';
  return hasLimits ? 'a check of a limit' : undefined;
}
