import type { Command } from 'commander';
import type { EvaluationOptions } from '../evaluation/index.ts';
import type { BinaryView, BinIntervalMethod } from '../metrics/index.ts';
import { pick } from './input-options.ts';
import { binCount, numberWithin, oneOf, wholeNumber } from './option-values.ts';

/** What the judging options of a command parse to. */
export interface JudgingFlags {
  readonly bins?: number;
  readonly scheme?: 'equal-width' | 'equal-mass';
  readonly edges?: 'right-closed' | 'left-closed';
  readonly binIntervals?: BinIntervalMethod;
  readonly resamples?: number;
  readonly seed?: number;
  readonly level?: number;
  readonly binary?: BinaryView;
}

/** Adds the options that say how figures are made. */
export function addJudgingOptions(command: Command): Command {
  return command
    .optionsGroup('Evaluation:')
    .option('--bins <n>', 'reliability bins, 1..10000 (default: 15)', binCount)
    .option(
      '--scheme <scheme>',
      'equal-width or equal-mass bins (default: equal-width)',
      oneOf('scheme', ['equal-width', 'equal-mass'] as const),
    )
    .option(
      '--edges <closure>',
      'right-closed or left-closed bins (default: right-closed)',
      oneOf('edges', ['right-closed', 'left-closed'] as const, {
        right: 'right-closed',
        left: 'left-closed',
      }),
    )
    .option(
      '--bin-intervals <method>',
      'wilson or clopper-pearson intervals for the accuracy in a bin (default: wilson)',
      oneOf('bin-intervals', ['wilson', 'clopper-pearson'] as const),
    )
    .option(
      '--binary <view>',
      'for two classes: compare confidence with accuracy, or the probability of the positive class (class 1) with its frequency, in all figures and pictures (default: confidence)',
      oneOf('binary', ['confidence', 'positive'] as const),
    )
    .option('--level <p>', 'coverage of all intervals (default: 0.95)', numberWithin('level', 0.5, 0.9999))
    .option(
      '--resamples <n>',
      'bootstrap resamples for the intervals (default: 1000)',
      wholeNumber('resamples', 100, 100_000),
    )
    .option(
      '--seed <n>',
      'seed of the random numbers (default: 1)',
      wholeNumber('seed', Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER),
    )
    .optionsGroup('Options:');
}

/** The judging options as the library takes them. */
export function evaluationOptions(flags: JudgingFlags): EvaluationOptions {
  const { binIntervals } = flags;
  return {
    ...pick(flags, ['bins', 'scheme', 'edges', 'resamples', 'seed', 'level', 'binary']),
    ...(binIntervals === undefined ? {} : { interval: binIntervals }),
  };
}
