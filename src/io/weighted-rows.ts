import { CalibrationError } from '../core/errors.ts';
import { checkCounts } from '../core/labels.ts';
import { type NumberArray, type StoredNumbers, storedNumbers } from '../core/number-store.ts';
import { type RowCopies, rowCopies } from '../core/row-copies.ts';
import { matrixRows, type ScoreRows } from '../core/score-rows.ts';
import type { CsvSettings } from './csv-settings.ts';
import type { KeptColumn, LoadedStoredSet } from './scored-set-input.ts';

/** All that is known of each row of a table. */
interface TableRows extends Pick<LoadedStoredSet, 'scores' | 'labels' | 'lines'> {
  readonly kept: readonly KeptColumn[];
  readonly unfloored: ScoreRows | undefined;
}

/** The same as parts of a set. */
type SetRows = Pick<
  LoadedStoredSet,
  'scores' | 'labels' | 'lines' | 'unfloored' | 'weights' | 'weightKind'
> & {
  readonly kept: readonly KeptColumn[];
};

/** The rows with their weights; written out, and without, where the weights count rows. */
export function weighted(
  { unfloored, ...rows }: TableRows,
  weights: StoredNumbers<Float64Array> | undefined,
  settings: Pick<CsvSettings, 'weightKind' | 'storage' | 'file'>,
): SetRows {
  const raw = unfloored === undefined ? {} : { unfloored };
  if (weights === undefined) return { ...rows, ...raw };
  if (settings.weightKind === 'importance') return { ...rows, ...raw, weights };
  refuseFractions(weights, rows.lines, settings);
  const copies = copiesOf(weights, rows.scores.columns, settings);
  const isSmall = copies.rows * rows.scores.columns <= mostCellsCopied;
  const scores = (given: ScoreRows): ScoreRows =>
    isSmall ? copiedScores(copies.scores(given)) : copies.scores(given);
  const numbers = <Values extends NumberArray>(given: StoredNumbers<Values>): StoredNumbers<Values> =>
    isSmall ? copiedNumbers(copies.numbers(given)) : copies.numbers(given);
  return {
    scores: scores(rows.scores),
    ...(unfloored === undefined ? {} : { unfloored: scores(unfloored) }),
    labels: numbers(rows.labels),
    lines: numbers(rows.lines),
    kept: rows.kept.map((column) => ({
      ...column,
      ids: copies.numbers(storedNumbers(column.ids)).read(0, copies.rows),
    })),
    weightKind: 'counts',
  };
}

/** Cells up to which the rows are copied; larger sets are read through their counts. */
const mostCellsCopied = 2 ** 22;

/** Rows looked at together. */
const atOnce = 4096;

function refuseFractions(
  weights: StoredNumbers<Float64Array>,
  lines: StoredNumbers<Uint32Array>,
  { file }: Pick<CsvSettings, 'file'>,
): void {
  for (let from = 0; from < weights.length; from += atOnce) {
    try {
      checkCounts(weights.read(from, Math.min(from + atOnce, weights.length)), from);
    } catch (error) {
      if (!(error instanceof CalibrationError && error.index !== undefined)) throw error;
      throw new CalibrationError(error.code, {
        ...(file === undefined ? {} : { file }),
        row: lines.read(error.index, error.index + 1)[0]!,
        what: error.what,
        hint: 'If the weights say how much a row matters, pass --weight-kind importance.',
        value: error.value,
      });
    }
  }
}

function copiesOf(
  weights: StoredNumbers<Float64Array>,
  columns: number,
  { storage, file }: Pick<CsvSettings, 'storage' | 'file'>,
): RowCopies {
  try {
    return rowCopies(weights, columns, storage);
  } catch (error) {
    if (!(error instanceof CalibrationError) || file === undefined) throw error;
    throw new CalibrationError(error.code, { file, what: error.what, hint: error.hint ?? '' });
  }
}

function copiedScores({ rows, columns, read }: ScoreRows): ScoreRows {
  return matrixRows({ data: read(0, rows), rows, columns });
}

function copiedNumbers<Values extends NumberArray>({
  length,
  read,
}: StoredNumbers<Values>): StoredNumbers<Values> {
  return storedNumbers(read(0, length));
}
