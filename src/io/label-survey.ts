import type { ColumnFinding, SuggestedOptions } from '../core/column-finding.ts';
import { CalibrationError } from '../core/errors.ts';
import { parseDecimal } from './decimal-number.ts';
import { type PredictionTest, predictionTest } from './prediction-test.ts';
import type { ScoreTable } from './score-table.ts';

/** Rows looked at. */
const mostRows = 1024;

/** In fewer rows every class may occur once. */
const fewestRows = 8;

/** Columns proposed as labels at most. */
const mostProposed = 3;

/**
 * The table, but a refusal for want of a label column waits until more rows are seen, and then proposes columns that look like
 * labels first: few different values, class numbers or texts. A column that says in every row which score is largest comes later, and
 * columns of as many values as rows are not proposed beside others.
 */
export function withLabelSurvey(table: ScoreTable, decimalComma: boolean): ScoreTable {
  let survey: LabelSurvey | undefined;
  return {
    ...table,
    plain: () => (survey === undefined ? table.plain?.() : undefined),
    pending: () => survey?.refusal() ?? table.pending(),
    take: (cells, line) => {
      if (survey === undefined) {
        try {
          table.take(cells, line);
          return;
        } catch (error) {
          survey = labelSurvey(error, decimalComma);
          if (survey === undefined) throw error;
        }
      }
      survey.take(cells);
    },
    finish: () => {
      if (survey !== undefined) throw survey.refusal();
      return table.finish();
    },
  };
}

interface LabelSurvey {
  readonly take: (cells: readonly string[]) => void;
  /** The error with its proposals in order. */
  readonly refusal: () => CalibrationError;
}

/** The survey for an error that proposes several columns as labels. */
function labelSurvey(error: unknown, decimalComma: boolean): LabelSurvey | undefined {
  if (!(error instanceof CalibrationError) || error.code !== 'E_LABEL_COLUMN') return undefined;
  const { suggestions = [], columns = [] } = error;
  const columnOf = ({ label }: SuggestedOptions): number =>
    typeof label === 'string' ? columns.findIndex(({ name }) => name === label) : label! - 1;
  const proposed = suggestions
    .filter(({ label }) => label !== undefined)
    .map((options) => ({
      options,
      column: columnOf(options),
      seen: new Set<string>(),
      prediction: predictionTest(),
    }));
  if (proposed.length < 2) return undefined;
  const scores = columns.flatMap(({ role, number }) =>
    role === 'score' && !proposed.some(({ column }) => column === number - 1) ? [number - 1] : [],
  );
  const others = suggestions.filter(({ label }) => label === undefined);
  // Labels are mostly in the last column.
  const endFirst = ({ column }: { readonly column: number }): number =>
    column === columns.length - 1 ? 0 : 1;
  let rows = 0;
  const refusal = (): CalibrationError => {
    const ranked = proposed
      .map((one) => ({ ...one, rank: rankOf(one, rows), values: valuesBeyond(one, columns) }))
      .sort((a, b) => a.rank - b.rank || a.values - b.values || endFirst(a) - endFirst(b));
    const best = ranked.filter(({ rank }) => rank < ranks.unique || ranked[0]!.rank === ranks.unique);
    error.suggestions = [...best.slice(0, mostProposed).map(({ options }) => options), ...others];
    return error;
  };
  return {
    take: (cells) => {
      const numbers = scores.map((column) => parseDecimal(cells[column]?.trim() ?? '', decimalComma));
      for (const { column, seen, prediction } of proposed) {
        const text = cells[column]?.trim() ?? '';
        seen.add(text);
        prediction.add(numbers, text);
      }
      rows += 1;
      if (rows === mostRows) throw refusal();
    },
    refusal,
  };
}

/** How many values a column has; 0 for one beside the scores that has as many. */
function valuesBeyond(
  { column, seen }: { readonly column: number; readonly seen: ReadonlySet<string> },
  columns: readonly ColumnFinding[],
): number {
  const scores = columns.filter(({ role }) => role === 'score').length;
  return columns[column]?.role !== 'score' && seen.size === scores ? 0 : seen.size;
}

const ranks = { classes: 0, numbers: 1, prediction: 2, constant: 3, unique: 4 } as const;

function rankOf(
  { seen, prediction }: { readonly seen: ReadonlySet<string>; readonly prediction: PredictionTest },
  rows: number,
): number {
  if (rows >= fewestRows && seen.size > rows / 2) return ranks.unique;
  if (rows > 1 && seen.size === 1) return ranks.constant;
  if (prediction.isPrediction()) return ranks.prediction;
  const numbers = [...seen].map(Number);
  if (numbers.some(Number.isNaN)) return ranks.classes;
  const areClasses = numbers.every((value) => Number.isInteger(value) && value >= -1 && value <= seen.size);
  return areClasses ? ranks.classes : ranks.numbers;
}
