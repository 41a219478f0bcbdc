import type { CheckFlags } from './check-options.ts';
import type { MeasureFlags } from './measure-options.ts';

/** An option that needs all rows in memory, where one was given. */
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
