import { temperatureScaling } from '../calibrators/index.ts';
import { type Notice, notice } from '../core/notices.ts';
import { type EvaluateOptions, type Evaluation, evaluate, evaluateCrossFitted } from '../evaluation/index.ts';
import { type CalibratorFile, checkCalibratorFits } from '../io/index.ts';
import type { ReportSource } from '../report/index.ts';
import { evaluationOptions, type JudgingFlags } from './judging-options.ts';
import { clusterOption } from './kept-texts.ts';
import type { LabelledInput } from './load-input.ts';
import type { Session } from './session.ts';

/** How a temperature was judged, and on what. */
export interface JudgedFit {
  readonly evaluation: Evaluation;
  readonly sources: readonly ReportSource[];
}

/** What a fit's own options parse to. */
export interface FitFlags {
  readonly bounds?: readonly [number, number];
  readonly folds?: number;
  /** Column whose texts name clusters of rows. */
  readonly clusters?: string;
  readonly level?: number;
}

/** The options of the fit as the library takes them. */
export function searchOptions({ bounds, level }: FitFlags): {
  bounds?: readonly [number, number];
  level?: number;
} {
  return { ...(bounds === undefined ? {} : { bounds }), ...(level === undefined ? {} : { level }) };
}

/** Judges a fitted temperature on a test set where there is one, and by cross-fitting where not. */
export async function judgeFit(
  session: Session,
  calibrator: CalibratorFile,
  fitted: LabelledInput,
  test: LabelledInput | undefined,
  flags: FitFlags & JudgingFlags,
): Promise<JudgedFit> {
  if (test !== undefined) {
    const evaluation = await judgeWith(
      session,
      calibrator,
      test,
      flags,
      fitted.notices,
      clusterOption(test.set, flags),
    );
    return { evaluation, sources: [sourceOf('fit', fitted), sourceOf('judge', test)] };
  }
  const evaluation = await session.during('evaluating by cross-fitting', 'resamples', (onProgress) =>
    evaluateCrossFitted(fitted.set, temperatureScaling, {
      ...evaluationOptions(flags),
      ...(flags.folds === undefined ? {} : { folds: flags.folds }),
      fit: searchOptions(flags),
      ...clusterOption(fitted.set, flags),
      notices: fitted.notices,
      model: calibrator.model,
      ...floorsOf(calibrator),
      signal: session.io.signal,
      onProgress,
    }),
  );
  await session.warn(evaluation.notices);
  return { evaluation, sources: [sourceOf('fit-and-judge', fitted)] };
}

/**
 * Judges a calibrator on a set, and says so when it is the very set it was fitted on.
 *
 * @param further Warnings about the rows it was fitted on.
 * @param clusters Which rows of the set depend on one another.
 * @throws CalibrationError `E_MODEL_KIND`, `E_MODEL_CLASSES` or `E_MODEL_ORDER` when the two do not belong together.
 */
export async function judgeWith(
  session: Session,
  { model, provenance }: CalibratorFile,
  { set, notices }: LabelledInput,
  flags: JudgingFlags,
  further: readonly Notice[] = [],
  { clusters }: Pick<EvaluateOptions, 'clusters'> = {},
): Promise<Evaluation> {
  await session.warn(checkCalibratorFits({ model, provenance }, set));
  const same = set.dataHash === provenance.dataHash;
  const evaluation = await session.during('judging', 'resamples', (onProgress) =>
    evaluate(set, {
      ...evaluationOptions(flags),
      ...(clusters === undefined ? {} : { clusters }),
      model,
      ...floorsOf({ provenance }),
      notices: [...further, ...notices, ...(same ? [sameData()] : [])],
      judgement: same ? 'same-rows' : 'held-out',
      signal: session.io.signal,
      onProgress,
    }),
  );
  await session.warn(evaluation.notices);
  return evaluation;
}

/** A file as it stands in reports. */
export function sourceOf(role: ReportSource['role'], { name, set }: LabelledInput): ReportSource {
  const { scores, dataHash, columns, treatment } = set;
  const facts = { role, name, rows: scores.rows, hash: dataHash, columns };
  return treatment === undefined ? facts : { ...facts, treatment };
}

function floorsOf({
  provenance: { floors },
}: Pick<CalibratorFile, 'provenance'>): Pick<EvaluateOptions, 'floors'> {
  return floors === undefined ? {} : { floors };
}

/** The warning that rows are those a calibrator was fitted on, with what follows from it. */
export function sameData(consequence = 'the after-figures are optimistic'): Notice {
  return notice('W_SAME_DATA', `fit and evaluation use the same rows (sha256 equal); ${consequence}.`);
}
