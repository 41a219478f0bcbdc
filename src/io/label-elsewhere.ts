import { CalibrationError } from '../core/errors.ts';
import { classColumns, wholeColumns } from './class-columns.ts';
import { columnReference, columnReferences } from './column-references.ts';
import type { ColumnStatistics } from './column-statistics.ts';
import type { CsvSettings } from './csv-settings.ts';
import { parseDecimal } from './decimal-number.ts';
import type { LabelTexts } from './label-texts.ts';
import type { RawTable } from './raw-table.ts';

/** In fewer rows than this, a column may hold the numbers of the classes by chance. */
export const fewRows = 8;

/**
 * Refuses a table without header whose last column cannot hold the labels, if another column can: one of whole numbers beside a
 * last column of fractions, or the numbers of the classes beside a last column of other numbers.
 *
 * @throws CalibrationError `E_COLUMN` with a command for each such column.
 */
export function refuseLabelElsewhere(
  raw: RawTable,
  labels: LabelTexts,
  statistics: readonly ColumnStatistics[],
  settings: CsvSettings,
): void {
  const numbers = labels.texts.map((text) => parseDecimal(text, settings.decimalComma));
  if (numbers.some(Number.isNaN)) return;
  const hasFractions = !numbers.every(Number.isInteger);
  const classes = Math.max(raw.roles.scores.length, 2);
  if (!hasFractions && (raw.rows < fewRows || !areNoClasses(numbers, classes))) return;
  const numbered = classColumns(statistics, classes);
  const isFractional = statistics.some(({ isWhole }) => !isWhole);
  const others = hasFractions && isFractional ? wholeColumns(statistics) : [];
  const found = [...numbered, ...others.filter((k) => !numbered.includes(k))];
  if (found.length === 0) return;
  const isLastScore = hasFractions || !isFractional;
  throw labelElsewhere(raw, settings, found, {
    isLastScore,
    last: hasFractions
      ? 'fractions, which are no labels'
      : `${numbers.length} different numbers, which are not those of the classes`,
  });
}

/** More different numbers than classes and a marker, or several that are no numbers of classes. */
function areNoClasses(numbers: readonly number[], classes: number): boolean {
  const isNegative = numbers.filter((value) => value < 0).length > 1;
  const isOutside = numbers.filter((value) => value < 0 || value > classes).length > 1;
  return isNegative || numbers.length > classes + 1 || (isOutside && numbers.length > classes);
}

function labelElsewhere(
  { roles, nameOf }: RawTable,
  { file }: CsvSettings,
  found: readonly number[],
  { isLastScore, last }: { readonly isLastScore: boolean; readonly last: string },
): CalibrationError {
  const { scores, findings } = roles;
  const columns = found.map((k) => scores[k]!);
  const several = columns.length > 1;
  const listed = `${several ? 'columns' : 'column'} ${columns.slice(0, 4).map(nameOf).join(', ')}`;
  return new CalibrationError('E_COLUMN', {
    ...(file === undefined ? {} : { file }),
    what: `the last column, ${nameOf(roles.label!)}, holds ${last}, and ${listed} ${several ? 'hold' : 'holds'} whole numbers`,
    hint: 'Name the label column with --label.',
    columns: findings.map((finding) => {
      const column = finding.number - 1;
      if (column === roles.label) return { ...finding, role: 'unclear', why: 'numbers that are no labels' };
      return columns.includes(column)
        ? { ...finding, role: 'unclear', why: 'whole numbers that may be the labels' }
        : finding;
    }),
    suggestions: columns.map((column) => ({
      ...(isLastScore
        ? {}
        : {
            scores: columnReferences(
              scores.filter((other) => other !== column),
              findings,
            ),
          }),
      label: columnReference(column, findings),
      when: `if column ${nameOf(column)} holds the labels`,
    })),
  });
}
