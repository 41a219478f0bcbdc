import { type BinLine, binLines } from './bin-lines.ts';
import { escapeMarkup } from './escape-markup.ts';
import type { BinRow, ChangeMark, FigureRow, ReportModel } from './report-types.ts';
import { capital, viewWords } from './view-words.ts';

/** Text of the model as HTML: escaped, and a number kept together with its unit. */
export function prose(text: string): string {
  return escapeMarkup(text)
    .replaceAll(/(?<=\d) (?=%)/g, '&#160;')
    .replaceAll(/\bT = (?=\d)/g, 'T&#160;=&#160;');
}

/** A piece of the user's text, kept from changing the direction of what stands around it. */
export function userText(text: string): string {
  return `<bdi>${escapeMarkup(text)}</bdi>`;
}

/** A box that scrolls by itself when its table is wider than the page, also by keyboard. */
function scrollBox(label: string, table: string, extra = ''): string {
  return `<div class="box${extra}" role="region" aria-label="${escapeMarkup(label)}" tabindex="0">${table}</div>`;
}

const cell = (text: string | null, kind = ''): string =>
  `<td${kind === '' ? '' : ` class="${kind}"`}>${text === null ? '' : prose(text)}</td>`;
const head = (text: string, attributes = ''): string => `<th scope="col"${attributes}>${prose(text)}</th>`;

export function figuresTable({ figures, columns, records }: ReportModel): string {
  const level = records.evaluation.bootstrap?.level;
  const compared = columns.after !== null;
  const interval = level === undefined ? 'Interval' : `${Number((100 * level).toFixed(6))} % interval`;
  const heads = compared
    ? [columns.before, columns.after!, 'Change', 'Verdict', interval].map((text) => head(text))
    : [head('Value')];
  const rows = figures.map((row) => figureLine(row, compared ? interval : null));
  const table = `<table class="figures${compared ? ' compared' : ''}"><thead><tr>${head('Figure')}${heads.join('')}</tr></thead><tbody>${rows.join('')}</tbody></table>`;
  return scrollBox('Key figures', table);
}

const markClass: Readonly<Record<ChangeMark, string>> = {
  better: 'good',
  worse: 'bad',
  'within noise': 'quiet',
};

/** `interval` is what a narrow page, which has no room for the heads, calls the interval; `null` where nothing is compared. */
function figureLine(row: FigureRow, interval: string | null): string {
  const unit = row.unit === '' ? '' : ` <span class="unit">${prose(row.unit)}</span>`;
  const name = `<th scope="row">${prose(row.label)}${unit}</th>`;
  const mark = row.mark === null ? '' : `<span class="mark ${markClass[row.mark]}">${row.mark}</span>`;
  const cells =
    interval === null
      ? cell(row.before)
      : `${cell(row.before)}${cell(row.after)}${cell(row.change)}<td class="mark-cell">${mark}</td><td class="soft" data-label="${interval}">${prose(row.interval ?? '')}</td>`;
  return `<tr${row.minor ? ' class="minor"' : ''}>${name}${cells}</tr>`;
}

export function binsTables(model: ReportModel): string {
  const { bins, columns } = model;
  const { confidence, accuracy } = viewWords(model.records.evaluation);
  return binLines(bins)
    .map((lines) => {
      const sides = (['before', 'after'] as const).filter((side) =>
        lines.some((line) => line[side] !== null),
      );
      const groups = sides.map(
        (side) =>
          `<th scope="colgroup" colspan="5" class="group">${prose((side === 'before' ? columns.before : columns.after) ?? '')}</th>`,
      );
      const names = ['Rows', capital(confidence), capital(accuracy), 'Gap', `${bins.level} interval`];
      const heads = sides.map(() =>
        names.map((name, i) => head(name, i === 0 ? ' class="group"' : '')).join(''),
      );
      const table = `<table class="bins"><colgroup><col></colgroup>${'<colgroup span="5"></colgroup>'.repeat(sides.length)}<thead><tr><th scope="col" rowspan="2">Bin</th>${groups.join('')}</tr><tr>${heads.join('')}</tr></thead><tbody>${lines.map((line) => binLine(line, sides)).join('')}</tbody></table>`;
      return scrollBox('Reliability table', table.replace('<col>', '<col/>'));
    })
    .join('');
}

function binLine(line: BinLine, sides: readonly ('before' | 'after')[]): string {
  const name = `<th scope="row">${prose(line.range)}</th>`;
  if (line.emptyBins > 0) {
    const text = line.emptyBins === 1 ? 'empty' : `${line.emptyBins} empty bins`;
    return `<tr class="minor">${name}<td class="group" colspan="${5 * sides.length}">${text}</td></tr>`;
  }
  return `<tr>${name}${sides.map((side) => binCells(line[side])).join('')}</tr>`;
}

function binCells(row: BinRow | null): string {
  if (row === null) return '<td class="group" colspan="5"></td>';
  const gap = !row.beyondNoise ? '' : (row.gapValue ?? 0) < 0 ? 'over' : 'under';
  return `${cell(row.rows, 'group')}${cell(row.confidence)}${cell(row.accuracy)}${cell(row.gap, gap)}${cell(row.interval, 'soft')}`;
}

export function classesTableHtml({ classes, columns }: ReportModel): string {
  const compared = columns.after !== null;
  const heads = compared ? [head('Before'), head('After'), head('Change, points')] : [head('Class-wise ECE')];
  const rows = classes.rows.map(({ name, before, after, change }) => {
    const cells = compared ? `${cell(before)}${cell(after)}${cell(change)}` : cell(before);
    return `<tr><th scope="row">${userText(name)}</th>${cells}</tr>`;
  });
  const table = `<table class="classes"><thead><tr>${head('Class')}${heads.join('')}</tr></thead><tbody>${rows.join('')}</tbody></table>`;
  return scrollBox('Class-wise table', table, ' tall');
}
