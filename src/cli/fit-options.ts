import type { Command } from 'commander';
import { temperatureBounds, wholeNumber } from './option-values.ts';

/** Adds the options of the commands that fit. */
export function addFitOptions(command: Command): Command {
  return command
    .optionsGroup('Fitting and testing:')
    .option('--test <file>', 'evaluate on these rows, which are not used in the fit (default: cross-fitting)')
    .option('--test-labels <file>', 'labels of the test rows, in a separate file')
    .option('--folds <n>', 'folds for evaluation by cross-fitting (default: 5)', wholeNumber('folds', 2, 100))
    .option(
      '--clusters <column>',
      'column of clusters, such as patients, whose rows depend on one another: interval and test of T allow for it, and folds keep clusters together',
    )
    .option(
      '--bounds <low,high>',
      'accept the nearer of these temperatures if the best lies outside',
      temperatureBounds,
    )
    .optionsGroup('Options:');
}
