import { Command } from 'commander';
import type { ColumnFinding, SuggestedOptions } from '../core/column-finding.ts';
import { type CalibrationError, printableLines } from '../core/errors.ts';
import { columnLines } from './column-table.ts';
import { addInputOptions } from './input-options.ts';

/** Stands for a file of labels that only the user can name. */
const labelsFile = 'LABELS.csv';

/** What is printed below the line of an error about columns: the columns with their roles, and commands that would read them. */
export function columnHelp(error: CalibrationError, args: readonly string[]): string {
  const { columns, suggestions = [] } = error;
  const table = columns === undefined ? [] : columnLines(columns);
  const commands = [
    ...suggestions.map((options) => {
      const words = suggestedOptions(options, columns);
      return nextCommand([...withoutOptions(args, words), ...words.flat()], options.when);
    }),
    ...(suggestions.length === 0 && error.code === 'E_COLUMN' ? doctorCommand(error, args) : []),
  ];
  return [...table, ...(commands.length === 0 ? [] : ['Run next:', ...commands.map((line) => `  ${line}`)])]
    .map((line) => `  ${line}\n`)
    .join('');
}

/** A command line; a comment says when it is right. */
function nextCommand(words: readonly string[], when: string | undefined): string {
  return `${['calibrant', ...words].map(shellWord).join(' ')}${when === undefined ? '' : `  # ${when}`}`;
}

/** Where no options are known to help, the columns of the file are worth a look, read as they were. */
function doctorCommand({ file }: CalibrationError, args: readonly string[]): readonly string[] {
  const [command = ''] = args;
  if (file === undefined || !args.includes(file) || ['doctor', 'apply'].includes(command)) return [];
  return [nextCommand(['doctor', file, ...inputWords(args)], undefined)];
}

/** Those words of a command that say how its input is read. */
function inputWords(args: readonly string[]): readonly string[] {
  const { options } = addInputOptions(new Command(), true);
  return args.flatMap((word, at) => {
    const [name] = word.split('=');
    const option = options.find(({ long, short }) => name === long || name === short);
    if (option === undefined) return [];
    return option.required && !word.includes('=') ? [word, args[at + 1] ?? ''] : [word];
  });
}

/** The options of a suggestion, each with its value where it has one. */
function suggestedOptions(
  options: SuggestedOptions,
  columns: readonly ColumnFinding[] = [],
): readonly (readonly string[])[] {
  const { label, scores, ignore, classNames, weight, input, delimiter, header, labelsHeader } = options;
  const names = new Set(columns.map(({ name }) => name));
  return [
    ...(input === undefined ? [] : [['--input', input]]),
    ...(scores === undefined ? [] : [['--scores', columnWords(scores, names)]]),
    ...(label === undefined ? [] : [['--label', String(label)]]),
    ...(ignore === undefined ? [] : [['--ignore', columnWords(ignore, names)]]),
    ...(classNames === undefined ? [] : [[`--class-names=${classNames.join(',')}`]]),
    ...(weight === undefined ? [] : [['--weight', String(weight)]]),
    ...(delimiter === undefined ? [] : [['--delimiter', delimiter]]),
    ...(header === undefined ? [] : [[header === 'present' ? '--header' : '--no-header']]),
    ...(labelsHeader === undefined
      ? []
      : [[labelsHeader === 'present' ? '--labels-header' : '--no-labels-header']]),
    ...(options.labelsFile === true ? [['--labels', labelsFile]] : []),
  ];
}

/** The words of a command without the options that are given anew, but for `--ignore`, which adds to what was given. */
function withoutOptions(args: readonly string[], options: readonly (readonly string[])[]): readonly string[] {
  const replaced = options.flatMap(([option = '', value]) =>
    option === '--ignore' ? [] : value === undefined ? [option, oppositeOf(option)] : [option],
  );
  const valued = new Set(options.filter(({ length }) => length > 1).map(([option]) => option));
  return args.filter((word, at) => {
    if (replaced.includes(word) || replaced.some((option) => word.startsWith(`${option}=`))) return false;
    const before = args[at - 1] ?? '';
    return !(replaced.includes(before) && valued.has(before));
  });
}

/** `--header` and `--no-header`. */
function oppositeOf(option: string): string {
  return option.startsWith('--no-') ? option.replace('--no-', '--') : option.replace('--', '--no-');
}

/** Columns as the options take them: runs of numbers as ranges, as is a number that is also a header. */
function columnWords(columns: readonly (string | number)[], names: ReadonlySet<string | undefined>): string {
  const parts: string[] = [];
  for (let at = 0; at < columns.length; at += 1) {
    const first = columns[at]!;
    if (typeof first === 'string') {
      parts.push(/^[^",]+$/.test(first) ? first : `"${first.replaceAll('"', '""')}"`);
      continue;
    }
    let last = first;
    while (columns[at + 1] === last + 1) {
      last += 1;
      at += 1;
    }
    parts.push(first === last && !names.has(String(first)) ? String(first) : `${first}..${last}`);
  }
  return parts.join(',');
}

/** A word as a POSIX shell reads it back; what would act on a terminal is written as bash, zsh and ksh read it. */
export function shellWord(word: string): string {
  if (/^[\p{L}\p{N}_@%+=:,./-]+$/u.test(word)) return word;
  const shown = printableLines(word.replaceAll('\\', '\\\\').replaceAll("'", "\\'"));
  const isHarmless = shown === word.replaceAll('\\', '\\\\').replaceAll("'", "\\'");
  return isHarmless ? `'${word.replaceAll("'", "'\\''")}'` : `$'${shown}'`;
}
