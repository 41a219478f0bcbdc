import type { Command } from 'commander';
import { printable } from '../core/errors.ts';
import { writeCalibrator } from '../io/index.ts';
import { saveCalibrator } from '../node/index.ts';
import { terminalOf } from '../report/render-terminal.ts';
import { evaluationReport, reportResult, showReport, terminalSettings } from './evaluation-report.ts';
import { type FitFlowFlags, fitAndJudge } from './fit-flow.ts';
import { addFitOptions } from './fit-options.ts';
import { addInputOptions } from './input-options.ts';
import { addJudgingOptions } from './judging-options.ts';
import { addMannerOptions } from './manner-options.ts';
import { checkOutputs } from './outputs.ts';
import type { Session } from './session.ts';
import { standardOutput } from './standard-streams.ts';
import { temperatureText } from './temperature-text.ts';

/** What the options of `calibrant fit` parse to. */
export interface FitCommandFlags extends FitFlowFlags {
  readonly output?: string;
  readonly force?: boolean;
}

/** Declares `calibrant fit`. */
export function declareFit(program: Command): Command {
  const command = program
    .command('fit')
    .summary('find the temperature of a classifier, and evaluate it')
    .description(
      'Finds the one temperature T for which softmax(z/T) fits the validation labels best, with its certificate and interval, and evaluates it on --test data or, without them, by cross-fitting.',
    )
    .argument('<val.csv>', 'scores and labels the classifier was not trained on; - is standard input')
    .option('-o, --output <calibrator.json>', 'save the calibrator; - is standard output')
    .option('--force', 'overwrite an existing file');
  addMannerOptions(addInputOptions(addJudgingOptions(addFitOptions(command)), true));
  return command.addHelpText(
    'after',
    `
Examples:
  calibrant fit val.csv -o calibrator.json
  calibrant fit val.csv --test test.csv --json
  calibrant fit logits.csv --labels labels.csv --label-base 1
  gzip -dc val.csv.gz | calibrant fit - --input probabilities`,
  );
}

/** Runs `calibrant fit`. */
export async function runFit(session: Session, file: string, flags: FitCommandFlags): Promise<unknown> {
  const { output, force = false } = flags;
  await checkOutputs(session, [output], [file, flags.labels, flags.test, flags.testLabels], force);
  const fit = await fitAndJudge(session, file, flags);
  const { model, provenance } = fit.calibrator;
  if (output === standardOutput) {
    await session.io.stdout.write(writeCalibrator(model, provenance));
    return undefined;
  }
  const report = evaluationReport(session, fit, fit.fitted.name);
  if (session.manner.quiet) await session.answer(`${model.temperature}\n`);
  else {
    await session.say(temperatureText(model, terminalOf(terminalSettings(session))));
    await showReport(session, report);
  }
  if (output !== undefined) {
    await saveCalibrator(output, fit.calibrator, { force });
    session.wrote({ role: 'calibrator', path: output });
    await session.say(`\n Calibrator: ${printable(output)}\n`);
  }
  return reportResult(report);
}
