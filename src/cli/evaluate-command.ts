import type { Command } from 'commander';
import { type Evaluation, evaluate } from '../evaluation/index.ts';
import { measureDrift } from '../evaluation/measure-drift.ts';
import { withDrawnNoise } from '../evaluation/with-drawn-noise.ts';
import type { CalibratorFile } from '../io/index.ts';
import { loadCalibrator } from '../node/index.ts';
import type { ReportModel } from '../report/index.ts';
import { asFitted } from './as-fitted.ts';
import { baselineNotices, checkComparable } from './baseline.ts';
import { addCheckOptions, type CheckFlags, limitsOf } from './check-options.ts';
import { checksOf } from './checks.ts';
import { compatFigures } from './compat-figures.ts';
import { evaluationReport, type Reported, reportResult, showReport } from './evaluation-report.ts';
import { addInputOptions, type InputFlags } from './input-options.ts';
import { judgeWith, sourceOf } from './judge-fit.ts';
import { addJudgingOptions, evaluationOptions, type JudgingFlags } from './judging-options.ts';
import { clusterOption, columnsToKeep } from './kept-texts.ts';
import { figuresLeftOut, inMemory, measuresLeftOut, roomNotices } from './left-out.ts';
import { loadBaseline } from './load-baseline.ts';
import { type LabelledInput, loadLabelled } from './load-input.ts';
import { addMannerOptions } from './manner-options.ts';
import { addMeasureOptions, checkMeasureFlags, type MeasureFlags } from './measure-options.ts';
import { chosenMeasures, findingOptions } from './measure-plan.ts';
import { measureSet } from './measured.ts';
import { measureCurves } from './measured-curve.ts';
import { measureSlices } from './measured-groups.ts';
import {
  allPassed,
  type MeasuredReport,
  measuredResult,
  nothingMeasured,
  showMeasured,
} from './measured-report.ts';
import { basisOf } from './measuring-basis.ts';
import { measuringRoom } from './measuring-room.ts';
import { askedFor, rowsNeededBy } from './needs-rows.ts';
import { isSplit, splitScores } from './refinement-split.ts';
import type { Session } from './session.ts';
import { tooLarge } from './too-large.ts';

/** What the options of `calibrant evaluate` parse to. */
export interface EvaluateCommandFlags extends InputFlags, JudgingFlags, MeasureFlags, CheckFlags {
  readonly calibrator?: string;
}

/** Declares `calibrant evaluate`. */
export function declareEvaluate(program: Command): Command {
  const command = program
    .command('evaluate')
    .summary('measure calibration, uncalibrated or with a saved calibrator')
    .description(
      'Measures how far confidences can be trusted: losses, calibration errors and the reliability bins, each measure with its interval and the value that a perfectly calibrated model with the same confidences would have. With --calibrator, it shows them before and after calibration, with paired differences. With --max and --min options, it is a gate for continuous integration.',
    )
    .argument('<test.csv>', 'scores and labels; - is standard input')
    .option('--calibrator <calibrator.json>', 'compare before and after this calibrator');
  addCheckOptions(addMeasureOptions(command));
  addMannerOptions(addInputOptions(addJudgingOptions(command), true));
  return command.addHelpText(
    'after',
    `
Examples:
  calibrant evaluate test.csv
  calibrant evaluate test.csv --calibrator calibrator.json
  calibrant evaluate probs.csv --input probabilities --bins 10 --json
  calibrant evaluate test.csv --metrics ece,smece,brier --intervals bca
  calibrant evaluate test.csv --max-ece 0.03 --min-accuracy 0.9 --bound upper
  calibrant evaluate test.csv --baseline last-month.json --fail-on-drift
  calibrant evaluate test.csv --by region --metrics ece,accuracy
  calibrant evaluate test.csv --curve --refinement
  calibrant evaluate test.csv --compat torchmetrics`,
  );
}

/** Runs `calibrant evaluate`. */
export async function runEvaluate(
  session: Session,
  file: string,
  flags: EvaluateCommandFlags,
): Promise<unknown> {
  checkMeasureFlags(flags);
  const limits = limitsOf(flags);
  const baseline = flags.baseline === undefined ? undefined : await loadBaseline(flags.baseline);
  const { input, calibrator, ...reported } = await judged(session, file, flags);
  const reportOf = (evaluation: Evaluation): ReportModel =>
    evaluationReport(session, { ...reported, evaluation, ...(calibrator && { calibrator }) }, input.name);
  const { set } = input;
  const model = calibrator?.model;
  const needed = rowsNeededBy(flags);
  if (needed !== undefined && !set.isInMemory) throw tooLarge(input, needed);
  const memory = measuringRoom(input, flags, model !== undefined);
  if (!memory.isEnough) {
    const asked = askedFor(flags, limits.length > 0);
    if (asked !== undefined) throw tooLarge(input, `${asked} needs some numbers of each row in memory`);
    await session.warn([measuresLeftOut()]);
    const report = reportOf(reported.evaluation);
    await showReport(session, report);
    return { ...reportResult(report), ...nothingMeasured };
  }
  const { room } = memory;
  const chosen = chosenMeasures(
    flags,
    limits.map(({ name }) => name),
  );
  const options = findingOptions(flags, set, session.io.signal);
  const basis = basisOf(set, calibrator, options);
  if (baseline !== undefined) checkComparable(baseline, chosen, basis);
  const measured = await measureSet(session, set, model, chosen, options, reported.evaluation, room);
  await session.warn(roomNotices(measured));
  const { by } = flags;
  if (baseline !== undefined) await session.warn(baselineNotices(baseline, chosen, set));
  const bound = flags.bound ?? 'point';
  const compat = flags.compat === undefined ? null : compatFigures(set, model, flags.compat!, flags, room);
  if (compat?.isWhole === false) await session.warn([figuresLeftOut(compat)]);
  const found: MeasuredReport = {
    report: reportOf(withDrawnNoise(reported.evaluation, measured.findings)),
    measured,
    basis,
    groups:
      by === undefined ? null : await measureSlices(session, set, model, chosen, options, { ...flags, by }),
    curves:
      flags.curve === true ? await measureCurves(session, set, model, options, flags.resamples, room) : null,
    splits: isSplit(flags, set) ? await splitScores(session, set, model, options) : null,
    compat,
    drift:
      baseline === undefined
        ? null
        : {
            file: baseline.file,
            drifts: measureDrift(baseline.figures, measured.findings, options.level),
            level: options.level,
            binary: basis.binary,
            isCheck: flags.failOnDrift === true,
          },
    checks: checksOf(limits, inMemory(measured.findings, limits, bound), bound),
  };
  await showMeasured(session, found, flags);
  if (!allPassed(found)) session.failCheck();
  return { ...reportResult(found.report), ...measuredResult(found, flags) };
}

interface JudgedInput extends Reported {
  readonly input: LabelledInput;
  readonly calibrator?: CalibratorFile;
}

async function judged(session: Session, file: string, flags: EvaluateCommandFlags): Promise<JudgedInput> {
  if (flags.calibrator === undefined) {
    const input = await loadAndWarn(session, file, flags);
    const { notices } = input;
    const clusters = clusterOption(input.set, flags);
    const options = { ...evaluationOptions(flags), ...clusters, notices, signal: session.io.signal };
    const evaluation = evaluate(input.set, options);
    await session.warn(evaluation.notices);
    return { input, evaluation, sources: [sourceOf('judge', input)] };
  }
  const calibrator = await loadCalibrator(flags.calibrator);
  const reading = asFitted(flags, calibrator, 'evaluate');
  await session.warn(reading.notices);
  const input = await loadAndWarn(session, file, { input: calibrator.model.input, ...reading.flags });
  const evaluation = await judgeWith(session, calibrator, input, flags, [], clusterOption(input.set, flags));
  const { treatment } = calibrator.provenance;
  const origin = { role: 'calibrator', name: flags.calibrator } as const;
  const sources = [sourceOf('judge', input), treatment === undefined ? origin : { ...origin, treatment }];
  return { input, evaluation, sources, calibrator };
}

async function loadAndWarn(
  session: Session,
  file: string,
  flags: InputFlags & MeasureFlags,
): Promise<LabelledInput> {
  const input = await loadLabelled(session, file, flags, { keep: columnsToKeep(flags) });
  await session.warn(input.notices);
  return input;
}
