import { type BinLine, binLines } from './bin-lines.ts';
import type { BinRow, BinsTable, ReportModel } from './report-types.ts';
import type { Terminal } from './terminal.ts';
import { bar, padLeft, padRight, textWidth } from './text-table.ts';
import { type ViewWords, viewWords } from './view-words.ts';

type Side = 'before' | 'after';

const narrowestBar = 6;
const widestBar = 16;
const mostLines = 40;

/** Bins with fewer rows than this do not set the scale of the bars. */
const smallShare = 0.01;

/** The reliability table with a bar for every gap; before and after side by side where the width allows. */
export function binsBlock(model: ReportModel, terminal: Terminal): readonly string[] {
  const { bins, columns } = model;
  const words = viewWords(model.records.evaluation);
  const blocks = binLines(bins).flatMap((lines) => sideBySide(lines, largestGap(bins), words, terminal));
  const { confidence, accuracy } = words.short;
  const view =
    words.positive === undefined
      ? ''
      : `${confidence}, ${accuracy}: ${words.confidence}, ${words.accuracy}; `;
  const legend = `${view}gap = ${accuracy} − ${confidence}, in points; * ${confidence} outside the ${bins.level} interval of ${accuracy}`;
  const named = { before: columns.before, after: columns.after ?? '' };
  return [
    ...blocks.flatMap((block) => ['', ...block(named)]),
    ...terminal.wrap(legend, 1).map(terminal.colour.faint),
  ];
}

type Block = (names: Readonly<Record<Side, string>>) => readonly string[];

function sideBySide(
  lines: readonly BinLine[],
  scale: number,
  words: ViewWords,
  terminal: Terminal,
): readonly Block[] {
  const sides = (['before', 'after'] as const).filter((side) => lines.some((line) => line[side] !== null));
  const layout = layoutOf(lines, sides, scale, terminal);
  if (layout.bar >= narrowestBar || sides.length === 1) {
    return [(names) => block(lines, sides, layout, names, words, terminal)];
  }
  return sides.map((side) => (names) => {
    const alone = layoutOf(lines, [side], scale, terminal);
    return block(lines, [side], alone, names, words, terminal);
  });
}

interface Layout {
  readonly range: number;
  readonly rows: number;
  readonly bar: number;
  readonly scale: number;
}

function layoutOf(
  lines: readonly BinLine[],
  sides: readonly Side[],
  scale: number,
  { width }: Terminal,
): Layout {
  const cells = lines.flatMap((line) => sides.map((side) => line[side])).filter((row) => row !== null);
  const range = Math.max(...lines.map((line) => textWidth(line.range)));
  const rows = Math.max(5, ...cells.map((row) => textWidth(row.rows) + 1));
  const spare = width - 1 - range - sides.length * (rows + 22);
  return {
    range,
    rows,
    bar: Math.min(widestBar, Math.floor(spare / sides.length)),
    scale,
  };
}

/** The gap of a full bar: the largest among bins that hold a fair share of the rows, before and after alike. */
function largestGap({ before, after }: BinsTable): number {
  const gaps = [before, after ?? []].flatMap((rows) => {
    const total = rows.reduce((sum, { count }) => sum + count, 0);
    return rows
      .filter(({ count }) => count >= smallShare * total)
      .map(({ gapValue }) => Math.abs(gapValue ?? 0));
  });
  return Math.max(1e-9, ...gaps);
}

function block(
  lines: readonly BinLine[],
  sides: readonly Side[],
  layout: Layout,
  names: Readonly<Record<Side, string>>,
  { short, positive }: ViewWords,
  terminal: Terminal,
): readonly string[] {
  const { range, rows, bar: barWidth } = layout;
  const { colour, text } = terminal;
  const sideWidth = rows + 22 + Math.max(0, barWidth);
  const titles = sides.map((side) => padRight(`  ${text(names[side])}`, sideWidth)).join('');
  const heads = sides.map(() =>
    padRight(
      `${padLeft('rows', rows)}${padLeft(short.confidence, 6)}${padLeft(short.accuracy, 6)}${padLeft('gap', 7)}`,
      sideWidth,
    ),
  );
  const shown = lines.length > mostLines ? lines.slice(-mostLines) : lines;
  const left = lines.length - shown.length;
  return [
    colour.strong(` ${padRight('Reliability', range)}${titles}`.trimEnd()),
    colour.faint(
      ` ${padRight(positive === undefined ? 'confidence' : short.confidence, range)}${heads.join('')}`.trimEnd(),
    ),
    ...(left > 0 ? [colour.faint(` ${text(`… ${left} lines above are in the report`)}`)] : []),
    ...shown.map((line) => binLine(line, sides, layout, sideWidth, terminal)),
  ];
}

function binLine(
  line: BinLine,
  sides: readonly Side[],
  layout: Layout,
  sideWidth: number,
  terminal: Terminal,
): string {
  const name = ` ${padRight(terminal.text(line.range), layout.range)}`;
  if (line.emptyBins > 0) {
    const what = line.emptyBins === 1 ? 'empty' : `${line.emptyBins} empty bins`;
    return terminal.colour.faint(`${name}  ${what}`);
  }
  return (
    name +
    sides.map((side, i) => binCells(line[side], layout, sideWidth, i === sides.length - 1, terminal)).join('')
  );
}

function binCells(
  row: BinRow | null,
  layout: Layout,
  sideWidth: number,
  isLast: boolean,
  terminal: Terminal,
): string {
  const { colour, text, unicode } = terminal;
  if (row === null || row.gapValue === null) {
    const nothing = padLeft(row === null ? '' : row.rows, layout.rows);
    return colour.faint(isLast ? nothing : padRight(nothing, sideWidth));
  }
  const figures = `${padLeft(row.rows, layout.rows)}${padLeft(row.confidence, 6)}${padLeft(row.accuracy, 6)}`;
  const gap = `${padLeft(text(row.gap), 7)}${row.beyondNoise ? '*' : ' '}`;
  const drawn = bar(Math.abs(row.gapValue) / layout.scale, Math.max(0, layout.bar - 1), unicode);
  const paint = !row.beyondNoise ? colour.faint : row.gapValue < 0 ? colour.over : colour.under;
  const tail = isLast ? '' : ' '.repeat(Math.max(0, sideWidth - layout.rows - 21 - textWidth(drawn)));
  return `${figures}${paint(gap)} ${paint(drawn)}${tail}`.replace(/ +$/, isLast ? '' : '$&');
}
