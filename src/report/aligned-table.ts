import type { Paint, Terminal } from './terminal.ts';
import { padLeft, padRight, textWidth } from './text-table.ts';

/** A column of a table for a terminal. */
export interface AlignedColumn {
  readonly head: string;
  readonly side: 'left' | 'right';
  /** Columns with the largest number are left out first where the terminal is too narrow; those without stay. */
  readonly leaveOut?: number;
}

/** A line of it: one cell per column, or a single one for a heading, which may reach over the others. */
export interface AlignedRow {
  readonly cells: readonly string[];
  readonly paint?: Paint | undefined;
}

/** Lines of a table with a faint head, two spaces between the columns, as wide as its cells need. */
export function alignedTable(
  columns: readonly AlignedColumn[],
  rows: readonly AlignedRow[],
  { width, colour, text }: Terminal,
): readonly string[] {
  const shown = rows.map(({ cells, paint }) => ({ cells: cells.map(text), paint }));
  const heads = columns.map(({ head }) => text(head));
  const widths = columns.map((_, c) =>
    Math.max(
      textWidth(heads[c]!),
      ...shown.map(({ cells }) => (cells.length === 1 ? 0 : textWidth(cells[c]!))),
    ),
  );
  const kept = fitting(columns, widths, width - 1);
  const line = (cells: readonly string[]): string =>
    cells.length === 1
      ? ` ${cells[0]!}`
      : ` ${kept
          .map((c) => (columns[c]!.side === 'left' ? padRight : padLeft)(cells[c]!, widths[c]!))
          .join('  ')}`.trimEnd();
  return [
    colour.faint(line(heads)),
    ...shown.map(({ cells, paint }) => (paint === undefined ? line(cells) : paint(line(cells)))),
  ];
}

function fitting(
  columns: readonly AlignedColumn[],
  widths: readonly number[],
  width: number,
): readonly number[] {
  let kept = columns.map((_, c) => c);
  const total = (): number => kept.reduce((sum, c) => sum + widths[c]! + 2, -2);
  const droppable = columns
    .map(({ leaveOut }, c) => ({ leaveOut, c }))
    .filter(({ leaveOut }) => leaveOut !== undefined)
    .sort((a, b) => b.leaveOut! - a.leaveOut!);
  for (const { c } of droppable) {
    if (total() > width) kept = kept.filter((other) => other !== c);
  }
  return kept;
}
