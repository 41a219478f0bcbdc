import type { SuggestedOptions } from '../core/column-finding.ts';
import type { CalibrationError } from '../core/errors.ts';
import { columnLines } from './column-table.ts';

/** Stands for a file of labels that only the user can name. */
const labelsFile = 'LABELS.csv';

/** What is printed below the line of an error about columns: the columns with their roles, and commands that would read them. */
export function columnHelp(error: CalibrationError, args: readonly string[]): string {
  const { columns, suggestions = [] } = error;
  const table = columns === undefined ? [] : columnLines(columns);
  const commands = [
    ...suggestions.map((options) => nextCommand([...args, ...suggestedWords(options)], options.when)),
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

/** Where no options are known to help, the columns of the file are worth a look. */
function doctorCommand({ file }: CalibrationError, args: readonly string[]): readonly string[] {
  return file === undefined || !args.includes(file) ? [] : [nextCommand(['doctor', file], undefined)];
}

/** The options of a suggestion as words of a command line. */
function suggestedWords(options: SuggestedOptions): readonly string[] {
  const { label, scores, ignore, weight, input, header, labelsHeader } = options;
  return [
    ...(input === undefined ? [] : ['--input', input]),
    ...(scores === undefined ? [] : ['--scores', columnWords(scores)]),
    ...(label === undefined ? [] : ['--label', String(label)]),
    ...(ignore === undefined ? [] : ['--ignore', columnWords(ignore)]),
    ...(weight === undefined ? [] : ['--weight', String(weight)]),
    ...(header === undefined ? [] : [header === 'present' ? '--header' : '--no-header']),
    ...(labelsHeader === undefined
      ? []
      : [labelsHeader === 'present' ? '--labels-header' : '--no-labels-header']),
    ...(options.labelsFile === true ? ['--labels', labelsFile] : []),
  ];
}

/** Columns as the options take them: numbers as ranges, which no header can be mistaken for. */
function columnWords(columns: readonly (string | number)[]): string {
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
    parts.push(`${first}..${last}`);
  }
  return parts.join(',');
}

/** A word as a POSIX shell reads it back. */
export function shellWord(word: string): string {
  return /^[\p{L}\p{N}_@%+=:,./-]+$/u.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
