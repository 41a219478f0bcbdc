import type { ScoredSet } from '../../../src/core/scored-set.ts';
import { calibrationTests, evaluate } from '../../../src/evaluation/index.ts';
import { findingsOfSample } from '../../../src/evaluation/measure-findings.ts';
import { measuresNamed } from '../../../src/evaluation/sample-options.ts';
import { withDrawnNoise } from '../../../src/evaluation/with-drawn-noise.ts';
import { measureSample } from '../../../src/metrics/measure-sample.ts';

/** What the headline, the table and the tests of one set say of its ECE. */
export interface NoiseClaims {
  readonly headline: string;
  readonly isCalledUneven: boolean;
  /** The column `if calibrated` of the table, and whether the table calls the ECE beyond noise. */
  readonly floor: number;
  readonly isBeyond: boolean;
  /** Whether `calibrationTests` rejects by the ECE, after Holm's correction. */
  readonly isRejected: boolean;
}

/** Evaluates a set as the commands `evaluate` and `test` do, with their default draws. */
export function noiseClaims(set: ScoredSet, seed: number): NoiseClaims {
  const { scores, labels } = set;
  const sample = measureSample(scores, labels, { input: 'logits' });
  const chosen = measuresNamed(['expected-calibration-error']);
  const options = {
    resamples: 100,
    draws: 199,
    level: 0.95,
    method: 'centred',
    seed,
    thorough: false,
  } as const;
  const findings = findingsOfSample(sample, chosen, options);
  const { headline } = withDrawnNoise(evaluate(set, { seed }), findings).verdict;
  const tests = calibrationTests(scores, labels, { input: 'logits', seed });
  const ece = tests.find(({ name }) => name === 'expected-calibration-error')!;
  return {
    headline,
    isCalledUneven: headline.includes('not right at every'),
    floor: findings[0]!.floor!,
    isBeyond: findings[0]!.pValue! <= 0.05,
    isRejected: ece.adjusted! <= 0.05,
  };
}

/** What of them does not agree; empty where all does. */
export function contradictionsOf({
  headline,
  isCalledUneven,
  floor,
  isBeyond,
  isRejected,
}: NoiseClaims): string[] {
  const found: string[] = [];
  const [, noise] = headline.match(/noise alone would give about ([\d.]+)%/) ?? [];
  const digits = noise?.split('.')[1]?.length ?? 0;
  if (noise !== undefined && Math.abs(Number(noise) - 100 * floor) > 0.5001 * 10 ** -digits)
    found.push(`noise ${noise}% and ${100 * floor}%: ${headline}`);
  if (isCalledUneven && !isBeyond) found.push(`uneven, but within noise in the table: ${headline}`);
  if (isCalledUneven && !isRejected) found.push(`uneven, but not rejected: ${headline}`);
  return found;
}
