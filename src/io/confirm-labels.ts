import { nameReadings } from './class-names.ts';
import type { CsvSettings } from './csv-settings.ts';
import { parseDecimal } from './decimal-number.ts';
import type { LabelTexts } from './label-texts.ts';
import type { RawTable } from './raw-table.ts';

/**
 * Places of the score columns whose class no label names, where labels are names of headers; `undefined` where they are not.
 */
export function absentClasses(raw: RawTable, { texts }: LabelTexts): readonly number[] | undefined {
  const { scores, doubtful } = raw.roles;
  const headers = scores.map(raw.nameOf);
  const sure = scores.flatMap((column, k) => (doubtful.includes(column) ? [] : [k]));
  const readings: readonly (readonly [readonly string[], readonly number[]])[] = [
    [headers, headers.map((_, k) => k)],
    ...nameReadings(headers).map((names) => [names, headers.map((_, k) => k)] as const),
    ...nameReadings(sure.map((k) => headers[k]!)).map((names) => [names, sure] as const),
  ];
  const found = readings.find(([names]) => texts.every((text) => names.includes(text)));
  if (found === undefined) return undefined;
  const [names, places] = found;
  const present = new Set(places.filter((_, at) => texts.includes(names[at]!)));
  return headers.map((_, k) => k).filter((k) => !present.has(k));
}

/** How many classes whole-number labels have: up to the highest, or two for -1 and 1. `undefined` where they are no such numbers. */
export function expectedClasses(
  { texts }: LabelTexts,
  { labelBase = 0, decimalComma }: Pick<CsvSettings, 'labelBase' | 'decimalComma'>,
): number | undefined {
  const numbers = texts.map((text) => parseDecimal(text, decimalComma));
  if (!numbers.every(Number.isInteger)) return undefined;
  const least = numbers.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const most = numbers.reduce((a, b) => Math.max(a, b), 0);
  if (least === -1 && most === 1 && numbers.length === 2) return 2;
  return least < 0 ? undefined : most + 1 - labelBase;
}
