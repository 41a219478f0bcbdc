import type { Command } from 'commander';

/** What the options of every command parse to. */
export interface MannerFlags {
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly color?: boolean;
}

/** Adds the options that every command has. */
export function addMannerOptions(command: Command): Command {
  return command
    .optionsGroup('Output:')
    .option('--json', 'print the result as one JSON record on standard output')
    .option('--quiet', 'print one line and no progress; warnings still go to standard error')
    .option('--no-color', 'print plain text, as is done for files and under NO_COLOR')
    .optionsGroup('Options:');
}
