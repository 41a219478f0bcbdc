import { describe, expect, test } from 'vitest';
import { renderMarkdown, reportModel } from '../../../src/report/index.ts';
import { doubtfulInput, plainInput, sampleInput } from './sample-report.ts';

/** The cells of every table of a Markdown text, by table and row. */
function tablesOf(text: string): string[][][] {
  return text
    .split('\n\n')
    .filter((block) => block.startsWith('|'))
    .map((block) =>
      block
        .trimEnd()
        .split('\n')
        .map((line) =>
          line
            .slice(1, -1)
            .split('|')
            .map((cell) => cell.trim()),
        ),
    );
}

const markdown = renderMarkdown(reportModel(sampleInput));

describe('the Markdown report', () => {
  test('has a heading for each part and the verdict right below its title', () => {
    expect(markdown.split('\n').filter((line) => line.startsWith('#'))).toEqual([
      '# Animals, test split',
      '## Key figures',
      '## Reliability table',
      '## Class-wise ECE',
      '## What was done',
    ]);
    expect(markdown.split('\n\n')[2]).toBe(
      `**${sampleInput.evaluation.verdict.headline.replace('<', '&lt;')}**`,
    );
    expect(renderMarkdown(reportModel(doubtfulInput))).toContain('## Warnings\n\n- W\\_BINS\\_MERGED: 15');
  });

  test.each(Object.entries({ compared: sampleInput, plain: plainInput, doubtful: doubtfulInput }))(
    'has tables whose rows are all as wide as their heads (%s)',
    (_, input) => {
      const tables = tablesOf(renderMarkdown(reportModel(input)));
      expect(tables).toHaveLength(3);
      for (const [heads, rule, ...rows] of tables) {
        expect(rule!.every((cell) => /^-{3}:?$/.test(cell))).toBe(true);
        expect(rows.length).toBeGreaterThan(2);
        for (const row of [rule!, ...rows]) expect(row).toHaveLength(heads!.length);
      }
    },
  );

  test('prints the figures of the model', () => {
    const model = reportModel(sampleInput);
    const [figures, bins, classes] = tablesOf(markdown);
    expect(figures!.slice(2).map((row) => row.slice(1))).toEqual(
      model.figures.map(({ before, after, change, interval, mark }) => [
        before,
        after,
        change ?? '',
        interval ?? '',
        mark ?? '',
      ]),
    );
    const filled = bins!.slice(2).filter(([name]) => !name!.endsWith('(empty)'));
    expect(filled.map((row) => row[1])).toEqual(
      model.bins.before
        .filter(({ count }, b) => count + model.bins.after![b]!.count > 0)
        .map(({ rows }) => rows),
    );
    expect(classes!.slice(2)).toEqual(
      model.classes.rows.map(({ name, before, after, change }) => [name, before, after, change]),
    );
  });

  test('writes the bars of the formula so that they end no cell', () => {
    expect(markdown).toContain('\\|accuracy − mean confidence\\|');
  });
});
