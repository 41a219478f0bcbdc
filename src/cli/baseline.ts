import { CalibrationError, printable } from '../core/errors.ts';
import { type Notice, notice } from '../core/notices.ts';
import type { LoadedStoredSet } from '../io/index.ts';
import type { KnownMeasure } from '../metrics/index.ts';
import type { Baseline } from './load-baseline.ts';
import { definitionOf } from './measure-definitions.ts';
import { basisDifferences, type MeasuringBasis, unknownParts } from './measuring-basis.ts';

/**
 * Refuses a baseline that has none of the measures asked for, or was measured in another way: figures of unlike things
 * differ without any drift.
 *
 * @throws CalibrationError `E_BASELINE`.
 */
export function checkComparable(
  { file, figures, basis }: Baseline,
  chosen: readonly KnownMeasure[],
  now: MeasuringBasis,
): void {
  const shared = figures.filter(({ name }) => chosen.some((measure) => measure.name === name));
  if (shared.length === 0) {
    throw unlike(
      file,
      'has none of the requested measures',
      'Request the same measures in both runs, with --metrics or --all.',
    );
  }
  const redefined = shared.filter(({ name, definition }) => definition !== definitionOf(name));
  const differences = [
    ...basisDifferences(basis, now),
    ...redefined.map(({ name }) => `another definition of ${name}`),
  ];
  if (differences.length === 0) return;
  throw unlike(
    file,
    `does not compare with this run: ${differences.join('; ')}`,
    'Use the same settings for both, or write a new baseline with evaluate --json.',
  );
}

function unlike(file: string, predicate: string, hint: string): CalibrationError {
  return new CalibrationError('E_BASELINE', {
    file,
    placed: 'within',
    what: `${printable(file)} ${predicate}`,
    hint,
  });
}

/** What is missing of a baseline, and whether its rows are the same. */
export function baselineNotices(
  { figures, basis, hash }: Baseline,
  chosen: readonly KnownMeasure[],
  set: LoadedStoredSet,
): readonly Notice[] {
  const missing = chosen.filter((measure) => figures.every(({ name }) => name !== measure.name));
  const unknown = unknownParts(basis);
  const found: string[] = [];
  if (unknown.length > 0) {
    found.push(
      `the baseline is of an older version and does not record ${unknown.join(', ')}; a difference there would show as a drift.`,
    );
  }
  if (missing.length > 0) {
    const names = missing.map(({ name }) => name).join(', ');
    found.push(`the baseline has no ${names}, so drift in these is not tested.`);
  }
  if (hash === set.dataHash) {
    found.push('the baseline was made from the same rows (sha256 equal), so no drift is possible.');
  }
  return found.map((text) => notice('W_BASELINE', text));
}
