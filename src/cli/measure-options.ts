import type { Command } from 'commander';
import { CalibrationError } from '../core/errors.ts';
import type { IntervalMethod } from '../evaluation/index.ts';
import type { MeasureName } from '../metrics/index.ts';
import { type CompatPresetName, compatPresets } from '../metrics/index.ts';
import { asksForNames, measureList } from './measure-names.ts';
import { oneOf, wholeNumber } from './option-values.ts';

/** What the options that choose measures parse to. */
export interface MeasureFlags {
  readonly metrics?: readonly MeasureName[];
  readonly all?: boolean;
  readonly curve?: boolean;
  readonly refinement?: boolean;
  readonly compat?: CompatPresetName;
  readonly by?: string;
  readonly clusters?: string;
  readonly intervals?: IntervalMethod;
  readonly draws?: number;
}

/** Adds the options that choose measures and say how sure they are. */
export function addMeasureOptions(command: Command): Command {
  // The names need no file.
  command.on('option:metrics', (text: string) => {
    for (const file of command.registeredArguments) {
      if (asksForNames(text)) file.argOptional();
      else file.argRequired();
    }
  });
  return command
    .optionsGroup('Measures:')
    .option(
      '--metrics <names>',
      'measures to show, such as ece,nll,smece; "list" prints their names',
      measureList,
    )
    .option(
      '--all',
      'every measure, by family and notion of calibration, with 200 resamples unless --resamples is given',
    )
    .option('--curve', 'calibration curve without bins (CORP), with bands up to 500,000 rows')
    .option(
      '--refinement',
      'split NLL and Brier score into refinement and calibration error, by recalibration out of fold; part of --all',
    )
    .option(
      '--compat <library>',
      `calibration errors as another library computes them: ${compatPresets.map(({ name }) => name).join(', ')}`,
      oneOf(
        'compat',
        compatPresets.map(({ name }) => name),
      ),
    )
    .option(
      '--by <column>',
      'compute every measure for each value of this column, and test it against chance',
    )
    .option('--clusters <column>', 'column of clusters, such as patients, which are resampled as a whole')
    .option(
      '--intervals <method>',
      'centred, percentile, basic or bca bootstrap intervals (default: centred, which removes the bias that resampling adds to errors)',
      oneOf('intervals', ['centred', 'percentile', 'basic', 'bca'] as const, { centered: 'centred' }),
    )
    .option(
      '--draws <n>',
      'simulated label sets for the value of a calibrated model (default: 199; 99 with --all)',
      wholeNumber('draws', 19, 100_000),
    )
    .optionsGroup('Options:');
}

/** Refuses choices that contradict each other. */
export function checkMeasureFlags({ metrics, all }: MeasureFlags): void {
  if (metrics !== undefined && all === true) {
    throw new CalibrationError('E_USAGE', {
      what: '--all and --metrics both select the measures to show',
      hint: 'Leave one of them out.',
    });
  }
}
