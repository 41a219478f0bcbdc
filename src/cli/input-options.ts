import type { Command } from 'commander';
import { type ScoreKind, type WeightKind, weightKinds } from '../core/scored-set.ts';
import type { CsvOptions } from '../io/index.ts';
import type { MemoryOptions } from '../node/index.ts';
import { leastMemory } from '../node/memory-limit.ts';
import {
  byteCount,
  columnList,
  commaList,
  delimiterCharacter,
  numberWithin,
  oneOf,
  wholeNumber,
} from './option-values.ts';

/** What the input options of a command parse to; the names are those of {@link CsvOptions} where they mean the same. */
export interface InputFlags {
  readonly input?: ScoreKind;
  readonly label?: string;
  readonly labels?: string;
  readonly scores?: readonly (string | number)[];
  readonly weight?: string;
  readonly weightKind?: WeightKind;
  readonly ignore?: readonly (string | number)[];
  readonly ignoreLabel?: string;
  readonly labelBase?: number;
  readonly classNames?: readonly string[];
  readonly delimiter?: string;
  readonly decimal?: '.' | ',';
  /** `true` with `--header`, `false` with `--no-header`. */
  readonly header?: boolean;
  /** The same of the label file. */
  readonly labelsHeader?: boolean;
  readonly dropBad?: boolean;
  readonly allowNegInf?: boolean;
  readonly floor?: number;
  readonly scale?: 'unit' | 'percent';
  /** `true` with `--renormalize`, `false` with `--no-renormalize`. */
  readonly renormalize?: boolean;
  readonly transpose?: boolean;
  readonly maxColumns?: number;
  readonly maxMemory?: number;
  readonly tempFolder?: string;
}

/** Names of the groups in a command's help. */
const group = 'Reading the data:';

/** Adds the options that say how to read a file of scores. */
export function addInputOptions(command: Command, labelled: boolean): Command {
  command
    .optionsGroup(group)
    .option(
      '--input <kind>',
      'kind of the scores, logits or probabilities (probs); never guessed (default: logits)',
      oneOf<ScoreKind>('input', ['logits', 'probabilities'], { probs: 'probabilities' }),
    )
    .option(
      '--label <column>',
      'label column, by name or number from 1 (default: the one headed label, target, y_true, gold or the like, else the only text column)',
    );
  if (labelled) {
    command
      .option('--labels <file>', 'read the labels from a separate file, one per line')
      .option('--labels-header', 'the first line of that file is a header')
      .option('--no-labels-header', 'the first line of that file is data');
  }
  return command
    .option(
      '--scores <columns>',
      'score columns, such as cat,dog or 2..11; may be repeated (default: a family such as prob_*, else those headed by a label)',
      columnList('scores'),
    )
    .option('--weight <column>', 'column of row weights, 0 or more')
    .option(
      '--weight-kind <kind>',
      'what weights mean: importance, where only their ratios matter, or counts, the number of equal rows a row represents (default: importance)',
      oneOf('weight-kind', weightKinds),
    )
    .option('--ignore <columns>', 'columns to leave out; may be repeated', columnList('ignore'))
    .option('--ignore-label <text>', 'leave out rows with this label, such as -100')
    .option('--label-base <0|1>', 'number of the first class (default: 0)', wholeNumber('label-base', 0, 1))
    .option('--class-names <list>', 'class names in column order, such as cat,dog', commaList('class-names'))
    .option(
      '--delimiter <character>',
      'cell delimiter; tab, space, comma, semicolon and pipe by name (default: detected in the first line, if it is not a space)',
      delimiterCharacter,
    )
    .option('--decimal <mark>', 'decimal mark, . or , (default: .)', oneOf('decimal', ['.', ','] as const))
    .option('--header', 'the first line is a header (default: it is unless it holds a number)')
    .option('--no-header', 'the first line is data')
    .option('--drop-bad', 'leave out rows with NaN, infinite or empty cells, and count them')
    .option('--allow-neg-inf', 'accept logits of -Infinity (masked classes) off the true class')
    .option(
      '--floor <p>',
      'raise probabilities below this value to it, and count them',
      numberWithin('floor', 0, 0.5),
    )
    .option(
      '--scale <unit|percent>',
      'percent: the probabilities are percentages, with or without a % sign (default: unit)',
      oneOf('scale', ['unit', 'percent'] as const),
    )
    .option('--renormalize', 'divide rows of probabilities that do not sum to 1 by their sum, and count them')
    .option(
      '--no-renormalize',
      'use such rows unchanged (default, unless the calibrator was fitted with --renormalize)',
    )
    .option('--transpose', 'the file has one row per class; requires --labels')
    .option(
      '--max-columns <n>',
      'maximum number of columns (default: 100000)',
      wholeNumber('max-columns', 1, 2 ** 24),
    )
    .option(
      '--max-memory <size>',
      'memory limit, such as 512MB; larger data go to temporary files (default: a quarter of the memory, 4GB at most)',
      byteCount('max-memory', leastMemory, Number.MAX_SAFE_INTEGER),
    )
    .option('--temp-folder <folder>', 'folder for those files (default: TMPDIR, else /var/tmp)')
    .optionsGroup('Options:');
}

/** The reading options as the library takes them; a flag that was not given takes no part. */
export function csvOptions(flags: InputFlags): CsvOptions {
  const { header, labelsHeader, labels: _, labelBase, ...rest } = flags;
  const known = pick(rest, [
    'input',
    'label',
    'scores',
    'weight',
    'weightKind',
    'ignore',
    'ignoreLabel',
    'classNames',
    'delimiter',
    'decimal',
    'dropBad',
    'allowNegInf',
    'floor',
    'scale',
    'renormalize',
    'transpose',
    'maxColumns',
  ]);
  return {
    ...known,
    ...(labelBase === undefined ? {} : { labelBase: labelBase as 0 | 1 }),
    ...(header === undefined ? {} : { header: headerOption(header) }),
    ...(labelsHeader === undefined ? {} : { labelsHeader: headerOption(labelsHeader) }),
  };
}

function headerOption(isPresent: boolean): 'present' | 'absent' {
  return isPresent ? 'present' : 'absent';
}

/** The limits on memory as the library takes them. */
export function memoryOptions({ maxMemory, tempFolder }: InputFlags): MemoryOptions {
  return {
    ...(maxMemory === undefined ? {} : { maxMemory }),
    ...(tempFolder === undefined ? {} : { temporaryFolder: tempFolder }),
  };
}

/** The named fields that are there. */
export function pick<Record extends object, Name extends keyof Record>(
  record: Record,
  names: readonly Name[],
): { [Key in Name]?: Exclude<Record[Key], undefined> } {
  const picked: { [Key in Name]?: Exclude<Record[Key], undefined> } = {};
  for (const name of names) {
    const value = record[name];
    if (value !== undefined) picked[name] = value as Exclude<Record[Name], undefined>;
  }
  return picked;
}
