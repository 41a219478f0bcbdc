import { assertUsable, fitTemperatureOfSet, floorTemperatures } from '../calibrators/index.ts';
import { weightingNotices } from '../calibrators/weighting-notices.ts';
import { CalibrationError } from '../core/errors.ts';
import { type Notice, notice } from '../core/notices.ts';
import type { TemperatureModel } from '../core/temperature-model.ts';
import { evaluate } from '../evaluation/index.ts';
import type { CalibratorFile, LoadedStoredSet } from '../io/index.ts';
import { toolVersion } from '../node/index.ts';
import type { InputFlags } from './input-options.ts';
import { type FitFlags, type JudgedFit, judgeFit, searchOptions, sourceOf } from './judge-fit.ts';
import { evaluationOptions, type JudgingFlags } from './judging-options.ts';
import { clusterOption, columnsToKeep } from './kept-texts.ts';
import { type LabelledInput, loadLabelled } from './load-input.ts';
import type { Session } from './session.ts';
import { standardInput } from './standard-streams.ts';
import { tooLarge } from './too-large.ts';

/** What the options of a command that fits parse to. */
export interface FitFlowFlags extends InputFlags, JudgingFlags, FitFlags {
  readonly test?: string;
  readonly testLabels?: string;
}

/** A temperature with all that is known about it. */
export interface FittedInput extends JudgedFit {
  readonly fitted: LabelledInput;
  readonly calibrator: CalibratorFile;
}

/**
 * Reads, fits and judges: the way of every command that fits.
 *
 * @throws CalibrationError `E_FIT_SEPARABLE`, `E_FIT_NO_SIGNAL` or `E_FIT_CONSTANT` when there is no temperature, and
 * all codes of reading.
 */
export async function fitAndJudge(session: Session, file: string, flags: FitFlowFlags): Promise<FittedInput> {
  return judgedFit(session, await readAndFit(session, file, flags), file, flags);
}

/** {@link fitAndJudge}, but where there is no temperature the scores are judged as they are, and a warning says why. */
export async function fitOrJudgeAlone(
  session: Session,
  file: string,
  flags: FitFlowFlags,
): Promise<FittedInput | (JudgedFit & { readonly fitted: LabelledInput; readonly calibrator?: undefined })> {
  const read = await readAndFit(session, file, flags);
  const { fitted, test, model } = read;
  if (model.temperature !== null) return judgedFit(session, read, file, flags);
  const judged = test ?? fitted;
  const why = [
    notice(
      'W_NO_TEMPERATURE',
      `no temperature was fitted, so the scores are reported uncalibrated: ${model.message}`,
    ),
  ];
  await session.warn(why);
  const evaluation = evaluate(judged.set, {
    ...evaluationOptions(flags),
    notices: [...fitted.notices, ...(test?.notices ?? []), ...why],
    signal: session.io.signal,
  });
  await session.warn(evaluation.notices);
  return { fitted, evaluation, sources: [sourceOf('judge', judged)] };
}

interface ReadAndFitted {
  readonly fitted: LabelledInput;
  readonly test: LabelledInput | undefined;
  readonly model: TemperatureModel;
}

async function readAndFit(session: Session, file: string, flags: FitFlowFlags): Promise<ReadAndFitted> {
  const fitted = await loadLabelled(session, file, flags, { keep: columnsToKeep(flags) });
  // A fit refuses such rows in the same words.
  const isRefused = ({ code }: Notice): boolean => code === 'W_PROB_ZERO_TRUE';
  await session.warn(fitted.notices.filter((one) => !isRefused(one)));
  refuseClustersInStorage(fitted, flags);
  const test = isReadAgain(file, flags) ? fitted : await loadTest(session, flags);
  const model = atFileLines(fitted, () =>
    fitTemperatureOfSet(fitted.set, {
      ...searchOptions(flags),
      ...clusterOption(fitted.set, flags),
      signal: session.io.signal,
    }),
  );
  await session.warn(fitted.notices.filter(isRefused));
  return { fitted, test, model };
}

async function judgedFit(
  session: Session,
  { fitted, test, model }: ReadAndFitted,
  file: string,
  flags: FitFlowFlags,
): Promise<FittedInput> {
  assertUsable(model);
  await session.warn([...atBound(model), ...weightingNotices(model)]);
  const floors = floorTemperatures(fitted.set, searchOptions(flags));
  const provenance = provenanceOf(fitted.set, file);
  const calibrator = { model, provenance: floors.length === 0 ? provenance : { ...provenance, floors } };
  return { fitted, calibrator, ...(await judgeFit(session, calibrator, fitted, test, flags)) };
}

/** Does work on a set; what it refuses by row of the set is refused by line of the file. */
function atFileLines<Result>({ name, set }: LabelledInput, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof CalibrationError && error.index !== undefined)) throw error;
    const { code, index, what, hint, value } = error;
    throw new CalibrationError(code, {
      file: name,
      row: set.lines.read(index, index + 1)[0]!,
      what,
      value,
      ...(hint === undefined ? {} : { hint }),
      cause: error,
    });
  }
}

/** Whether the test data are what was read already. */
function isReadAgain(file: string, { test, labels, testLabels }: FitFlowFlags): boolean {
  return test === file && file !== standardInput && testLabels === labels;
}

/** The test file is read in the same way, but for its own label file. */
async function loadTest(
  session: Session,
  { test, testLabels, labels: _, ...flags }: FitFlowFlags,
): Promise<LabelledInput | undefined> {
  if (test === undefined) return undefined;
  const input = await loadLabelled(
    session,
    test,
    testLabels === undefined ? flags : { ...flags, labels: testLabels },
    { keep: columnsToKeep(flags) },
  );
  refuseClustersInStorage(input, flags);
  await session.warn(input.notices);
  return input;
}

/** Texts are kept of rows in memory alone. */
function refuseClustersInStorage(input: LabelledInput, { clusters }: FitFlowFlags): void {
  if (clusters === undefined || input.set.isInMemory) return;
  throw tooLarge(input, '--clusters needs that column of all rows in memory');
}

function provenanceOf(
  { classNames, namedClasses, dataHash, treatment = {} }: LoadedStoredSet,
  file: string,
): CalibratorFile['provenance'] {
  const name = file.split(/[/\\]/).at(-1) as string;
  return {
    classNames,
    namedClasses,
    dataHash,
    ...(file === standardInput || name === '' ? {} : { file: name }),
    toolVersion,
    treatment,
  };
}

function atBound({ status, message }: TemperatureModel): readonly Notice[] {
  return status === 'at-bound' ? [notice('W_AT_BOUND', `${message}.`)] : [];
}
