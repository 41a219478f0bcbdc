import type { BinRow, BinsTable } from './report-types.ts';

/** A printed line of the reliability table: one bin, or a run of bins without rows. */
export interface BinLine {
  readonly range: string;
  /** How many empty bins the line stands for; 0 for a bin with rows. */
  readonly emptyBins: number;
  readonly before: BinRow | null;
  readonly after: BinRow | null;
}

/**
 * The lines of the table. Neighbouring bins that are empty on both sides share one line. Where before and after have
 * different edges there are two blocks, each with one side only.
 */
export function binLines({ before, after, sameEdges }: BinsTable): readonly (readonly BinLine[])[] {
  if (after === null) return [folded(before.map((row) => ({ before: row, after: null })))];
  if (sameEdges) return [folded(before.map((row, i) => ({ before: row, after: after[i]! })))];
  return [
    folded(before.map((row) => ({ before: row, after: null }))),
    folded(after.map((row) => ({ before: null, after: row }))),
  ];
}

type Sides = Pick<BinLine, 'before' | 'after'>;

function folded(bins: readonly Sides[]): readonly BinLine[] {
  const lines: BinLine[] = [];
  for (const { before, after } of bins) {
    const range = (before ?? after)!.range;
    const isEmpty = (before?.count ?? 0) + (after?.count ?? 0) === 0;
    const last = lines.at(-1);
    if (isEmpty && last !== undefined && last.emptyBins > 0) {
      lines[lines.length - 1] = { ...last, range: joined(last.range, range), emptyBins: last.emptyBins + 1 };
    } else if (isEmpty) lines.push({ range, emptyBins: 1, before: null, after: null });
    else lines.push({ range, emptyBins: 0, before, after });
  }
  return lines;
}

function joined(first: string, last: string): string {
  return `${first.split('–')[0]}–${last.split('–')[1]}`;
}
