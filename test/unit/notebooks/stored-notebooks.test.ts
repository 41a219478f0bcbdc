import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type Notebook, normalised, outputsText } from '../../../notebooks/notebook-file.ts';

const folder = new URL('../../../notebooks/', import.meta.url);
const names = readdirSync(folder).filter((name) => name.endsWith('.ipynb'));
const read = (name: string): string => readFileSync(new URL(name, folder), 'utf8');

test('there is a notebook, and the page lists every one', () => {
  expect(names.length).toBeGreaterThan(0);
  for (const name of names) expect(read('README.md')).toContain(`](${name})`);
});

describe.each(names)('%s', (name) => {
  const notebook = JSON.parse(read(name)) as Notebook;
  const code = notebook.cells.filter(({ cell_type }) => cell_type === 'code');

  test('is stored with the outputs of one run from top to bottom', () => {
    expect(code.map(({ execution_count }) => execution_count)).toEqual(code.map((_, i) => i + 1));
    // The first cell only imports and defines.
    expect(code.map(({ outputs = [] }) => outputs.length > 0)).toEqual(code.map((_, i) => i > 0));
  });

  test('is stored without errors', () => {
    const types = code.flatMap(({ outputs = [] }) => outputs.map(({ output_type }) => output_type));
    expect(types).not.toContain('error');
    const streams = code.flatMap(({ outputs = [] }) => outputs.map((output) => output['name']));
    expect(streams).not.toContain('stderr');
  });

  test('tells nothing of the machine it ran on', () => {
    expect(read(name)).not.toMatch(/file:\/\/|\/home\/|\/root\/|\/tmp\/|[A-Z]:\\\\/);
    expect(JSON.parse(JSON.stringify(normalised(notebook)))).toEqual(notebook);
  });

  test('shows pictures and the figures of the text', () => {
    const shown = outputsText(notebook);
    expect(shown.match(/image\/svg\+xml/g)?.length).toBeGreaterThanOrEqual(3);
    for (const figure of ['0.65900114', '0.50168776', '0.86377712']) expect(shown).toContain(figure);
  });
});

test('a picture that changes is seen when two runs are compared', () => {
  const cell = (svg: string): Notebook => ({
    cells: [
      {
        cell_type: 'code',
        source: 'draw()',
        metadata: {},
        outputs: [{ output_type: 'display_data', data: { 'image/svg+xml': svg } }],
      },
    ],
    metadata: {},
    nbformat: 4,
    nbformat_minor: 4,
  });
  expect(outputsText(cell('<svg/>'))).toBe(outputsText(cell('<svg/>')));
  expect(outputsText(cell('<svg/>'))).not.toBe(outputsText(cell('<svg width="1"/>')));
});
