import { temperatureScaling } from '../calibrators/index.ts';
import type { TemperatureModel } from '../core/temperature-model.ts';
import { type CalibrationRefinement, calibrationRefinement, type Recalibrator } from '../evaluation/index.ts';
import type { FindingOptions } from '../evaluation/measure-findings.ts';
import { heldSet } from '../io/held-set.ts';
import type { LoadedSet, LoadedStoredSet } from '../io/index.ts';
import type { LabelledInput } from './load-input.ts';
import { finiteOrNull } from './measure-records.ts';
import type { Session } from './session.ts';

/** A mean score split by recalibration. */
interface Split extends CalibrationRefinement {
  readonly of: 'log' | 'brier';
  readonly recalibration: Recalibrator;
}

/** The splits of a set, before and after a calibrator. */
export interface RefinementSplits {
  readonly before: readonly Split[];
  readonly after: readonly Split[] | null;
}

const kinds = [
  ['log', 'temperature'],
  ['brier', 'temperature'],
  ['log', 'isotonic'],
  ['brier', 'isotonic'],
] as const;

/** Scores up to which the split is made without being asked for by name: some seconds. */
const mostCells = 10_000_000;

/** Whether the split is made: when asked for by name, and with all measures unless it takes long. */
export function isSplit(
  { refinement = false, all = false }: { readonly refinement?: boolean; readonly all?: boolean },
  { scores, isInMemory }: LabelledInput['set'],
): boolean {
  if (!isInMemory) return false;
  return refinement || (all && scores.rows * scores.columns <= mostCells);
}

/** Splits the log and the Brier score, of all classes and of one probability per row. */
export async function splitScores(
  session: Session,
  stored: LoadedStoredSet,
  model: TemperatureModel | undefined,
  { seed, binary = 'confidence' }: FindingOptions,
): Promise<RefinementSplits> {
  const set = heldSet(stored);
  const { labels, weights } = set;
  const splitsOf = (scores: LoadedSet['scores'], input: LoadedSet['kind']): Promise<readonly Split[]> =>
    session.during('recalibrating', 'resamples', () =>
      kinds.map(([of, recalibration]): Split => {
        const options = { input, score: of, recalibration, binary, seed };
        const split = calibrationRefinement(scores, labels, {
          ...options,
          ...(weights === undefined ? {} : { weights }),
          signal: session.io.signal,
        });
        return { ...split, of, recalibration };
      }),
    );
  return {
    before: await splitsOf(set.scores, set.kind),
    after:
      model === undefined
        ? null
        : await splitsOf(temperatureScaling.predict(model, set.scores), 'probabilities'),
  };
}

/** The splits as records. */
export function refinementRecords({ before, after }: RefinementSplits): object {
  const records = (splits: readonly Split[]): readonly object[] =>
    splits.map(({ of, recalibration, score, crossFitted, optimistic, folds }) => ({
      score: of,
      recalibration,
      value: finiteOrNull(score),
      refinement: crossFitted?.refinement ?? null,
      calibrationError: finiteOrNull(crossFitted?.calibrationError ?? null),
      folds,
      optimistic:
        optimistic === null
          ? null
          : { ...optimistic, calibrationError: finiteOrNull(optimistic.calibrationError) },
    }));
  return { before: records(before), after: after === null ? null : records(after) };
}
