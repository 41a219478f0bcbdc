import { argmaxRow } from '../numerics/top-label.ts';
import type { CsvSettings } from './csv-settings.ts';
import type { LabelTexts } from './label-texts.ts';
import type { RawTable } from './raw-table.ts';

/** Rows compared. */
const mostRows = 2048;

/**
 * Choices of score columns, those first under which the largest score is most often that of the label, a whole number. An order for suggestions only.
 *
 * @param choices Places among the scores.
 */
export function choicesByAgreement(
  { values, rows, roles }: RawTable,
  { texts, ids }: LabelTexts,
  { labelBase = 0 }: Pick<CsvSettings, 'labelBase'>,
  choices: readonly (readonly number[])[],
): readonly (readonly number[])[] {
  const columns = roles.scores.length;
  const some = Math.min(rows, ids.length, mostRows);
  const cells = values.read(0, some * columns).slice();
  const labels = Array.from(ids.read(0, some), (id) => Number(texts[id]) - labelBase);
  const agreement = (places: readonly number[]): number => {
    const row = new Float64Array(places.length);
    return labels.filter((label, i) => {
      for (const [k, place] of places.entries()) row[k] = cells[i * columns + place]!;
      return argmaxRow(row, 0, row.length) === label;
    }).length;
  };
  return choices
    .map((places) => ({ places, agreed: agreement(places) }))
    .sort((a, b) => b.agreed - a.agreed)
    .map(({ places }) => places);
}
