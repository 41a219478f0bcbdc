import { countText } from '../core/count-text.ts';
import type { PairedFinding } from '../evaluation/paired-findings.ts';
import { type AlignedColumn, alignedTable } from './aligned-table.ts';
import { levelText } from './format-number.ts';
import { labelOf } from './measure-labels.ts';
import { type DifferenceMark, differenceMark } from './measure-marks.ts';
import { writingOf } from './measure-writing.ts';
import { type FindingsNote, groupTitle, inGroups, pText } from './measures-block.ts';
import { noSpread } from './no-spread.ts';
import type { Paint, Terminal } from './terminal.ts';

/** A table of measures before and after, with the paired difference, its interval and what it is worth. */
export function changesBlock(
  findings: readonly PairedFinding[],
  note: FindingsNote,
  grouped: boolean,
  terminal: Terminal,
): readonly string[] {
  const { colour } = terminal;
  const columns: readonly AlignedColumn[] = [
    { head: 'Measure', side: 'left' },
    { head: 'before', side: 'right' },
    { head: 'after', side: 'right' },
    { head: 'change', side: 'right', leaveOut: 1 },
    { head: `${levelText(note.level)} interval`, side: 'right', leaveOut: 2 },
    { head: 'p', side: 'right', leaveOut: 4 },
    { head: 'adj. p', side: 'right', leaveOut: 3 },
    { head: '', side: 'left' },
  ];
  const paints: Readonly<Record<DifferenceMark, Paint | undefined>> = {
    better: colour.good,
    worse: colour.bad,
    changed: undefined,
    'within noise': colour.faint,
  };
  let title = '';
  const rows = (grouped ? inGroups(findings) : findings).flatMap((finding) => {
    const mark = differenceMark(finding, note.level);
    const write = writingOf(finding.name);
    const cells = [
      labelOf(finding.name, note.binary),
      write.value(finding.before),
      write.value(finding.after),
      write.difference(finding.difference),
      finding.interval === null ? '—' : write.differences(finding.interval),
      finding.pValue === null ? '—' : pText(finding.pValue),
      finding.adjusted === null ? '—' : pText(finding.adjusted),
      mark ?? '',
    ];
    const row = { cells, paint: mark === null ? undefined : paints[mark] };
    const own = groupTitle(finding.name);
    if (!grouped || own === title) return [row];
    title = own;
    return [{ cells: [`${own}:`], paint: colour.faint }, row];
  });
  const { method, resamples, clusters, isSingle } = note;
  const units = clusters === null ? '' : ` of the clusters in ${clusters}`;
  const family =
    method === 'centred'
      ? ' The NLL is the primary outcome and not corrected; Brier score, ECE and debiased ECE are corrected for one another, as in the report.'
      : '';
  const text = isSingle
    ? `No intervals of the change: ${noSpread(clusters !== null)}.`
    : `Intervals of the change: ${method}, ${countText(resamples)} paired resamples${units}; better, worse, within noise: by adj. p, which is p corrected for the number of measures (Holm), at ${pText(1 - note.level)}.${family} An interval is of one measure alone, so that of a change within noise may exclude 0.`;
  return [...alignedTable(columns, rows, terminal), ...terminal.wrap(text, 1).map(colour.faint)];
}
