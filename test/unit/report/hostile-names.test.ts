import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { printable } from '../../../src/core/errors.ts';
import { reliabilityDiagram } from '../../../src/plots/index.ts';
import { draw } from '../../../src/report/draw-svg.ts';
import {
  renderHtml,
  renderJson,
  renderMarkdown,
  renderPng,
  renderSvg,
  renderTerminal,
  reportModel,
} from '../../../src/report/index.ts';
import { svgElement } from '../../../src/report/svg-element.ts';
import { textWidth } from '../../../src/report/text-table.ts';
import { visibleText } from '../../../src/report/visible-text.ts';
import { hostileNames } from './hostile-names.ts';
import { plainReportNamed, reportNamed, twoBins } from './hostile-report.ts';
import { elementsNamed, elementsOf, type MarkupElement, readMarkup, textOf } from './markup-reader.ts';

/** As many classes as the picture of the classes draws. */
const drawn = 12;
const groups = Array.from({ length: Math.ceil(hostileNames.length / drawn) }, (_, g) =>
  hostileNames.slice(g * drawn, (g + 1) * drawn),
);

/** Tags outside pictures: Vega draws no text where a name is empty. */
const tagsOfPage = (root: MarkupElement): string[] => {
  const pictured = new Set(elementsNamed(root, 'svg').flatMap(elementsOf));
  return elementsOf(root)
    .filter((element) => !pictured.has(element))
    .map(({ name, attributes }) => [name, ...attributes.keys()].join(' '));
};

const unprintable = /(?!\n)\p{Cc}|\p{Cs}|[\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/u;

test('there are enough hostile names, and none twice', () => {
  expect(hostileNames.length).toBeGreaterThanOrEqual(90);
  expect(new Set(hostileNames).size).toBe(hostileNames.length);
});

describe('HTML', () => {
  const page = async (name: string, classes: readonly string[]): Promise<string> =>
    renderHtml(reportModel(reportNamed(name, classes)));

  const harmless = new Map<number, Promise<string[]>>();
  const tagsOfHarmless = (count: number): Promise<string[]> => {
    const names = Array.from({ length: count }, (_, k) => `class ${k}`);
    const tags = harmless.get(count) ?? page('plain', names).then((text) => tagsOfPage(readMarkup(text)));
    harmless.set(count, tags);
    return tags;
  };

  test.each(groups.map((names, g) => [g, names] as const))(
    'has the tags of a harmless report whatever the names are (group %i)',
    async (_, names) => {
      const text = await page(names[0]!, names);
      const root = readMarkup(text);
      expect(tagsOfPage(root)).toEqual(await tagsOfHarmless(names.length));
      expect(text).not.toMatch(unprintable);
      const classes = elementsNamed(root, 'table').find(
        ({ attributes }) => attributes.get('class') === 'classes',
      )!;
      const cells = elementsNamed(elementsNamed(classes, 'tbody')[0]!, 'th').map(textOf);
      expect(cells).toEqual(names.map(printable));
      for (const { name, attributes } of elementsOf(root)) {
        expect(name).not.toMatch(/script|iframe|object|embed|^a$|^img$|foreignObject|animate|^set$|^use$/i);
        expect([...attributes.keys()].filter((key) => /^on|href|src/i.test(key))).toEqual([]);
      }
    },
  );

  test('writes every name whole, as text, wherever it stands', async () => {
    const name = '</title></style><img src=x onerror=alert(1)>"\'&amp;';
    const root = readMarkup(await page(name, ['a', 'b']));
    expect(textOf(elementsNamed(root, 'title')[0]!)).toBe(name);
    expect(textOf(elementsNamed(root, 'h1')[0]!)).toBe(name);
    const shown = elementsNamed(root, 'bdi').map(textOf);
    expect(shown.filter((text) => text.includes(name)).length).toBeGreaterThanOrEqual(5);
  });
});

describe('SVG', () => {
  const tags = /^(svg|title|desc|g|path|rect|line|text)$/;
  const check = (text: string): MarkupElement => {
    const root = readMarkup(text);
    expect(text).not.toMatch(unprintable);
    for (const { name, attributes } of elementsOf(root)) {
      expect(name).toMatch(tags);
      expect([...attributes.keys()].filter((key) => /^on|href|src|style|class/i.test(key))).toEqual([]);
    }
    return root;
  };
  const trios = Array.from({ length: Math.ceil(hostileNames.length / 3) }, (_, g) =>
    hostileNames.slice(3 * g, 3 * g + 3),
  );

  test.each(trios.map((names) => [JSON.stringify(names).slice(0, 60), names] as const))(
    'of a plot with the names %s is a picture and nothing else',
    async (_, [title = '', before = '', after = '']) => {
      const specification = reliabilityDiagram(
        { before: twoBins, after: twoBins },
        { title, labels: { before, after } },
      );
      const caption = { id: 'x', title: before, description: after };
      const root = check(svgElement(await draw(specification), caption, 'standalone'));
      expect(textOf(elementsNamed(root, 'title')[0]!)).toBe(visibleText(before));
      expect(textOf(elementsNamed(root, 'desc')[0]!)).toBe(visibleText(after));
    },
  );

  test.each(['</title><script>alert(1)</script>', '" onload="alert(1)', 'nul\u0000byte', 'toString'])(
    'of a report titled %j says so in its title',
    async (name) => {
      const root = check(await renderSvg(reportModel(plainReportNamed(name, ['a', 'b']))));
      expect(textOf(elementsNamed(root, 'title')[0]!)).toBe(`Reliability diagram: ${printable(name)}`);
    },
  );
});

describe('PNG', () => {
  const fontFiles = [fileURLToPath(new URL('box-font.ttf', import.meta.url))];

  test.each([
    '</text></svg><script>alert(1)</script>',
    'nul\u0000byte',
    '\u202Etxt.exe',
    '',
    'x'.repeat(5000),
  ])('titled %j can be drawn', async (name) => {
    const model = reportModel(plainReportNamed(name, ['a', 'b']));
    const bytes = await renderPng(model, { fontFiles, scale: 0.25 });
    expect([...bytes.subarray(0, 4)]).toEqual([0x89, 0x50, 0x4e, 0x47]);
  });
});

describe('Markdown', () => {
  /** Columns of a table line: pipes that are not escaped, less one. */
  const columnsOf = (line: string): number => line.replaceAll(/\\./g, '').split('|').length - 2;

  test.each(hostileNames.map((name) => [JSON.stringify(name).slice(0, 60), name] as const))(
    'named %s keeps its lines, its tables and its plain text',
    (_, name) => {
      const text = renderMarkdown(reportModel(reportNamed(name, [name, 'other'])));
      const plain = renderMarkdown(reportModel(reportNamed('plain', ['plain', 'other'])));
      const lines = text.split('\n');
      const expected = plain.split('\n');
      expect(lines).toHaveLength(expected.length);
      expect(text).not.toMatch(unprintable);
      for (const [i, line] of lines.entries()) {
        const like = expected[i]!;
        expect(line.startsWith('|')).toBe(like.startsWith('|'));
        if (like.startsWith('|')) expect(columnsOf(line)).toBe(columnsOf(like));
        expect(/^(#+ |- |\|)?/.exec(line)![0]).toBe(/^(#+ |- |\|)?/.exec(like)![0]);
      }
      // cmark-gfm makes an address of what stands around such a sign, also one written as an entity, unless something parts it.
      expect(text).not.toMatch(/&#64;(?!<!-- -->)/);
      expect(text.replaceAll('<!-- -->', '')).not.toMatch(/[<>]/);
      expect(text.replaceAll(/\\./g, '')).not.toMatch(/[`*_[\]~](?<!\*\*)(?!\*)/);
      expect(text).not.toMatch(/:\/\/|www\.|@/i);
    },
  );
});

describe('a terminal', () => {
  test.each(hostileNames.map((name) => [JSON.stringify(name).slice(0, 60), name] as const))(
    'named %s keeps within 80 columns and sends no controls',
    (_, name) => {
      for (const input of [reportNamed(name, [name, 'b']), plainReportNamed(name, [name, 'b'])]) {
        const model = reportModel(input);
        const text = renderTerminal(model);
        expect(text).not.toMatch(unprintable);
        for (const line of text.split('\n')) expect(textWidth(line), line).toBeLessThanOrEqual(80);
        const ascii = renderTerminal(model, { unicode: false });
        expect(ascii).toMatch(/^[\n\x20-\x7e]*$/);
        for (const line of ascii.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80);
      }
    },
  );
});

describe('JSON', () => {
  test('keeps every name whole, also those that objects already have', () => {
    const record = JSON.parse(renderJson(reportModel(reportNamed('t', hostileNames))));
    expect(record.evaluation.classNames).toEqual(hostileNames);
  });

  test.each(hostileNames.map((name) => [JSON.stringify(name).slice(0, 60), name] as const))(
    'named %s can be read back',
    (_, name) => {
      const record = JSON.parse(renderJson(reportModel(reportNamed(name, [name, 'b']))));
      expect(record.title).toBe(name);
      const facts = { rows: 3000, hash: name, columns: name, treatment: null };
      expect(record.sources[0]).toEqual({ role: 'judge', name, ...facts });
      expect(record.notes).toEqual([name]);
      expect(Object.getPrototypeOf({})).toBe(Object.prototype);
    },
  );
});
