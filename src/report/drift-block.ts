import { countedText } from '../core/count-text.ts';
import { printable } from '../core/errors.ts';
import type { MeasureDrift } from '../evaluation/measure-drift.ts';
import type { BinaryView } from '../metrics/index.ts';
import { alignedTable } from './aligned-table.ts';
import { levelText } from './format-number.ts';
import { labelOf } from './measure-labels.ts';
import { type DifferenceMark, differenceMark } from './measure-marks.ts';
import { writingOf } from './measure-writing.ts';
import { pText, viewText } from './measures-block.ts';
import type { Paint, Terminal } from './terminal.ts';

/** Measures of an earlier set of rows and of this one, with what the differences are worth. */
export function driftBlock(
  drifts: readonly MeasureDrift[],
  file: string,
  level: number,
  binary: BinaryView,
  terminal: Terminal,
): readonly string[] {
  const { colour, wrap } = terminal;
  const paints: Readonly<Record<DifferenceMark, Paint | undefined>> = {
    better: colour.good,
    worse: colour.bad,
    changed: undefined,
    'within noise': colour.faint,
  };
  const rows = drifts.map((drift) => {
    const { name, before, after, difference, interval, pValue, adjusted } = drift;
    const mark = differenceMark(drift, level);
    const write = writingOf(name);
    const cells = [
      labelOf(name, binary),
      before === null ? '—' : write.value(before),
      write.value(after),
      difference === null ? '—' : write.difference(difference),
      interval === null ? '—' : write.differences(interval),
      pValue === null ? '—' : pText(pValue),
      adjusted === null ? '—' : pText(adjusted),
      mark ?? '',
    ];
    return { cells, paint: mark === null ? undefined : paints[mark] };
  });
  const tested = drifts.filter(({ pValue }) => pValue !== null).length;
  const note = `Two independent samples: normal intervals from both standard errors; better, worse, within noise: by adj. p, which is p corrected for ${countedText(tested, 'measure')} (Holm); p counts no more of an error than goes beyond what another number of rows does to it.`;
  return [
    ...wrap(`Against ${printable(file)}${viewText(binary)}`, 1).map(colour.strong),
    ...alignedTable(
      [
        { head: 'Measure', side: 'left' },
        { head: 'then', side: 'right' },
        { head: 'now', side: 'right' },
        { head: 'change', side: 'right', leaveOut: 1 },
        { head: `${levelText(level)} interval`, side: 'right', leaveOut: 2 },
        { head: 'p', side: 'right', leaveOut: 4 },
        { head: 'adj. p', side: 'right', leaveOut: 3 },
        { head: '', side: 'left' },
      ],
      rows,
      terminal,
    ),
    ...wrap(note, 1).map(colour.faint),
  ];
}
