import type { Room } from '../core/room.ts';
import type { TemperatureModel } from '../core/temperature-model.ts';
import type { Evaluation } from '../evaluation/index.ts';
import { knownChanges } from '../evaluation/known-changes.ts';
import {
  type FindingOptions,
  findingsOfSample,
  type MeasureFinding,
} from '../evaluation/measure-findings.ts';
import { type PairedFinding, pairedFindings } from '../evaluation/paired-findings.ts';
import { sampleOfSet } from '../evaluation/set-samples.ts';
import type { LoadedStoredSet } from '../io/index.ts';
import type { KnownMeasure } from '../metrics/index.ts';
import type { Session } from './session.ts';

/** What was measured of a set. */
export interface Measured {
  /** The measures of the scores as judged: after the calibrator where there is one. */
  readonly findings: readonly MeasureFinding[];
  /** Before and after the calibrator; `null` without one. */
  readonly changes: readonly PairedFinding[] | null;
  readonly options: FindingOptions;
}

/** Measures a set, and compares it with what a calibrator makes of it; changes that its evaluation holds are taken from there. */
export async function measureSet(
  session: Session,
  set: LoadedStoredSet,
  model: TemperatureModel | undefined,
  chosen: readonly KnownMeasure[],
  options: FindingOptions,
  evaluation: Evaluation,
  room?: Room,
): Promise<Measured> {
  const binary = options.binary ?? 'confidence';
  const before = sampleOfSet(set, null, binary, room);
  const judged = model === undefined ? before : sampleOfSet(set, model.temperature, binary, room);
  const findings = await session.during('measuring', 'resamples', (onProgress) =>
    findingsOfSample(judged, chosen, { ...options, onProgress }),
  );
  const known = knownChanges(evaluation, options);
  const changes =
    model === undefined
      ? null
      : await session.during('comparing', 'resamples', (onProgress) =>
          pairedFindings([before, judged], chosen, { ...options, onProgress }, known),
        );
  return { findings, changes, options };
}
