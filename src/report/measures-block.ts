import { countText } from '../core/count-text.ts';
import type { MeasureFinding } from '../evaluation/measure-findings.ts';
import { fewestClusters } from '../evaluation/score-test.ts';
import { type BinaryView, type MeasureFamily, type MeasureName, measureByName } from '../metrics/index.ts';
import { type AlignedColumn, type AlignedRow, alignedTable } from './aligned-table.ts';
import { fixedText, levelText } from './format-number.ts';
import { labelOf, measureLabels } from './measure-labels.ts';
import { type NoiseMark, noiseMark } from './measure-marks.ts';
import { writingOf } from './measure-writing.ts';
import { noSpread } from './no-spread.ts';
import type { Terminal } from './terminal.ts';

/** How findings were made, as far as a table says so. */
export interface FindingsNote {
  readonly level: number;
  readonly method: string;
  readonly resamples: number;
  readonly draws: number;
  /** What was drawn: `rows`, or the column of clusters. */
  readonly clusters: string | null;
  readonly binary: BinaryView;
  /** Whether only one row, or one cluster, has weight, so that nothing has an interval. */
  readonly isSingle: boolean;
}

const families: Readonly<Record<MeasureFamily, string>> = {
  summary: 'Summaries',
  score: 'Proper scores',
  decomposition: 'Parts of proper scores',
  selective: 'Selective prediction',
  binned: 'Binned',
  debiased: 'Debiased',
  'bin-free': 'Without bins',
  regression: 'By regression',
};

/** The heading of a measure's group: its family, and the notion of calibration where it measures one. */
export function groupTitle(name: MeasureName): string {
  const { family, notion } = measureByName(name)!;
  return notion === 'none' ? families[family] : `${families[family]}, ${notion}`;
}

/** In the order in which their groups first come up. */
export function inGroups<Finding extends { readonly name: MeasureName }>(
  findings: readonly Finding[],
): readonly Finding[] {
  const titles = [...new Set(findings.map(({ name }) => groupTitle(name)))];
  return titles.flatMap((title) => findings.filter(({ name }) => groupTitle(name) === title));
}

/** A table of measures: value, interval, what a calibrated model would show, and whether that is more than noise. */
export function measuresBlock(
  findings: readonly MeasureFinding[],
  note: FindingsNote,
  grouped: boolean,
  terminal: Terminal,
): readonly string[] {
  const columns: readonly AlignedColumn[] = [
    { head: 'Measure', side: 'left' },
    { head: 'value', side: 'right' },
    { head: `${levelText(note.level)} interval`, side: 'right', leaveOut: 2 },
    { head: 'if calibrated', side: 'right', leaveOut: 1 },
    { head: 'p', side: 'right', leaveOut: 3 },
    { head: 'noise', side: 'left' },
  ];
  const { colour } = terminal;
  let title = '';
  const rows = (grouped ? inGroups(findings) : findings).flatMap((finding): AlignedRow[] => {
    const mark = noiseMark(finding.pValue, note.level);
    const row = {
      cells: cellsOf(finding, mark, note.binary),
      paint: mark === 'beyond' ? colour.strong : undefined,
    };
    const own = groupTitle(finding.name);
    if (!grouped || own === title) return [row];
    title = own;
    return [{ cells: [`${own}:`], paint: colour.faint }, row];
  });
  return [
    ...alignedTable(columns, rows, terminal),
    ...terminal.wrap(noteText(findings, note), 1).map(colour.faint),
  ];
}

function cellsOf(finding: MeasureFinding, mark: NoiseMark | null, binary: BinaryView): readonly string[] {
  const { name, value, interval, floor, pValue, reason } = finding;
  const write = writingOf(name);
  return [
    labelOf(name, binary),
    reason === 'too-many-rows' || (reason === 'not-in-memory' && value === null)
      ? 'left out'
      : write.value(value),
    interval === null ? '—' : write.interval(interval),
    floor === null ? '—' : write.bare(floor),
    pValue === null ? '—' : pText(pValue),
    mark ?? '',
  ];
}

/** `0.005`, `0.32`, `<0.0001`. */
export function pText(pValue: number): string {
  if (pValue < 1e-4) return '<0.0001';
  return pValue < 0.095 ? String(Number(pValue.toPrecision(2))) : fixedText(pValue, 2);
}

/** `, of the probability of class 1`: what a heading adds in the positive view. */
export function viewText(binary: BinaryView): string {
  return binary === 'positive' ? ', of the probability of class 1' : '';
}

/** Whether resampling moved a measure so far that its own interval does not hold it. */
function isOutside({ value, interval }: MeasureFinding): boolean {
  return value !== null && interval !== null && !(interval[0] <= value && value <= interval[1]);
}

function noteText(findings: readonly MeasureFinding[], note: FindingsNote): string {
  const { level, method, resamples, draws, clusters, binary, isSingle } = note;
  const units = clusters === null ? '' : ` of the clusters in ${clusters}`;
  const view =
    binary === 'positive'
      ? ['Measures of one probability per row are of the probability of class 1 (--binary positive)']
      : [];
  const leaning =
    method === 'centred'
      ? 'those of errors hold their average for this number of rows; for the error without noise subtract the column beside it from the lower end'
      : 'those of plug-in errors lean upward as the errors do';
  const parts = [
    ...view,
    `If calibrated: the mean over ${countText(draws)} ${clusters === null ? 'sets of labels drawn from the probabilities' : `draws that turn the residuals of whole clusters round at random`}; beyond: at most ${fixedText(100 * (1 - level), 0)} in 100 of them are as extreme, by p of each measure alone, without a correction for their number`,
    isSingle
      ? `No intervals: ${noSpread(clusters !== null)}`
      : `Intervals: ${method}, ${countText(resamples)} resamples${units}; ${leaning}`,
  ];
  const bare = findings.filter(({ interval, floor }) => interval !== null && floor === null);
  if (clusters !== null && bare.length > 0) {
    const names = bare.map(({ name }) => measureLabels[name]).join(', ');
    parts.push(
      bare.length === findings.length
        ? `What a calibrated model would show is left out: it takes errors that are sums of residuals, and ${fewestClusters} clusters or more`
        : `What a calibrated model would show is left out for ${names}: labels drawn row by row are not spread as clusters are, and only errors that are sums of residuals can do without`,
    );
  }
  if (findings.some(isOutside)) {
    parts.push(
      'A value outside its interval: drawing rows again adds more noise to its bins than there was; centred intervals take it off',
    );
  }
  if (findings.some(({ interval }) => interval !== null && interval[0] === interval[1])) {
    parts.push(
      'An interval without width: every resample gives the same value, so these rows do not show how uncertain it is',
    );
  }
  if (findings.some(({ reason }) => reason === 'too-many-rows')) {
    parts.push('Left out: the cost grows with the square of the rows');
  }
  const lacking = findings.filter(({ reason }) => reason === 'not-in-memory');
  if (lacking.length > 0) {
    parts.push(
      `${lacking.map(({ name }) => measureLabels[name]).join(', ')}: without what needs the probabilities of all rows again, as these are not in memory; raise --max-memory`,
    );
  }
  const once = findings.filter(({ reason }) => reason === 'value-only');
  if (once.length > 0) {
    const isLinear = once.every(({ name }) => measureByName(name)!.cost !== 'quadratic');
    const why = isLinear
      ? 'takes long to draw again for this number of rows; name it with --metrics to have it'
      : 'too costly to draw again for this number of rows';
    parts.push(`—: ${why}`);
  }
  return `${parts.join('. ')}.`;
}
