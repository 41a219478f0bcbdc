import { checkOptionNames, checkWhole } from '../core/checks.ts';
import { readRecord } from '../core/read-record.ts';
import type { ChangeMark, FigureRow, ReportModel } from './report-types.ts';
import type { Paint, Terminal, TerminalColours } from './terminal.ts';
import { binsBlock } from './terminal-bins.ts';
import { asciiText, padLeft, padRight, textWidth, wrapped } from './text-table.ts';
import { visibleText } from './visible-text.ts';

/** Options of {@link renderTerminal}. */
export interface RenderTerminalOptions {
  /** Columns, 40..500. Default 80. */
  readonly width?: number;
  readonly colour?: TerminalColours;
  /** Whether bars and typography may leave ASCII. Default true. */
  readonly unicode?: boolean;
  /** Whether the warnings are listed below the verdict. Default true. */
  readonly warnings?: boolean;
}

const plain: Paint = (text) => text;

/**
 * Writes a report for a terminal: the verdict, the warnings, the key figures, the reliability table with bars, and the
 * conventions in one line.
 *
 * @param model From `reportModel`.
 * @param options See {@link RenderTerminalOptions}.
 * @returns Lines ending in a newline, none longer than `width` but for one that cannot be broken.
 * @throws CalibrationError `E_OPTION`.
 *
 * @example
 * ```ts
 * import { evaluate, parseCsv } from 'calibrant';
 * import { renderTerminal, reportModel } from 'calibrant/report';
 *
 * const evaluation = evaluate(parseCsv('cat,dog,label\n4,0,cat\n0,3,dog\n2,0,dog\n'));
 * const conventions = { toolVersion: '0.1.0' };
 * const model = reportModel({ title: 'Pets', evaluation, sources: [], conventions });
 * const text = renderTerminal(model, { width: 60, unicode: false });
 * assert.ok(text.split('\n').every((line) => line.length <= 60));
 * ```
 */
export function renderTerminal(model: ReportModel, options: RenderTerminalOptions = {}): string {
  return readRecord(model, 'report', () => terminalText(model, options));
}

function terminalText(model: ReportModel, options: RenderTerminalOptions): string {
  const terminal = terminalOf(options);
  return terminalReport(model, terminal, figuresBlock(model, terminal));
}

/** What blocks of text need to know of a terminal. */
export function terminalOf(options: RenderTerminalOptions): Terminal {
  checkOptionNames(options, ['width', 'colour', 'unicode', 'warnings']);
  const { width = 80, colour = {}, unicode = true, warnings = true } = options;
  checkWhole('width', width, 40, 500);
  const text = (raw: string): string => (unicode ? visibleText(raw) : asciiText(visibleText(raw)));
  return {
    width,
    colour: { strong: plain, faint: plain, good: plain, bad: plain, over: plain, under: plain, ...colour },
    unicode,
    warnings,
    text,
    wrap: (raw, indent) => wrapped(text(raw), width - indent).map((line) => ' '.repeat(indent) + line),
  };
}

/** A report for a terminal with the table of figures that is given. */
export function terminalReport(model: ReportModel, terminal: Terminal, figures: readonly string[]): string {
  const lines = [
    ...terminal.wrap(model.title, 1).map(terminal.colour.strong),
    ...terminal.wrap(model.subtitle, 1).map(terminal.colour.faint),
    ...model.data.flatMap((line) => terminal.wrap(`Data of ${line}`, 1)).map(terminal.colour.faint),
    '',
    ...verdictBlock(model, terminal),
    ...noticesBlock(model, terminal),
    '',
    ...figures,
    ...model.floors.flatMap((line) => terminal.wrap(line, 1)),
    ...binsBlock(model, terminal),
    ...terminal.wrap(model.conventions, 1).map(terminal.colour.faint),
  ];
  return `${lines.join('\n')}\n`;
}

function verdictBlock(
  { verdict: { outcome, headline, details } }: ReportModel,
  terminal: Terminal,
): string[] {
  const { colour, wrap, text } = terminal;
  const dot = {
    improved: colour.good,
    worse: colour.bad,
    uncertain: plain,
    unchanged: plain,
    'as-is': plain,
    'in-doubt': colour.bad,
  }[outcome](text('●'));
  const [first = '', ...rest] = wrap(headline, 3);
  // The first detail says on which rows, the last what is left; those between repeat the table below.
  const said = details.length > 1 ? [details[0]!, details.at(-1)!] : details;
  return [
    ` ${dot} ${colour.strong(first.trimStart())}`,
    ...rest.map(colour.strong),
    ...wrap(said.join(' '), 3).map(colour.faint),
  ];
}

function noticesBlock({ notices }: ReportModel, { warnings, wrap, colour }: Terminal): readonly string[] {
  if (!warnings || notices.length === 0) return [];
  return ['', colour.strong(' Warnings'), ...notices.flatMap((message) => wrap(message, 3))];
}

const heads = {
  label: 'Figure',
  before: 'before',
  after: 'after',
  change: 'change',
  interval: 'interval',
  mark: '',
};
type Column = keyof typeof heads;

function figuresBlock(model: ReportModel, terminal: Terminal): readonly string[] {
  const { colour, text } = terminal;
  const compared = model.columns.after !== null;
  const cellsOf = (row: FigureRow): Record<Column, string> => ({
    label: `${row.minor ? '  ' : ''}${row.label}`,
    before: text(bare(row.before)),
    after: text(bare(row.after ?? '')),
    change: text(bare(row.change ?? '')),
    interval: text(row.interval ?? ''),
    mark: row.mark ?? '',
  });
  const level = model.records.evaluation.bootstrap?.level;
  const head = {
    ...heads,
    interval: level === undefined ? heads.interval : `${Number((100 * level).toFixed(6))} % interval`,
  };
  const cells = model.figures.map((row) => ({ row, cells: cellsOf(row) }));
  const widthOf = (column: Column): number =>
    Math.max(textWidth(text(head[column])), ...cells.map((line) => textWidth(text(line.cells[column]))));
  const wanted: Column[] = compared
    ? ['label', 'before', 'after', 'change', 'interval', 'mark']
    : ['label', 'before'];
  const columns = fitting(wanted, widthOf, terminal.width - 1);
  const line = (of: Record<Column, string>): readonly string[] =>
    columns.map((column) =>
      column === 'label' || column === 'mark'
        ? padRight(text(of[column]), widthOf(column))
        : padLeft(text(of[column]), widthOf(column)),
    );
  const paintMark: Record<ChangeMark, Paint> = {
    better: colour.good,
    worse: colour.bad,
    'within noise': colour.faint,
  };
  return [
    colour.faint(` ${line(compared ? head : { ...head, before: 'value' }).join('  ')}`.trimEnd()),
    ...cells.map(({ row, cells: of }) => {
      const parts = line(of);
      const body = ` ${(row.mark === null ? parts : parts.slice(0, columns.includes('mark') ? -1 : undefined)).join('  ')}`;
      if (row.minor) return colour.faint(body.trimEnd());
      return row.mark === null || !columns.includes('mark')
        ? body.trimEnd()
        : `${body}  ${paintMark[row.mark](row.mark)}`;
    }),
    ...model.figureNotes.flatMap((note) => terminal.wrap(note, 1)).map(colour.faint),
  ];
}

/** A figure without its standard error or unit, for which a terminal has no room. */
function bare(figure: string): string {
  return figure.replace(/ (?:±.*|points)$/, '');
}

/** Leaves out the interval, then the change, then the mark, where the terminal is too narrow for them. */
function fitting(
  columns: readonly Column[],
  widthOf: (column: Column) => number,
  width: number,
): readonly Column[] {
  let kept = columns;
  for (const dropped of ['interval', 'change', 'mark'] as const) {
    const total = kept.reduce((sum, column) => sum + widthOf(column) + 2, -2);
    if (total > width) kept = kept.filter((column) => column !== dropped);
  }
  return kept;
}
