import { CalibrationError, printable } from '../core/errors.ts';
import type { CsvSettings } from './csv-settings.ts';
import { classifyCell, parseDecimal } from './decimal-number.ts';
import { findColumn } from './find-column.ts';
import { isLabelHeader, labelHeaders } from './header-record.ts';

/** Where the labels are: in a column here, in a column here if there is one, or in another source. */
export type LabelWhere = 'here' | 'maybe-here' | 'elsewhere';

/** Which column plays which part; all 0-based. */
export interface ColumnRoles {
  readonly scores: readonly number[];
  readonly label: number | undefined;
  readonly weight: number | undefined;
  /** Columns whose texts are kept, in the order asked for. */
  readonly kept: readonly number[];
  /** Columns that hold row numbers: an index column without a header name. */
  readonly rowNumbers: readonly number[];
}

/**
 * Decides the columns' parts from the header, where there is one, and the first row of data.
 *
 * @throws CalibrationError `E_COLUMN`, `E_HEADER_DUP` or `E_LABEL_COLUMN`.
 */
export function columnRoles(
  header: readonly string[] | undefined,
  first: readonly string[],
  where: LabelWhere,
  settings: CsvSettings,
): ColumnRoles {
  const width = first.length;
  const find = (reference: string | number): number => findColumn(reference, header, width, settings.file);
  const weight = settings.weight === undefined ? undefined : find(settings.weight);
  const named = settings.scores?.map(find);
  const rowNumbers = header === undefined ? [] : unnamedIndex(header, named ?? []);
  const kept = settings.keep.map(find);
  const taken = new Set([
    ...settings.ignore.map(find),
    // The column of labels may be kept too.
    ...kept.filter((c) => !(header !== undefined && isLabelHeader(header[c]!))),
    ...rowNumbers,
    ...(weight === undefined ? [] : [weight]),
  ]);
  const free = Array.from({ length: width }, (_, c) => c).filter((c) => !taken.has(c));
  const label = labelColumn(
    header,
    first,
    where,
    settings,
    named === undefined ? free : without(free, named),
  );
  const scores = named ?? free.filter((c) => c !== label && !kept.includes(c));
  if (scores.length === 0) throw noScores(width, where, settings.file);
  if (where === 'elsewhere') refuseSecondLabel(header, scores, settings);
  if (header !== undefined && named === undefined) refuseRowNumber(header, scores, settings.file);
  return { scores, label, weight, kept, rowNumbers };
}

function without(columns: readonly number[], others: readonly number[]): readonly number[] {
  return columns.filter((c) => !others.includes(c));
}

function labelColumn(
  header: readonly string[] | undefined,
  first: readonly string[],
  where: LabelWhere,
  settings: CsvSettings,
  free: readonly number[],
): number | undefined {
  if (where === 'elsewhere') return undefined;
  if (settings.label !== undefined) return findColumn(settings.label, header, first.length, settings.file);
  const texts = free.filter((c) => classifyCell(first[c]!.trim(), settings.decimalComma) === 'text');
  const byHeader = header === undefined ? undefined : headedColumn(header, free, settings.file);
  if (byHeader !== undefined) {
    // A class may be called "y": numbers with decimals under it beside the only column of text are scores.
    const fractional = !Number.isInteger(parseDecimal(first[byHeader]!.trim(), settings.decimalComma));
    const numeric = classifyCell(first[byHeader]!.trim(), settings.decimalComma) === 'number';
    return numeric && fractional && texts.length === 1 ? texts[0] : byHeader;
  }
  if (texts.length === 1) return texts[0];
  if (where === 'maybe-here') return spareColumn(first, free, settings);
  return free.at(-1);
}

/** The last column where there is one more than classes, unless a fraction in it shows that it holds scores. */
function spareColumn(
  first: readonly string[],
  free: readonly number[],
  { classes, decimalComma }: CsvSettings,
): number | undefined {
  const last = free.at(-1);
  if (classes === undefined || last === undefined || free.length !== classes + 1) return undefined;
  const value = parseDecimal(first[last]!.trim(), decimalComma);
  return Number.isNaN(value) || Number.isInteger(value) ? last : undefined;
}

function headedColumn(
  header: readonly string[],
  free: readonly number[],
  file: string | undefined,
): number | undefined {
  for (const wanted of labelHeaders) {
    const found = free.filter((c) => header[c]!.toLowerCase() === wanted);
    if (found.length > 1 && header[found[0]!] === header[found[1]!]) {
      return findColumn(header[found[0]!]!, header, header.length, file);
    }
    if (found.length > 0) return found[0];
  }
  return undefined;
}

/** pandas and R write row names under an empty header, and pandas calls it `Unnamed: 0` when it reads that. */
function unnamedIndex(header: readonly string[], named: readonly number[]): readonly number[] {
  return /^(?:Unnamed: [0-9]+)?$/.test(header[0] ?? 'none') && !named.includes(0) ? [0] : [];
}

function refuseRowNumber(
  header: readonly string[],
  scores: readonly number[],
  file: string | undefined,
): void {
  const found = scores.find((c) => /^(?:id|idx|index|row|row_?id|sample_?id)$/i.test(header[c]!));
  if (found === undefined) return;
  const name = printable(header[found]!);
  throw new CalibrationError('E_COLUMN', {
    ...(file === undefined ? {} : { file }),
    column: header[found]!,
    what: 'this looks like a row number, not a class',
    hint: `Pass --ignore ${name}, or name the score columns with --scores.`,
  });
}

function refuseSecondLabel(
  header: readonly string[] | undefined,
  scores: readonly number[],
  { file, scores: named }: CsvSettings,
): void {
  if (header === undefined || named !== undefined) return;
  const found = scores.find((c) => isLabelHeader(header[c]!) && header[c]!.length > 1);
  if (found === undefined) return;
  throw new CalibrationError('E_LABEL_COLUMN', {
    ...(file === undefined ? {} : { file }),
    column: header[found]!,
    what: 'the labels come from another source, and this table has a label column too',
    hint: `Pass --ignore ${printable(header[found]!)} to leave it out.`,
  });
}

function noScores(width: number, where: LabelWhere, file: string | undefined): CalibrationError {
  const needed =
    where === 'here' ? 'a label column and at least one score column' : 'at least one score column';
  return new CalibrationError('E_LABEL_COLUMN', {
    ...(file === undefined ? {} : { file }),
    what: `the table has ${width} ${width === 1 ? 'column' : 'columns'}, expected ${needed}`,
    hint:
      where === 'here'
        ? 'Labels can come from a second file; --label names their column.'
        : 'Check --ignore and --scores.',
  });
}
