import { type Command, CommanderError } from 'commander';
import { CalibrationError } from '../core/errors.ts';
import { toolVersion } from '../node/index.ts';
import type { CommandIo } from './command-io.ts';
import { exitCodeOf, exitCodes } from './exit-codes.ts';
import { failureRecord, successRecord } from './json-envelope.ts';
import { columnHelp } from './next-command.ts';
import { type Dispatch, declareProgram } from './program.ts';
import { openSession, type Session } from './session.ts';
import { usageError } from './usage-error.ts';

/**
 * Runs one command line from its arguments to its exit status, touching nothing of the process but what `io` hands
 * over, and files.
 *
 * @param args What stands behind `calibrant`.
 * @returns The exit status, as the table in `calibrant --help` lists it.
 */
export async function run(args: readonly string[], io: CommandIo): Promise<number> {
  let session: Session | undefined;
  let named = 'calibrant';
  const dispatch: Dispatch = async (command, flags, work) => {
    named = command;
    const { json = false, quiet = false } = flags;
    session = openSession(command, { json, quiet }, io);
    const result = await work(session);
    if (json) await io.stdout.write(successRecord(session, result));
  };
  const program = declareProgram(io, dispatch);
  try {
    if (args.length === 0) {
      await io.stderr.write(program.helpInformation());
      return exitCodes.usage;
    }
    await program.parseAsync([...understood(program, args)], { from: 'user' });
    return session?.hasFailedCheck() === true ? exitCodes.checkFailed : exitCodes.done;
  } catch (thrown) {
    if (thrown instanceof CommanderError && thrown.exitCode === 0) return exitCodes.done;
    const error = asCalibrationError(
      thrown,
      isCommand(program, args[0]) ? `calibrant ${args[0]}` : 'calibrant',
    );
    if (args.includes('--json')) {
      await io.stdout.write(failureRecord(session?.command ?? named, session?.notices ?? [], error));
    }
    const isQuiet = args.includes('--quiet') || args.includes('-q');
    await io.stderr.write(`${error.message}\n${isQuiet ? '' : columnHelp(error, args)}`);
    return exitCodeOf(error);
  } finally {
    session?.release();
  }
}

function isCommand(program: Command, word: string | undefined): boolean {
  return program.commands.some((command) => command.name() === word);
}

/** Help for a command that there is not would be that of the whole; its name alone is refused, with the nearest one. */
function understood(program: Command, args: readonly string[]): readonly string[] {
  const [word = ''] = args[0] === 'help' ? args.slice(1) : args;
  return word === '' || word === 'help' || word.startsWith('-') || isCommand(program, word) ? args : [word];
}

/** What nobody foresaw is our mistake, and still one line. */
function asCalibrationError(thrown: unknown, command: string): CalibrationError {
  if (thrown instanceof CalibrationError) return thrown;
  if (thrown instanceof CommanderError) return usageError(thrown, command);
  const found = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
  return new CalibrationError('E_INTERNAL', {
    what: `calibrant ${toolVersion} stopped on ${found.replaceAll(/\s+/g, ' ')}`,
    hint: 'This is a bug; please report it with the command line.',
    cause: thrown,
  });
}
