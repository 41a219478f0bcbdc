import { checkOneOf, checkOptionNames } from '../core/checks.ts';
import { readRecordLater } from '../core/read-record.ts';
import type { PlotTheme } from '../plots/index.ts';
import { draw } from './draw-svg.ts';
import { reliabilityPlotOf } from './report-plots.ts';
import type { ReportModel } from './report-types.ts';
import { svgElement } from './svg-element.ts';

/** Options of {@link renderSvg}. */
export interface RenderSvgOptions {
  /** Default `light`. */
  readonly theme?: PlotTheme;
}

/**
 * Draws the reliability diagram before and after as one SVG file.
 *
 * @param model From `reportModel`.
 * @param options See {@link RenderSvgOptions}.
 * @returns The text of the file; equal models give equal text.
 * @throws CalibrationError `E_RENDERER` when vega, vega-lite or vega-interpreter is not installed, `E_OPTION`.
 *
 * @example
 * ```ts
 * import { evaluate, parseCsv } from 'calibrant';
 * import { renderSvg, reportModel } from 'calibrant/report';
 *
 * const evaluation = evaluate(parseCsv('cat,dog,label\n4,0,cat\n0,3,dog\n2,0,dog\n'));
 * const conventions = { toolVersion: '0.1.0' };
 * const model = reportModel({ title: 'Pets', evaluation, sources: [], conventions });
 * const picture = await renderSvg(model, { theme: 'dark' });
 * assert.ok(picture.startsWith('<svg xmlns='));
 * assert.ok(picture.includes('Reliability diagram: Pets'));
 * ```
 */
export async function renderSvg(model: ReportModel, options: RenderSvgOptions = {}): Promise<string> {
  return readRecordLater(model, 'report', () => svgOf(model, options));
}

async function svgOf(model: ReportModel, options: RenderSvgOptions): Promise<string> {
  checkOptionNames(options, ['theme']);
  const { theme = 'light' } = options;
  checkOneOf<PlotTheme>('theme', theme, ['light', 'dark']);
  const plot = reliabilityPlotOf(model, theme);
  return `${svgElement(await draw(plot.specification), plot, 'standalone')}\n`;
}
