import { printable } from '../core/errors.ts';
import { rangeText } from '../core/range-text.ts';
import type { CsvSettings } from './csv-settings.ts';
import { isUnnamed } from './known-column.ts';
import type { RawTable } from './raw-table.ts';
import { weightingText } from './weighting-text.ts';

/** How the columns were understood, in words: `10 logit columns logit_0..logit_9, label column "label"`. */
export function describeColumns(
  { roles, nameOf, header, weights }: RawTable,
  { input, weightKind }: CsvSettings,
  labelsFrom?: string,
): string {
  const { scores, label, oneHot, weight, kept, findings } = roles;
  const rowNumbers = findings.filter(
    ({ role, name }) => role === 'id' && name !== undefined && isUnnamed(name),
  );
  const noun = input === 'logits' ? 'logit' : 'probability';
  const first = nameOf(scores[0]!);
  const range = scores.length === 1 ? shown(first) : rangeText(first, nameOf(scores.at(-1)!));
  const named = (column: number): string =>
    header === undefined ? String(column + 1) : `"${printable(nameOf(column))}"`;
  return [
    `${scores.length} ${noun} ${scores.length === 1 ? 'column' : 'columns'} ${range}`,
    ...(label === undefined ? [] : [`label column ${named(label)}`]),
    ...(oneHot.length === 0
      ? []
      : [`one-hot label columns ${rangeText(nameOf(oneHot[0]!), nameOf(oneHot.at(-1)!))}`]),
    ...(labelsFrom === undefined ? [] : [`labels from ${printable(labelsFrom)}`]),
    ...(weight === undefined ? [] : [`weight column ${named(weight)}`]),
    ...(weights === undefined ? [] : [weightingText(weights, weightKind)]),
    ...kept.filter((c) => c !== label && c !== weight).map((c) => `${named(c)} kept as texts`),
    ...rowNumbers.map(({ number }) => `column ${number} left out as row numbers`),
  ].join(', ');
}

function shown(name: string): string {
  return /^\w+$/.test(name) ? name : `"${printable(name)}"`;
}
