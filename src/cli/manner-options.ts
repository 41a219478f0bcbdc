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
    .optionsGroup('Speaking:')
    .option('--json', 'print one JSON record for machines on standard output')
    .option('--quiet', 'one line, and no progress; warnings stay on standard error')
    .option('--no-color', 'plain text; so is output to a file, and under NO_COLOR')
    .optionsGroup('Options:');
}
