import { columnStatistics } from './column-statistics.ts';
import type { CsvSettings } from './csv-settings.ts';
import type { DroppedColumns } from './narrow-scores.ts';
import type { RawTable } from './raw-table.ts';

/** Rows whose sums are looked at. */
const rowsSummed = 64;

/** Printed probabilities sum to 1 up to this, with two decimals of many classes. */
const sumTolerance = 0.02;

/**
 * Settles columns that no label speaks for: by the sums of probabilities, and by whole numbers beside fractional logits.
 *
 * @param out Places left out already.
 * @param open Places that may be no scores.
 * @param expected The number of classes, where the labels tell it.
 * @returns All places to leave out, or `undefined` where nothing tells.
 */
export function settledScores(
  raw: RawTable,
  out: DroppedColumns,
  open: readonly number[],
  { input, scale }: Pick<CsvSettings, 'input' | 'scale'>,
  expected: number | undefined,
): DroppedColumns | undefined {
  const all = raw.roles.scores.map((_, k) => k).filter((k) => !out.has(k));
  if (input === 'probabilities') {
    const whole = scale === 'percent' ? 100 : 1;
    if (sumTo(whole, raw, all)) return out;
    if (expected !== undefined) return undefined;
    const rest = all.filter((k) => !open.includes(k));
    return rest.length > 1 && sumTo(whole, raw, rest)
      ? withReason(out, open, `rows sum to ${whole} without it`)
      : undefined;
  }
  const statistics = columnStatistics(raw);
  const isFractional = all.some((k) => !statistics[k]!.isWhole);
  const wholes = open.filter((k) => statistics[k]!.isWhole);
  const isSettled =
    expected === undefined ? wholes.length === open.length : all.length - wholes.length === expected;
  return isFractional && isSettled && wholes.length > 0
    ? withReason(out, wholes, 'whole numbers beside fractional scores, and matches no label')
    : undefined;
}

function withReason(out: DroppedColumns, more: readonly number[], why: string): DroppedColumns {
  return new Map([...out, ...more.map((k) => [k, ['left out', why]] as const)]);
}

function sumTo(whole: number, { values, rows, roles }: RawTable, places: readonly number[]): boolean {
  const columns = roles.scores.length;
  const some = Math.min(rows, rowsSummed);
  const cells = values.read(0, some * columns);
  for (let i = 0; i < some; i += 1) {
    let sum = 0;
    for (const k of places) sum += cells[i * columns + k]!;
    if (!(Math.abs(sum / whole - 1) <= sumTolerance)) return false;
  }
  return true;
}
