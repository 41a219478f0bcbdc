import type { Command } from 'commander';
import { evaluate } from '../evaluation/index.ts';
import { loadCalibrator } from '../node/index.ts';
import { evaluationReport, type Reported, reportResult, showReport } from './evaluation-report.ts';
import { addInputOptions, type InputFlags } from './input-options.ts';
import { judgeWith, sourceOf } from './judge-fit.ts';
import { addJudgingOptions, evaluationOptions, type JudgingFlags } from './judging-options.ts';
import { type LabelledInput, loadLabelled } from './load-input.ts';
import { addMannerOptions } from './manner-options.ts';
import type { Session } from './session.ts';

/** What the options of `calibrant evaluate` parse to. */
export interface EvaluateCommandFlags extends InputFlags, JudgingFlags {
  readonly calibrator?: string;
}

/** Declares `calibrant evaluate`. */
export function declareEvaluate(program: Command): Command {
  const command = program
    .command('evaluate')
    .summary('measure calibration, as it came or with a saved calibrator')
    .description(
      'Measures how far confidences can be trusted: NLL, Brier score, accuracy, ECE, MCE, class-wise ECE and the reliability bins, and with --calibrator the same after it, with the intervals of the changes.',
    )
    .argument('<test.csv>', 'scores and labels; - is standard input')
    .option('--calibrator <calibrator.json>', 'compare with what this calibrator makes of them');
  addMannerOptions(addInputOptions(addJudgingOptions(command), true));
  return command.addHelpText(
    'after',
    `
Examples:
  calibrant evaluate test.csv
  calibrant evaluate test.csv --calibrator calibrator.json
  calibrant evaluate probs.csv --input probabilities --bins 10 --json`,
  );
}

/** Runs `calibrant evaluate`. */
export async function runEvaluate(
  session: Session,
  file: string,
  flags: EvaluateCommandFlags,
): Promise<unknown> {
  const report = evaluationReport(await judged(session, file, flags), file);
  await showReport(session, report);
  return reportResult(report);
}

async function judged(session: Session, file: string, flags: EvaluateCommandFlags): Promise<Reported> {
  if (flags.calibrator === undefined) {
    const input = await loadAndWarn(session, file, flags);
    const options = { ...evaluationOptions(flags), signal: session.io.signal };
    const evaluation = session.compute(input.set, () => evaluate(input.set, options));
    await session.warn(evaluation.notices);
    return { evaluation, sources: [sourceOf('judge', input)] };
  }
  const calibrator = await loadCalibrator(flags.calibrator);
  const input = await loadAndWarn(session, file, { input: calibrator.model.input, ...flags });
  const evaluation = await judgeWith(session, calibrator, input.set, flags);
  const sources = [sourceOf('judge', input), { role: 'calibrator', name: flags.calibrator } as const];
  return { evaluation, sources, calibrator };
}

async function loadAndWarn(session: Session, file: string, flags: InputFlags): Promise<LabelledInput> {
  const input = await loadLabelled(session, file, flags);
  await session.warn(input.notices);
  return input;
}
