import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv } from 'ajv';
import type { LoggerInterface } from 'vega';
import { describe, expect, test } from 'vitest';
import {
  classwisePlot,
  confidenceHistogram,
  nllCurvePlot,
  reliabilityDiagram,
} from '../../../src/plots/index.ts';
import { overconfident, softened } from './sample-bins.ts';
import { classes, curve, everyPlot, frozen, optimum, sharpCounts, softCounts } from './sample-plots.ts';

const plots = Object.entries(everyPlot);

/** A logger that keeps what it is told instead of printing it. */
function listener(): { readonly heard: string[]; readonly logger: LoggerInterface } {
  const heard: string[] = [];
  const hear = (...words: readonly unknown[]): LoggerInterface => {
    heard.push(words.map(String).join(' '));
    return logger;
  };
  const logger = { level: () => logger, error: hear, warn: hear, info: () => logger, debug: () => logger };
  return { heard, logger: logger as unknown as LoggerInterface };
}

function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : [];
}

function numbersOf(value: unknown): number[] {
  if (typeof value === 'number') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(numbersOf) : [];
}

describe('every plot', async () => {
  const [vega, vegaLite] = await Promise.all([import('vega'), import('vega-lite')]);
  const schemaPath = createRequire(import.meta.url).resolve('vega-lite/vega-lite-schema.json');
  const conforms = new Ajv({ strict: false, validateFormats: false }).compile(
    JSON.parse(readFileSync(schemaPath, 'utf8')),
  );

  test.each(plots)('conforms to the schema of Vega-Lite: %s', (_, plot) => {
    expect(conforms(plot()), JSON.stringify(conforms.errors?.slice(0, 3))).toBe(true);
  });

  test.each(plots)('compiles and draws without a warning: %s', async (_, plot) => {
    const { heard, logger } = listener();
    const { spec } = vegaLite.compile(plot() as never, { logger: logger as never });
    const view = new vega.View(vega.parse(spec), { renderer: 'none', logger });
    const svg = await view.toSVG();
    view.finalize();
    expect(heard).toEqual([]);
    expect(svg).toMatch(/^<svg /);
    expect(svg).not.toMatch(/NaN|undefined|Infinity/);
  });

  test.each(plots)('is plain JSON, the same at every call, with finite numbers: %s', (_, plot) => {
    const specification = plot();
    expect(JSON.parse(JSON.stringify(specification))).toEqual(specification);
    expect(JSON.stringify(plot())).toBe(JSON.stringify(specification));
    expect(numbersOf(specification).every(Number.isFinite)).toBe(true);
    expect(specification.$schema).toBe('https://vega.github.io/schema/vega-lite/v6.json');
    expect(specification.description.length).toBeGreaterThan(30);
  });

  test.each(plots)('loads nothing and holds no address but that of its schema: %s', (_, plot) => {
    const { $schema, ...rest } = plot();
    expect(textsOf(rest).filter((text) => /:\/\/|^data:|^\/\//.test(text))).toEqual([]);
    expect(JSON.stringify(rest)).not.toMatch(/"(url|href|src|loader|signal)":/);
  });
});

describe('text of the caller', async () => {
  const { draw } = await import('../../../src/report/draw-svg.ts');
  /** Constants that Vega's expression parser takes for identifiers. */
  const words =
    process.env['CALIBRANT_FULL'] === '1'
      ? ['if', ...Object.getOwnPropertyNames(Object.prototype)]
      : ['if', 'constructor', 'toString', '__proto__'];

  test.each(words)('may be %s', async (word) => {
    const labels = { before: word, after: word };
    const drawn = await Promise.all([
      draw(reliabilityDiagram({ before: overconfident, after: softened }, { title: word, labels })),
      draw(confidenceHistogram(sharpCounts, { title: word, labels })),
      draw(nllCurvePlot(curve, { optimum, label: word })),
      draw(classwisePlot([{ name: word, before: 0.1, after: null }])),
    ]);
    const shown = drawn.map(({ content }) => content.split(new RegExp(`>${word} ?<`)).length - 1);
    expect(shown).toEqual([3, 2, 1, 1]);
  });

  test('is cut where it would make the picture wider', async () => {
    const [long, short] = await Promise.all(
      ['long '.repeat(60), 'short'].map((title) => draw(reliabilityDiagram(overconfident, { title }))),
    );
    expect(long!.width).toBeLessThanOrEqual(short!.width + 20);
    expect(long!.content).toContain('…');
  });
});

describe('the functions that make plots', () => {
  test('leave what they are given as it was', () => {
    const options = frozen({ title: 'Frozen', width: 200, theme: 'dark' } as const);
    const tables = frozen({ before: structuredClone(overconfident), after: structuredClone(softened) });
    const counts = frozen({ before: structuredClone(sharpCounts), after: structuredClone(softCounts) });
    expect(reliabilityDiagram(tables, options)['title']).toMatchObject({ text: 'Frozen' });
    expect(confidenceHistogram(counts, options)['title']).toMatchObject({ text: 'Frozen' });
    expect(nllCurvePlot(frozen(structuredClone(curve)), options)['title']).toMatchObject({ text: 'Frozen' });
    expect(classwisePlot(frozen(structuredClone(classes)), options)['title']).toMatchObject({
      text: 'Frozen',
    });
  });

  const makers = {
    reliabilityDiagram: (options: object) => reliabilityDiagram(overconfident, options),
    confidenceHistogram: (options: object) => confidenceHistogram(sharpCounts, options),
    nllCurvePlot: (options: object) => nllCurvePlot(curve, options),
    classwisePlot: (options: object) => classwisePlot(classes, options),
  };

  test.each(Object.entries(makers))('%s refuses options it does not know or cannot use', (_, make) => {
    expect(() => make({ widht: 300 })).toThrow('E_OPTION: unknown option "widht"; did you mean "width"?');
    expect(() => make({ theme: 'sepia' })).toThrow(
      'E_OPTION: option "theme" must be one of light, dark, got "sepia".',
    );
    expect(() => make({ width: 119 })).toThrow(
      'E_OPTION: option "width" must be a number in 120..2000, got 119.',
    );
    expect(() => make({ width: Number.NaN })).toThrow('got NaN');
  });

  test.each(Object.entries(makers))('%s takes a title as text and never as code', (_, make) => {
    expect(() => make({ title: { signal: 'datum' } })).toThrow(
      'E_OPTION: option "title" must be text, got object.',
    );
    expect(JSON.stringify(make({ title: 'a\u202Eb' }))).toContain('a\\\\u202Eb');
  });

  test('labels are text and never code', () => {
    const labels = { before: { signal: 'datum' } as never };
    expect(() => reliabilityDiagram(overconfident, { labels })).toThrow(
      'option "labels.before" must be text',
    );
    expect(() => confidenceHistogram(sharpCounts, { labels })).toThrow('option "labels.before" must be text');
    expect(() => nllCurvePlot(curve, { label: 3 as never })).toThrow('option "label" must be text');
  });
});
