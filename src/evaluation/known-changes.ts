import type { MeasureName } from '../metrics/registry.ts';
import type { Change, Evaluation } from './evaluation.ts';
import type { FindingOptions } from './measure-findings.ts';

/**
 * The changes that an evaluation holds by the name of their measure, so that a table of measures shows the same interval of
 * the same change; none where another kind of interval or another view is asked for.
 */
export function knownChanges(
  { changes, binary }: Pick<Evaluation, 'changes' | 'binary'>,
  options: Pick<FindingOptions, 'method' | 'binary'>,
): ReadonlyMap<MeasureName, Change> {
  if (changes === null || options.method !== 'centred') return new Map();
  const { nll, brier, ece, eceDebiased } = changes;
  const losses = [
    ['negative-log-likelihood', nll],
    ['brier-score', brier],
  ] as const;
  if (binary !== (options.binary ?? 'confidence')) return new Map(losses);
  return new Map<MeasureName, Change>([
    ...losses,
    ['expected-calibration-error', ece],
    ['debiased-absolute-calibration-error', eceDebiased],
  ]);
}
