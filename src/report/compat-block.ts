import type { CompatPreset, MeasureName } from '../metrics/index.ts';
import { alignedTable } from './aligned-table.ts';
import { differenceText, fixedText } from './format-number.ts';
import { measureLabels } from './measure-labels.ts';
import type { Terminal } from './terminal.ts';

/** A line of {@link compatBlock}. */
export interface CompatLine {
  readonly what: string;
  readonly value: number;
  readonly own: MeasureName | null;
  readonly ownValue: number | null;
}

/** Another library's figures beside our own, and why they differ. */
export function compatBlock(
  { library, difference }: CompatPreset,
  lines: readonly CompatLine[],
  terminal: Terminal,
): readonly string[] {
  const { colour, wrap } = terminal;
  const six = (value: number | null): string => (value === null ? '—' : fixedText(value, 6));
  const rows = lines.map(({ what, value, own, ownValue }) => ({
    cells: [
      what,
      six(value),
      own === null ? '—' : measureLabels[own],
      six(ownValue),
      ownValue === null ? '—' : smallDifference(value - ownValue),
    ],
  }));
  return [
    ...wrap(`As printed by ${library}`, 1).map(colour.strong),
    ...alignedTable(
      [
        { head: 'its figure', side: 'left' },
        { head: '', side: 'right' },
        { head: 'ours', side: 'left', leaveOut: 1 },
        { head: '', side: 'right' },
        { head: 'difference', side: 'right', leaveOut: 2 },
      ],
      rows,
      terminal,
    ),
    ...wrap(`Where they differ: ${difference}.`, 1).map(colour.faint),
  ];
}

/** Another library's figures, each on a line: `netcal expected, 10 equal-width: 0.063541`. */
export function shortCompatLines({ name }: CompatPreset, lines: readonly CompatLine[]): readonly string[] {
  return lines.map(({ what, value }) => `${name} ${what}: ${fixedText(value, 6)}`);
}

/** Six decimals as the figures have, or one digit of a difference that those cannot tell from 0. */
function smallDifference(value: number): string {
  const isHidden = value !== 0 && Number(value.toFixed(6)) === 0;
  return isHidden ? `${value < 0 ? '−' : '+'}${Math.abs(value).toExponential(0)}` : differenceText(value, 6);
}
