import { printable } from '../core/errors.ts';
import { columnStatistics } from './column-statistics.ts';
import type { CsvSettings } from './csv-settings.ts';
import { parseDecimal } from './decimal-number.ts';
import type { LabelTexts } from './label-texts.ts';
import { unclearScores } from './role-refusals.ts';
import type { RawTable } from './score-table.ts';

/** Rows looked at. */
const mostRows = 2 ** 16;

/** In fewer rows a correlation may be by chance. */
const fewestRows = 20;

/** A correlation of this many standard errors is one. */
const sure = 3;

/** With fewer standard errors than this there may be none. */
const unsure = 2;

/**
 * Refuses two columns of unrelated header as the scores of classes 0 and 1 where only one of them goes with the label, or both do in
 * the same direction: they are then more likely the scores of two models, or a score and a feature.
 *
 * @throws CalibrationError `E_COLUMN` with a command for each reading.
 */
export function refuseUnopposed(raw: RawTable, labels: LabelTexts, settings: CsvSettings): void {
  const { roles, rows, nameOf } = raw;
  if (settings.input !== 'logits' || roles.scores.length !== 2 || rows < fewestRows) return;
  const [a = 0, b = 0] = correlations(raw, labels, settings);
  const greater = Math.max(Math.abs(a), Math.abs(b));
  const lesser = Math.min(Math.abs(a), Math.abs(b));
  // A score beside zeros is the same as a score alone.
  if (columnStatistics(raw).some(({ isConstant, most }) => isConstant && most === 0)) return;
  const isOpposed = a * b < 0 && lesser > unsure;
  if (!(greater > sure) || isOpposed) return;
  const single = roles.scores.map((column) => [column]);
  const [first, second] = Math.abs(a) > Math.abs(b) ? single : single.reverse();
  const alternatives = [first!, roles.scores, second!].map((columns) => ({ columns, input: undefined }));
  const [x, y] = roles.scores.map((column) => `"${printable(nameOf(column))}"`);
  const reason = `${x} does not fall where ${y} rises with the label, as the scores of classes 0 and 1 do`;
  throw unclearScores(roles.findings, alternatives, settings, reason);
}

/** The correlation of each score column with the label, in standard errors; 0 for a column of one value. */
function correlations(
  { values, rows }: RawTable,
  { texts, ids }: LabelTexts,
  { decimalComma }: CsvSettings,
): readonly number[] {
  const n = Math.min(rows, ids.length, mostRows);
  const cells = values.read(0, 2 * n).slice();
  const numbers = texts.map((text) => parseDecimal(text, decimalComma));
  const labels = Float64Array.from(ids.read(0, n), (id) => numbers[id]!);
  const centred = centre(labels);
  return [0, 1].map((column) => {
    const scores = centre(Float64Array.from({ length: n }, (_, i) => cells[2 * i + column]!));
    const product = scores.reduce((sum, value, i) => sum + value * centred[i]!, 0);
    const scale = norm(scores) * norm(centred);
    return scale > 0 ? (product / scale) * Math.sqrt(n) : 0;
  });
}

function centre(values: Float64Array): Float64Array {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.map((value) => value - mean);
}

function norm(values: Float64Array): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
}
