import { countedText, countText } from '../core/count-text.ts';
import { printable } from '../core/errors.ts';
import type { EqualCalibrationTest, MeasuredGroup } from '../evaluation/index.ts';
import { isRare } from '../evaluation/is-rare.ts';
import type { BinaryView } from '../metrics/index.ts';
import { type AlignedColumn, type AlignedRow, alignedTable } from './aligned-table.ts';
import { levelText } from './format-number.ts';
import { labelOf } from './measure-labels.ts';
import { writingOf } from './measure-writing.ts';
import { pText, viewText } from './measures-block.ts';
import type { Terminal } from './terminal.ts';

/** Groups that are shown; the others are counted. */
const mostShown = 20;

/** Longest name of a group that is shown whole. */
const longestName = 24;

/** Every measure for each group of rows, the largest groups first. */
export function groupsBlock(
  groups: readonly MeasuredGroup[],
  {
    column,
    level,
    draws,
    areClustered,
    binary,
    equalCalibration,
  }: {
    readonly column: string;
    readonly level: number;
    readonly draws: number;
    readonly areClustered: boolean;
    readonly binary: BinaryView;
    readonly equalCalibration: EqualCalibrationTest | null;
  },
  terminal: Terminal,
): readonly string[] {
  const { colour, wrap } = terminal;
  const shown = groups.slice(0, mostShown);
  const columns: readonly AlignedColumn[] = [
    { head: printable(column), side: 'left' },
    { head: 'rows', side: 'right' },
    { head: 'value', side: 'right' },
    { head: `${levelText(level)} interval`, side: 'right', leaveOut: 2 },
    { head: 'rest', side: 'right', leaveOut: 3 },
    { head: 'random', side: 'right', leaveOut: 1 },
    { head: 'p', side: 'right', leaveOut: 4 },
    { head: 'adj. p', side: 'right' },
    { head: '', side: 'left' },
  ];
  const rows = (groups[0]?.measures ?? []).flatMap(({ name }, m): AlignedRow[] => [
    { cells: [`${labelOf(name, binary)}:`], paint: colour.strong },
    ...shown.map((group): AlignedRow => {
      const { value, interval, rest, expected, pValue, adjusted } = group.measures[m]!;
      const write = writingOf(name);
      const differs = adjusted !== null && isRare(adjusted, level);
      return {
        cells: [
          shortName(group.name),
          countText(group.rows),
          write.value(value),
          interval === null ? '—' : write.interval(interval),
          rest === null ? '—' : write.bare(rest),
          expected === null ? '—' : write.bare(expected),
          pValue === null ? '—' : pText(pValue),
          adjusted === null ? '—' : pText(adjusted),
          differs ? 'differs' : group.isSmall ? 'few rows' : '',
        ],
        paint: differs ? colour.bad : group.isSmall ? colour.faint : undefined,
      };
    }),
  ]);
  return [
    ...wrap(`By ${printable(column)}${viewText(binary)}`, 1).map(colour.strong),
    ...alignedTable(columns, rows, terminal),
    ...wrap(noteText(groups, draws, shown.length, areClustered, equalCalibration), 1).map(colour.faint),
  ];
}

function shortName(name: string): string {
  const text = name === '' ? '(empty)' : printable(name);
  return text.length > longestName ? `${text.slice(0, longestName - 1)}…` : text;
}

function noteText(
  groups: readonly MeasuredGroup[],
  draws: number,
  shown: number,
  areClustered: boolean,
  equalCalibration: EqualCalibrationTest | null,
): string {
  const tested = groups.filter(({ measures }) => measures.some(({ pValue }) => pValue !== null)).length;
  const hidden = groups.slice(shown);
  const small = groups.filter(({ isSmall }) => isSmall).length;
  const parts = [
    tested === 0
      ? `No slice is tested against the rest${areClustered ? ', which takes independent rows and not clusters' : ''}`
      : `Random: the mean over ${countText(draws)} random subsets of as many rows; differs: further out than those by adj. p, which is p corrected for ${countedText(tested, 'slice')} (Holm). That slices are like random subsets means exchangeable rows: a slice that is easier or harder than the rest differs too, however well it is calibrated`,
  ];
  if (equalCalibration !== null) {
    const { pValue, groups: compared } = equalCalibration;
    parts.push(
      `Equal calibration, the same accuracy − confidence in ${countText(compared)} slices, whatever their probabilities: p ${pText(pValue)}${areClustered ? ' between clusters' : ''}`,
    );
  }
  if (small > 0) parts.push(`${countText(small)} with few rows: neither interval nor test`);
  if (hidden.length > 0) {
    const rows = hidden.reduce((sum, group) => sum + group.rows, 0);
    parts.push(
      `${countText(hidden.length)} smaller slices of ${countText(rows)} rows are not shown; --json has them`,
    );
  }
  return `${parts.join('. ')}.`;
}
