import { Command } from 'commander';
import { toolVersion } from '../node/index.ts';
import { type ApplyCommandFlags, declareApply, runApply } from './apply-command.ts';
import type { TestCommandFlags } from './calibration-tests-of-set.ts';
import type { CommandIo } from './command-io.ts';
import { declareDoctor, runDoctor } from './doctor-command.ts';
import { declareEvaluate, type EvaluateCommandFlags, runEvaluate } from './evaluate-command.ts';
import { declareFit, type FitCommandFlags, runFit } from './fit-command.ts';
import type { InputFlags } from './input-options.ts';
import type { MannerFlags } from './manner-options.ts';
import { declareMeasures, runMeasures } from './measures-command.ts';
import { overview } from './overview.ts';
import { declareReport, type ReportCommandFlags, runReport } from './report-command.ts';
import type { Session } from './session.ts';
import { declareTest, runTest } from './test-command.ts';

/** Runs the work of a command in a session of its own. */
export type Dispatch = (
  command: string,
  flags: MannerFlags,
  work: (session: Session) => Promise<unknown>,
) => Promise<void>;

/** Narrower than this the texts beside the options are left to the terminal to break. */
const narrowestText = 20;

/** The whole command line: every command with its options, bound to what it does. */
export function declareProgram(io: CommandIo, dispatch: Dispatch): Command {
  const width = Math.min(io.stdout.columns ?? 100, 110);
  const program = new Command('calibrant')
    .description("Turns a trained classifier's validation outputs into confidences that can be trusted.")
    .version(toolVersion, '--version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand('help [command]', 'print the help of a command')
    .addHelpText('after', overview(width))
    .configureHelp({ helpWidth: width, minWidthToWrap: narrowestText })
    .configureOutput({
      writeOut: (text) => void io.stdout.write(text),
      writeErr: () => undefined,
      getOutHasColors: () => io.stdout.colours,
    })
    .exitOverride();
  declareReport(program).action((file: string, flags: MannerFlags & ReportCommandFlags) =>
    dispatch('report', flags, (session) => runReport(session, file, flags)),
  );
  declareFit(program).action((file: string, flags: MannerFlags & FitCommandFlags) =>
    dispatch('fit', flags, (session) => runFit(session, file, flags)),
  );
  declareApply(program).action((calibrator: string, file: string, flags: MannerFlags & ApplyCommandFlags) =>
    dispatch('apply', flags, (session) => runApply(session, calibrator, file, flags)),
  );
  declareEvaluate(program).action((file: string, flags: MannerFlags & EvaluateCommandFlags) =>
    flags.metrics?.length === 0
      ? dispatch('measures', flags, runMeasures)
      : dispatch('evaluate', flags, (session) => runEvaluate(session, file, flags)),
  );
  declareTest(program).action((file: string, flags: MannerFlags & TestCommandFlags) =>
    dispatch('test', flags, (session) => runTest(session, file, flags)),
  );
  declareMeasures(program).action((flags: MannerFlags) => dispatch('measures', flags, runMeasures));
  declareDoctor(program).action((file: string, flags: InputFlags & MannerFlags) =>
    dispatch('doctor', flags, (session) => runDoctor(session, file, flags)),
  );
  return program;
}
