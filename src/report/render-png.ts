import { checkOptionNames, checkWithin } from '../core/checks.ts';
import { CalibrationError } from '../core/errors.ts';
import { type RenderSvgOptions, renderSvg } from './render-svg.ts';
import type { ReportModel } from './report-types.ts';

/** Options of {@link renderPng}. */
export interface RenderPngOptions extends RenderSvgOptions {
  /** Pixels of the picture per pixel of the SVG, 0.25..8. Default 2. */
  readonly scale?: number;
  /** Paths of font files to write with, in place of the fonts of the system. */
  readonly fontFiles?: readonly string[];
}

/**
 * Draws the reliability diagram before and after as a PNG picture.
 *
 * @param model From `reportModel`.
 * @param options See {@link RenderPngOptions}.
 * @returns The bytes of the file. They are equal for equal models on machines with equal fonts.
 * @throws CalibrationError `E_RENDERER` when a renderer is not installed, or when no font can be found, which would
 * leave every word out of the picture; `E_OPTION`.
 *
 * @example
 * ```ts
 * import { evaluate, parseCsv } from 'calibrant';
 * import { renderPng, renderSvg, reportModel } from 'calibrant/report';
 *
 * const evaluation = evaluate(parseCsv('cat,dog,label\n4,0,cat\n0,3,dog\n2,0,dog\n'));
 * const conventions = { toolVersion: '0.1.0' };
 * const model = reportModel({ title: 'Pets', evaluation, sources: [], conventions });
 * const picture = await renderPng(model, { scale: 1 }).catch(() => renderSvg(model));
 * assert.ok(picture.length > 1000);
 * ```
 */
export async function renderPng(model: ReportModel, options: RenderPngOptions = {}): Promise<Uint8Array> {
  checkOptionNames(options, ['theme', 'scale', 'fontFiles']);
  const { scale = 2, fontFiles, ...rest } = options;
  checkWithin('scale', scale, 0.25, 8);
  const { Resvg } = await loadResvg();
  const font =
    fontFiles === undefined
      ? { loadSystemFonts: true }
      : { loadSystemFonts: false, fontFiles: [...fontFiles] };
  if (!canWrite(new Resvg(probe, { font }))) throw noFont(fontFiles);
  const svg = await renderSvg(model, rest);
  return new Resvg(svg, { font, fitTo: { mode: 'zoom', value: scale } }).render().asPng();
}

/** A letter alone: where no font is found, the renderer drops it without a word and the picture has no extent. */
const probe =
  '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><text y="9" font-family="sans-serif">M</text></svg>';

interface Extent {
  readonly getBBox: () => unknown;
}

function canWrite(drawn: Extent): boolean {
  return drawn.getBBox() !== undefined;
}

function noFont(fontFiles: readonly string[] | undefined): CalibrationError {
  return new CalibrationError('E_RENDERER', {
    what:
      fontFiles === undefined
        ? 'no font was found on this system, so a PNG would have no words'
        : `no font could be read from ${fontFiles.length === 1 ? 'the font file' : `${fontFiles.length} font files`}, so a PNG would have no words`,
    hint: 'Pass the path of a TrueType or OpenType font, install fonts, or write SVG instead.',
  });
}

async function loadResvg() {
  try {
    return await import('@resvg/resvg-js');
  } catch (cause) {
    throw new CalibrationError('E_RENDERER', {
      what: 'PNG pictures are made by the package @resvg/resvg-js, and it cannot be loaded',
      hint: 'Install it with: npm install @resvg/resvg-js. SVG needs only vega, vega-lite and vega-interpreter.',
      cause,
    });
  }
}
