import type { Command } from 'commander';
import { CalibrationError, printable } from '../core/errors.ts';
import { type MeasureName, measureByName } from '../metrics/index.ts';
import { measureLabels } from '../report/measure-labels.ts';
import { measureNamed } from './measure-names.ts';
import { decimalNumber, oneOf } from './option-values.ts';

/** A limit that a measure is held to. */
export interface Limit {
  readonly name: MeasureName;
  readonly side: 'max' | 'min';
  readonly limit: number;
}

/** Which figure is held against a limit: the value, or an end of its interval. */
export type Bound = 'point' | 'upper' | 'lower';

/** What the options of a gate parse to. */
export interface CheckFlags {
  readonly maxEce?: number;
  readonly maxMce?: number;
  readonly maxNll?: number;
  readonly maxBrier?: number;
  readonly maxClasswiseEce?: number;
  readonly minAccuracy?: number;
  readonly max?: readonly Limit[];
  readonly min?: readonly Limit[];
  readonly bound?: Bound;
  readonly baseline?: string;
  readonly failOnDrift?: boolean;
}

const ownOptions = {
  maxEce: ['max', 'expected-calibration-error'],
  maxMce: ['max', 'maximum-calibration-error'],
  maxNll: ['max', 'negative-log-likelihood'],
  maxBrier: ['max', 'brier-score'],
  maxClasswiseEce: ['max', 'classwise-calibration-error'],
  minAccuracy: ['min', 'accuracy'],
} as const satisfies Partial<Record<keyof CheckFlags, readonly ['max' | 'min', MeasureName]>>;

/** Adds the options that make a command a gate. */
export function addCheckOptions(command: Command): Command {
  return command
    .optionsGroup(
      'Checks for continuous integration (fractions, 0.03 and not 3; exit status 6 if one fails):',
    )
    .option('--max-ece <limit>', 'upper limit on the ECE', decimalNumber('max-ece'))
    .option('--max-mce <limit>', 'upper limit on the MCE', decimalNumber('max-mce'))
    .option('--max-nll <limit>', 'upper limit on the NLL', decimalNumber('max-nll'))
    .option('--max-brier <limit>', 'upper limit on the Brier score', decimalNumber('max-brier'))
    .option(
      '--max-classwise-ece <limit>',
      'upper limit on the class-wise ECE',
      decimalNumber('max-classwise-ece'),
    )
    .option('--min-accuracy <limit>', 'lower limit on the accuracy', decimalNumber('min-accuracy'))
    .option('--max <measure=limit>', 'upper limit on any measure; may be repeated', limits('max'))
    .option('--min <measure=limit>', 'lower limit on any measure; may be repeated', limits('min'))
    .option(
      '--bound <figure>',
      'figure to compare with the limits: the point value, or the upper or lower end of its interval (default: point)',
      oneOf('bound', ['point', 'upper', 'lower'] as const),
    )
    .option('--baseline <old.json>', 'compare with an earlier result of evaluate --json')
    .option('--fail-on-drift', 'exit with status 6 if a measure is worse than in the baseline, beyond noise')
    .optionsGroup('Options:');
}

/** Every limit that was given. */
export function limitsOf(flags: CheckFlags): readonly Limit[] {
  const own = (Object.keys(ownOptions) as (keyof typeof ownOptions)[]).flatMap((key): Limit[] => {
    const limit = flags[key];
    const [side, name] = ownOptions[key];
    if (limit === undefined) return [];
    refuseOutOfRange(
      { side, name, limit },
      `--${key.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
    );
    return [{ side, name, limit }];
  });
  const others = [...(flags.max ?? []), ...(flags.min ?? [])];
  for (const limit of others) refuseOutOfRange(limit, `--${limit.side}`);
  const found = [...own, ...others];
  if (flags.bound !== undefined && found.length === 0) {
    throw new CalibrationError('E_USAGE', {
      what: '--bound selects the figure to compare with a limit, and no limit is given',
      hint: 'Pass --max-ece 0.03, or another of the --max and --min options.',
    });
  }
  if (flags.failOnDrift === true && flags.baseline === undefined) {
    throw new CalibrationError('E_USAGE', {
      what: '--fail-on-drift requires --baseline',
      hint: 'Pass --baseline FILE.',
    });
  }
  return found;
}

/** A limit outside the measure's range holds always or never: a share written as a percentage, most of the time. */
function refuseOutOfRange({ name, limit }: Limit, option: string): void {
  const [low, high] = measureByName(name)!.range;
  if (low <= limit && limit <= high) return;
  const from = Number.isFinite(low) ? String(low) : 'any number';
  const range = high === Number.POSITIVE_INFINITY ? `${from} or more` : `${from}..${high}`;
  throw new CalibrationError('E_USAGE', {
    what: `the limit ${option} of ${measureLabels[name]} must be inside its range, ${range}, got "${limit}"`,
    value: limit,
    ...(high === 1 && limit > 1 ? { hint: 'Write limits as fractions, 0.03 for 3%.' } : {}),
  });
}

function limits(side: Limit['side']): (text: string, before?: readonly Limit[]) => readonly Limit[] {
  return (text, before = []) => {
    const [, name, number] = /^([^=]+)=([^=]+)$/.exec(text) ?? [];
    if (name === undefined || number === undefined) {
      throw new CalibrationError('E_USAGE', {
        what: `option --${side} must be a measure and its limit, such as ece=0.03, got "${printable(text)}"`,
        value: text,
      });
    }
    return [
      ...before,
      { side, name: measureNamed(name, `--${side}`), limit: decimalNumber(`${side} ${name}`)(number) },
    ];
  };
}
