import { countText } from '../core/count-text.ts';
import type { BinaryView } from '../metrics/index.ts';
import { type AlignedColumn, type AlignedRow, alignedTable } from './aligned-table.ts';
import { fixedText, levelText } from './format-number.ts';
import type { Terminal } from './terminal.ts';

/** A point of a curve. */
export interface CurvePoint {
  readonly probability: number;
  readonly calibrated: number;
  readonly consistency: readonly [number, number] | null;
  readonly confidence: readonly [number, number] | null;
}

/** How curves were made, as far as a table says so. */
export interface CurveNote {
  readonly level: number;
  readonly resamples: number;
  /** Whether these are fewer than asked for, there being so many rows. */
  readonly areFewer: boolean;
  readonly binary: BinaryView;
  /** Whether rows belong together, which the bands take no notice of. */
  readonly areClustered: boolean;
}

/** Points shown of a curve. */
const mostShown = 11;

/** Calibration curves as short tables, a titled one after the other: what is said, what comes true, and both bands. */
export function curveBlock(
  curves: readonly { readonly title: string; readonly points: readonly CurvePoint[] }[],
  note: CurveNote,
  terminal: Terminal,
): readonly string[] {
  const { colour, wrap } = terminal;
  const columns: readonly AlignedColumn[] = [
    { head: note.binary === 'positive' ? 'says' : 'confidence', side: 'right' },
    { head: note.binary === 'positive' ? 'true' : 'right', side: 'right' },
    { head: `${levelText(note.level)} if calibrated`, side: 'right', leaveOut: 1 },
    { head: `${levelText(note.level)} interval`, side: 'right', leaveOut: 2 },
    { head: '', side: 'left' },
  ];
  return [
    ...curves.flatMap(({ title, points }, at) => [
      ...(at === 0 ? [] : ['']),
      ...wrap(title, 1).map(colour.strong),
      ...alignedTable(
        columns,
        spread(points).map((point) => rowOf(point, terminal)),
        terminal,
      ),
    ]),
    ...wrap(noteText(note), 1).map(colour.faint),
  ];
}

/** The first, the last, and those nearest to even steps of the probability between them. */
function spread(points: readonly CurvePoint[]): readonly CurvePoint[] {
  if (points.length <= mostShown) return points;
  const [first, last] = [points[0]!.probability, points.at(-1)!.probability];
  const chosen = new Set<CurvePoint>();
  for (let step = 0; step < mostShown; step += 1) {
    const wanted = first + ((last - first) * step) / (mostShown - 1);
    const away = (point: CurvePoint): number => Math.abs(point.probability - wanted);
    chosen.add(points.reduce((near, point) => (away(point) < away(near) ? point : near)));
  }
  return [...chosen];
}

function rowOf(
  { probability, calibrated, consistency, confidence }: CurvePoint,
  { colour }: Terminal,
): AlignedRow {
  const percent = (share: number): string => fixedText(100 * share, 1);
  const band = (ends: readonly [number, number] | null): string =>
    ends === null ? '—' : `${percent(ends[0])} to ${percent(ends[1])}`;
  const below = consistency !== null && calibrated < consistency[0];
  const above = consistency !== null && calibrated > consistency[1];
  return {
    cells: [
      `${percent(probability)} %`,
      `${percent(calibrated)} %`,
      band(consistency),
      band(confidence),
      below ? 'below' : above ? 'above' : '',
    ],
    paint: below ? colour.over : above ? colour.under : undefined,
  };
}

function noteText({ level, resamples, areFewer, areClustered }: CurveNote): string {
  const curve = 'Isotonic regression of what came true on the probability, without bins (CORP)';
  if (resamples === 0)
    return `${curve}. Bands are left out: this number of rows takes too long to draw again.`;
  return [
    curve,
    `if calibrated: where the curve of a calibrated model runs in ${fixedText(100 * level, 0)} of 100 sets, point by point; above, below: outside`,
    'the interval of the curve is too narrow where probabilities hardly repeat',
    `${countText(resamples)} resamples of single rows${areClustered ? ', whatever belongs together' : ''}${areFewer ? ', fewer for this number of rows' : ''}`,
  ]
    .join('; ')
    .concat('.');
}
