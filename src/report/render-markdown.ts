import { readRecord } from '../core/read-record.ts';
import { binLines } from './bin-lines.ts';
import type { BinRow, ReportModel } from './report-types.ts';
import { capital, viewWords } from './view-words.ts';
import { visibleText } from './visible-text.ts';

/**
 * Writes a report as Markdown with tables: for a pull request, a model card or a notebook. It holds no pictures.
 *
 * @param model From `reportModel`.
 * @returns The text of the file; equal models give equal text. Whatever came from the user stands as plain text.
 *
 * @example
 * ```ts
 * import { evaluate, parseCsv } from 'calibrant';
 * import { renderMarkdown, reportModel } from 'calibrant/report';
 *
 * const evaluation = evaluate(parseCsv('cat,dog,label\n4,0,cat\n0,3,dog\n2,0,dog\n'));
 * const conventions = { toolVersion: '0.1.0' };
 * const model = reportModel({ title: 'Pets', evaluation, sources: [], conventions });
 * const text = renderMarkdown(model);
 * assert.ok(text.startsWith('# Pets'));
 * assert.ok(text.includes('| Accuracy | 66.67 % |'));
 * ```
 */
export function renderMarkdown(model: ReportModel): string {
  return readRecord(model, 'report', () => markdownOf(model));
}

function markdownOf(model: ReportModel): string {
  const { title, subtitle, verdict } = model;
  const parts = [
    `# ${escaped(title)}`,
    escaped(subtitle),
    `**${escaped(verdict.headline)}**`,
    list(verdict.details),
    section('Warnings', list(model.notices)),
    section('Key figures', figures(model)),
    section('Reliability table', bins(model)),
    section('Class-wise ECE', classes(model)),
    section('What was done', list(method(model))),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

/** Text that Markdown shows as it stands: no markup, no HTML, no links, mentions or formulas found by themselves. */
function escaped(text: string): string {
  return (
    visibleText(text)
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll(/[\\`*_[\]|~#]/g, '\\$&')
      .replaceAll('://', '&#58;//')
      .replaceAll(/www\./gi, (start) => `${start.slice(0, -1)}&#46;`)
      // A renderer finds addresses after it has read such a character; a comment parts them.
      .replaceAll('@', '&#64;<!-- -->')
      .replaceAll('$', '&#36;')
  );
}

function section(title: string, content: string): string {
  return content === '' ? '' : `## ${title}\n\n${content}`;
}

function list(items: readonly string[]): string {
  return items.map((item) => `- ${escaped(item)}`).join('\n');
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(escaped).join(' | ')} |`;
  const rule = `|---|${'---:|'.repeat(heads.length - 1)}`;
  return [line(heads), rule, ...rows.map(line)].join('\n');
}

function figures({ figures: rows, columns, records, figureNotes, markNote }: ReportModel): string {
  const name = (label: string, unit: string): string => (unit === '' ? label : `${label} (${unit})`);
  const level = records.evaluation.bootstrap?.level;
  const interval = level === undefined ? 'Interval' : `${Number((100 * level).toFixed(6))} % interval`;
  const content =
    columns.after === null
      ? table(
          ['Figure', 'Value'],
          rows.map(({ label, unit, before }) => [name(label, unit), before]),
        )
      : table(
          ['Figure', columns.before, columns.after, 'Change', interval, 'Verdict'],
          rows.map((row) => [
            name(row.label, row.unit),
            row.before,
            row.after ?? '',
            row.change ?? '',
            row.interval ?? '',
            row.mark ?? '',
          ]),
        );
  return [content, ...figureNotes.map(escaped), ...(markNote === null ? [] : [escaped(markNote)])].join(
    '\n\n',
  );
}

function bins({ bins: content, columns, records }: ReportModel): string {
  const { confidence, accuracy } = viewWords(records.evaluation);
  const cells = (row: BinRow): string[] => [row.rows, row.confidence, row.accuracy, row.gap, row.interval];
  const blank = ['', '', '', '', ''];
  const tables = binLines(content).map((lines) => {
    const sides = (['before', 'after'] as const).filter((side) => lines.some((line) => line[side] !== null));
    const heads = sides.flatMap((side) =>
      ['rows', confidence, accuracy, 'gap', 'interval'].map((name) => `${columns[side] ?? ''}: ${name}`),
    );
    const rows = lines.map((line) => [
      line.emptyBins > 0 ? `${line.range} (empty)` : line.range,
      ...sides.flatMap((side) => {
        const row = line[side];
        return row === null ? blank : cells(row);
      }),
    ]);
    return table(['Bin', ...heads], rows);
  });
  const rule = `Bins: ${content.rule}. ${capital(confidence)}, ${accuracy} and its ${content.level} interval in percent, gap = ${accuracy} − ${confidence} in points.`;
  return [escaped(rule), ...tables].join('\n\n');
}

function classes({ classes: { rows, note }, columns }: ReportModel): string {
  const content =
    columns.after === null
      ? table(
          ['Class', 'ECE'],
          rows.map(({ name, before }) => [name, before]),
        )
      : table(
          ['Class', 'Before', 'After', 'Change, points'],
          rows.map(({ name, before, after, change }) => [name, before, after ?? '', change ?? '']),
        );
  return note === null ? content : `${content}\n\n${escaped(note)}`;
}

function method({ method: items, sources }: ReportModel): readonly string[] {
  return [
    ...sources.map(({ role, name, facts }) => `${role}: ${[name, ...facts].join('; ')}`),
    ...items.map(({ term, text }) => `${term}: ${text}`),
  ];
}
