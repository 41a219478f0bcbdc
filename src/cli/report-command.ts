import type { Command } from 'commander';
import { type NllAtTemperature, nllCurveOfSet } from '../calibrators/index.ts';
import { CalibrationError, printable, printableLines } from '../core/errors.ts';
import { saveCalibrator, writeAtomically } from '../node/index.ts';
import { type ReportFormat, renderReport, reportFormats } from '../report/index.ts';
import { evaluationReport, reportResult, showReport } from './evaluation-report.ts';
import { type FitFlowFlags, type FittedInput, fitAndJudge, fitOrJudgeAlone } from './fit-flow.ts';
import { addFitOptions } from './fit-options.ts';
import { addInputOptions } from './input-options.ts';
import { addJudgingOptions } from './judging-options.ts';
import { addMannerOptions } from './manner-options.ts';
import { oneOf } from './option-values.ts';
import { checkOutputs } from './outputs.ts';
import type { Session } from './session.ts';
import { standardOutput } from './standard-streams.ts';

/** What the options of `calibrant report` parse to. */
export interface ReportCommandFlags extends FitFlowFlags {
  readonly output?: string;
  readonly format?: ReportFormat;
  readonly calibrator?: string;
  readonly force?: boolean;
}

/** Declares `calibrant report`. */
export function declareReport(program: Command): Command {
  const command = program
    .command('report')
    .summary('fit, evaluate, and write a report')
    .description(
      'Fits a temperature on validation data, evaluates it on --test data or by cross-fitting, shows the figures before and after, and writes them to a report: one file, without scripts.',
    )
    .argument('<val.csv>', 'scores and labels the classifier was not trained on; - is standard input')
    .option(
      '-o, --output <file>',
      'the report (default: report.html, or report.<format>); - is standard output',
    )
    .option(
      '--format <format>',
      `${reportFormats.join(', ')} (default: by the extension of the output, else html)`,
      oneOf('format', reportFormats, { markdown: 'md' }),
    )
    .option('--calibrator <file>', 'save the fitted calibrator as well')
    .option('--force', 'overwrite existing files');
  addMannerOptions(addInputOptions(addJudgingOptions(addFitOptions(command)), true));
  return command.addHelpText(
    'after',
    `
Examples:
  calibrant report val.csv --test test.csv
  calibrant report val.csv -o results/report.png --calibrator results/calibrator.json
  calibrant report val.csv --format md -o - > report.md`,
  );
}

/** Runs `calibrant report`. */
export async function runReport(session: Session, file: string, flags: ReportCommandFlags): Promise<unknown> {
  const { calibrator, force = false } = flags;
  const format = formatOf(flags);
  const output = flags.output ?? `report.${format}`;
  const inputs = [file, flags.labels, flags.test, flags.testLabels];
  await checkOutputs(session, [output, calibrator], inputs, force);
  const fit = await (calibrator === undefined ? fitOrJudgeAlone : fitAndJudge)(session, file, flags);
  const reported =
    fit.calibrator === undefined
      ? { evaluation: fit.evaluation, sources: fit.sources }
      : { ...fit, nllCurve: curveOf(fit) };
  const report = evaluationReport(session, reported, flags.test ?? fit.fitted.name);
  const written = await renderReport(report, format);
  if (output === standardOutput) await tellReport(session, written);
  else {
    await showReport(session, report);
    await writeAtomically(output, written, { force });
    session.wrote({ role: 'report', path: output });
    await session.say(`\n Report:     ${printable(output)}\n`);
  }
  if (calibrator !== undefined && fit.calibrator !== undefined) {
    await saveCalibrator(calibrator, fit.calibrator, { force });
    session.wrote({ role: 'calibrator', path: calibrator });
    if (output !== standardOutput) await session.say(` Calibrator: ${printable(calibrator)}\n`);
  }
  return output === standardOutput ? undefined : reportResult(report);
}

function formatOf({ format, output }: ReportCommandFlags): ReportFormat {
  if (format !== undefined) return format;
  const ending = /\.([a-z]+)$/i.exec(output ?? '')?.[1]?.toLowerCase();
  if (output === undefined || output === standardOutput || ending === undefined) return 'html';
  const known = { htm: 'html', markdown: 'md' }[ending] ?? ending;
  const found = reportFormats.find((candidate) => candidate === known);
  if (found !== undefined) return found;
  throw new CalibrationError('E_USAGE', {
    what: `no report format ends in ".${printable(ending)}"; the formats are ${reportFormats.join(', ')}`,
    hint: 'Pass --format to say which.',
  });
}

function curveOf({ fitted: { set }, calibrator: { model } }: FittedInput): readonly NllAtTemperature[] {
  return nllCurveOfSet(set, { around: model.temperature });
}

/** A report in text on standard output; a terminal is shown no names that would act on it. */
async function tellReport({ io }: Session, report: string | Uint8Array): Promise<void> {
  const isShown = io.stdout.isTerminal && typeof report === 'string';
  await io.stdout.write(isShown ? printableLines(report) : report);
}
