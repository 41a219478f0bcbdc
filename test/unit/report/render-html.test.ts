import { beforeAll, describe, expect, test } from 'vitest';
import { palettes } from '../../../src/plots/palette.ts';
import { renderHtml, reportModel } from '../../../src/report/index.ts';
import { elementsNamed, elementsOf, type MarkupElement, readMarkup, textOf } from './markup-reader.ts';
import { doubtfulInput, plainInput, sampleInput } from './sample-report.ts';

const inputs = { compared: sampleInput, plain: plainInput, doubtful: doubtfulInput };
type Kind = keyof typeof inputs;

const pages = {} as Record<Kind, string>;
const roots = {} as Record<Kind, MarkupElement>;
beforeAll(async () => {
  for (const kind of Object.keys(inputs) as Kind[]) {
    pages[kind] = await renderHtml(reportModel(inputs[kind]));
    roots[kind] = readMarkup(pages[kind]);
  }
});

const kinds = Object.keys(inputs) as Kind[];
const idsOf = (root: MarkupElement): string[] =>
  elementsOf(root).flatMap((element) => element.attributes.get('id') ?? []);

describe.each(kinds)('the HTML report (%s)', (kind) => {
  test('is one document with a head, a language, a title and one main part', () => {
    expect(pages[kind].startsWith('<!DOCTYPE html>\n<html lang="en">')).toBe(true);
    for (const name of ['html', 'head', 'title', 'style', 'body', 'main', 'h1']) {
      const found = elementsNamed(roots[kind], name).filter(({ parent }) => parent?.name !== 'svg');
      expect(found, name).toHaveLength(1);
    }
    expect(textOf(elementsNamed(roots[kind], 'h1')[0]!)).toBe(inputs[kind].title);
  });

  test('holds no script, no handler, no form and no link, and loads nothing', () => {
    const allowed =
      /^(html|head|meta|title|style|body|main|header|section|h1|h2|p|ul|li|div|span|bdi|br|table|colgroup|col|thead|tbody|tr|th|td|figure|figcaption|dl|dt|dd|svg|desc|rect|g|path|line|text)$/;
    for (const { name, attributes } of elementsOf(roots[kind])) {
      expect(name).toMatch(allowed);
      for (const [attribute, value] of attributes) {
        expect(attribute).not.toMatch(
          /^(on|href|src|xlink|action|formaction|data$|srcset|ping|background$)/i,
        );
        if (attribute !== 'content') expect(value).not.toMatch(/javascript:|https?:|\/\/|url\(/i);
      }
    }
    const style = textOf(elementsNamed(roots[kind], 'style')[0]!);
    expect(style).not.toMatch(/@import|url\(|expression\(|https?:/i);
    const policy = elementsNamed(roots[kind], 'meta').find((meta) => meta.attributes.has('http-equiv'))!;
    expect(policy.attributes.get('content')).toMatch(/^default-src 'none';/);
  });

  test('names every part once and refers only to parts that exist', () => {
    const ids = idsOf(roots[kind]);
    expect(new Set(ids).size).toBe(ids.length);
    const references = elementsOf(roots[kind]).flatMap(({ attributes }) =>
      (attributes.get('aria-labelledby') ?? '').split(' ').filter((id) => id !== ''),
    );
    expect(references.length).toBeGreaterThan(8);
    expect(references.filter((id) => !ids.includes(id))).toEqual([]);
  });

  test('tells what every picture shows to those who do not see it', () => {
    const pictures = elementsNamed(roots[kind], 'svg');
    expect(pictures.length).toBeGreaterThanOrEqual(3);
    for (const picture of pictures) {
      expect(picture.attributes.get('role')).toBe('img');
      const [title, desc] = picture.children as MarkupElement[];
      expect([title!.name, desc!.name]).toEqual(['title', 'desc']);
      expect(textOf(title!).length).toBeGreaterThan(10);
      expect(textOf(desc!).length).toBeGreaterThan(20);
      expect(picture.attributes.get('viewBox')).toMatch(/^0 0 [\d.]+ [\d.]+$/);
    }
  });

  test('gives every table heads with a scope, and rows of equal width', () => {
    const tables = elementsNamed(roots[kind], 'table');
    expect(tables.length).toBeGreaterThanOrEqual(3);
    for (const table of tables) {
      for (const head of elementsNamed(table, 'th')) {
        expect(head.attributes.get('scope')).toMatch(/^(col|row|colgroup)$/);
      }
      const rows = elementsNamed(elementsNamed(table, 'tbody')[0]!, 'tr').map((row) =>
        (row.children as MarkupElement[]).reduce(
          (width, cell) => width + Number(cell.attributes.get('colspan') ?? 1),
          0,
        ),
      );
      expect(new Set(rows).size).toBe(1);
      expect(table.parent!.attributes.get('tabindex')).toBe('0');
    }
  });

  test('prints every figure, bin and class of the model', () => {
    const model = reportModel(inputs[kind]);
    const spaced = (text: string): string => text.replaceAll('\u00A0', ' ');
    const cells = new Set(
      elementsOf(roots[kind])
        .filter(({ name }) => name === 'td')
        .map((cell) => spaced(textOf(cell))),
    );
    const written = [
      ...model.figures.flatMap(({ before, after, change, interval }) => [before, after, change, interval]),
      ...[...model.bins.before, ...(model.bins.after ?? [])]
        .filter(({ count }) => count > 0)
        .flatMap(({ rows, confidence, accuracy, gap, interval }) => [
          rows,
          confidence,
          accuracy,
          gap,
          interval,
        ]),
      ...model.classes.rows.flatMap(({ before, after, change }) => [before, after, change]),
    ].filter((text) => text !== null);
    expect(written.length).toBeGreaterThan(60);
    expect(written.filter((text) => !cells.has(text))).toEqual([]);
  });
});

describe('the HTML report', () => {
  test('shows what there is and leaves out what there is not', () => {
    expect(idsOf(roots.compared)).toContain('nll-curve');
    expect(idsOf(roots.compared)).not.toContain('warnings');
    expect(idsOf(roots.plain)).not.toContain('nll-curve');
    expect(elementsNamed(roots.plain, 'svg')).toHaveLength(3);
    expect(elementsNamed(roots.compared, 'svg')).toHaveLength(6);
    const warnings = elementsOf(roots.doubtful).find(
      ({ attributes }) => attributes.get('aria-labelledby') === 'warnings',
    )!;
    expect(elementsNamed(warnings, 'li').map(textOf)).toEqual(
      doubtfulInput.evaluation.notices.map(({ message }) => message),
    );
  });

  test('puts the verdict first', () => {
    const sections = elementsNamed(roots.compared, 'section');
    expect(sections[0]!.attributes.get('class')).toBe('verdict improved');
    expect(textOf(sections[0]!).replaceAll('\u00A0', ' ')).toContain(sampleInput.evaluation.verdict.headline);
  });

  test('has a style for print, for dark screens and for narrow ones', () => {
    const style = textOf(elementsNamed(roots.compared, 'style')[0]!);
    expect(style).toContain('@media print{');
    expect(style).toContain('@media screen and (prefers-color-scheme:dark){');
    expect(style.match(/@media (?:screen and )?\(max-width:/g)).toHaveLength(2);
    expect(style.split('{')).toHaveLength(style.split('}').length);
    expect(pages.compared).toContain('<meta name="viewport" content="width=device-width, initial-scale=1"/>');
    expect(pages.compared).toContain('<meta name="color-scheme" content="light dark"/>');
  });

  test('has a dark counterpart for every colour of its pictures', () => {
    const style = textOf(elementsNamed(roots.compared, 'style')[0]!);
    const used = new Set<string>();
    for (const picture of elementsNamed(roots.compared, 'svg')) {
      for (const { attributes } of elementsOf(picture)) {
        for (const paint of ['fill', 'stroke'] as const) {
          const colour = attributes.get(paint);
          if (colour !== undefined && !/^(none|transparent)$/.test(colour)) used.add(`${paint}="${colour}"`);
        }
      }
    }
    expect(used.size).toBeGreaterThan(8);
    expect([...used].filter((colour) => !style.includes(`svg [${colour}]`))).toEqual([]);
    expect(style).toContain(`svg [fill="${palettes.light.point}"]{fill:${palettes.dark.point}}`);
  });

  test('is the same text for the same report', async () => {
    expect(await renderHtml(reportModel(structuredClone(sampleInput)))).toBe(pages.compared);
  });

  test('stays small', () => {
    expect(pages.compared.length).toBeLessThan(120_000);
  });
});
