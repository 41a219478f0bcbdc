import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { palettes } from '../../../src/plots/palette.ts';
import { renderPng, renderReport, renderSvg, reportModel } from '../../../src/report/index.ts';
import { elementsNamed, type MarkupElement, readMarkup, textOf } from './markup-reader.ts';
import { plainInput, sampleInput } from './sample-report.ts';

const model = reportModel(sampleInput);
const svg = await renderSvg(model);
const root = readMarkup(svg).children[0] as MarkupElement;

describe('the SVG report', () => {
  test('is a file of its own with a size, a title and a description', () => {
    expect(svg.startsWith('<svg xmlns="http://www.w3.org/2000/svg" ')).toBe(true);
    expect(svg.endsWith('</svg>\n')).toBe(true);
    const { attributes } = root;
    expect(attributes.get('role')).toBe('img');
    expect(attributes.get('viewBox')).toBe(`0 0 ${attributes.get('width')} ${attributes.get('height')}`);
    const [title, desc] = root.children as MarkupElement[];
    expect(attributes.get('aria-labelledby')).toBe(
      `${title!.attributes.get('id')} ${desc!.attributes.get('id')}`,
    );
    expect(textOf(title!)).toBe('Reliability diagram: Animals, test split');
    expect(textOf(desc!)).toBe(sampleInput.evaluation.verdict.headline);
  });

  test('names both panels with their ECE, and itself by the title of the report', async () => {
    const words = elementsNamed(root, 'text').map(textOf);
    const ece = model.figures.find(({ key }) => key === 'ece')!;
    expect(words).toContain(`Before: ECE ${ece.before}`);
    expect(words).toContain(`After, T = 1.831: ECE ${ece.after}`);
    expect(words).toContain('Animals, test split');
    const plain = readMarkup(await renderSvg(reportModel(plainInput)));
    expect(elementsNamed(plain, 'text').map(textOf)).toContain(`As they came: ECE ${ece.before}`);
  });

  test('loads nothing', () => {
    expect(svg.replace('xmlns="http://www.w3.org/2000/svg"', '')).not.toMatch(
      /https?:|href|url\(|<style|<script/,
    );
  });

  test('is the same text for the same report', async () => {
    expect(await renderSvg(reportModel(structuredClone(sampleInput)))).toBe(svg);
    expect(await renderReport(model, 'svg')).toBe(svg);
  });

  test('is light unless dark is asked for', async () => {
    const dark = await renderSvg(model, { theme: 'dark' });
    expect(svg).toContain(palettes.light.background);
    expect(dark).toContain(palettes.dark.background);
    for (const colour of Object.values(palettes.light)) expect(dark).not.toContain(`"${colour}"`);
    await expect(renderSvg(model, { theme: 'grey' as never })).rejects.toThrow('E_OPTION: option "theme"');
  });
});

/** A font of boxes: words have an extent on any machine, with fonts or without. */
const fontFiles = [fileURLToPath(new URL('box-font.ttf', import.meta.url))];

/** Width, height and colours of a PNG from its first chunk. */
function header(bytes: Uint8Array): { readonly width: number; readonly height: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  expect([...bytes.subarray(0, 8)]).toEqual([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  expect(String.fromCharCode(...bytes.subarray(12, 16))).toBe('IHDR');
  expect(String.fromCharCode(...bytes.subarray(-8, -4))).toBe('IEND');
  return { width: view.getUint32(16), height: view.getUint32(20) };
}

describe('the PNG report', () => {
  test('is a PNG of the size of the SVG, twice as many pixels each way unless asked otherwise', async () => {
    const [width, height] = [Number(root.attributes.get('width')), Number(root.attributes.get('height'))];
    expect(header(await renderPng(model, { fontFiles }))).toEqual({ width: 2 * width, height: 2 * height });
    const small = header(await renderPng(model, { fontFiles, scale: 0.5 }));
    expect(Math.abs(small.width - width / 2)).toBeLessThan(1);
    expect(Math.abs(small.height - height / 2)).toBeLessThan(1);
  });

  test('is the same bytes for the same report and font', async () => {
    const options = { fontFiles, scale: 0.5 };
    const again = await renderReport(reportModel(structuredClone(sampleInput)), 'png', options);
    expect(again).toEqual(await renderPng(model, options));
  });

  test('says so where its font cannot be read, rather than leave out every word', async () => {
    const missing = fileURLToPath(new URL('no-such-font.ttf', import.meta.url));
    await expect(renderPng(model, { fontFiles: [missing] })).rejects.toThrow(
      'E_RENDERER: no font could be read from the font file, so a PNG would have no words. Pass the path',
    );
    await expect(renderPng(model, { fontFiles: [] })).rejects.toThrow('from 0 font files');
  });

  test('refuses a scale it cannot draw', async () => {
    await expect(renderPng(model, { scale: 9 })).rejects.toThrow(
      'E_OPTION: option "scale" must be a number in 0.25..8, got 9.',
    );
  });
});
