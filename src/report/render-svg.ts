import { checkOneOf, checkOptionNames } from '../core/checks.ts';
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
 * @returns The text of the file; equal models give equal text.
 * @throws CalibrationError `E_RENDERER` when vega or vega-lite is not installed, `E_OPTION`.
 */
export async function renderSvg(model: ReportModel, options: RenderSvgOptions = {}): Promise<string> {
  checkOptionNames(options, ['theme']);
  const { theme = 'light' } = options;
  checkOneOf<PlotTheme>('theme', theme, ['light', 'dark']);
  const plot = reliabilityPlotOf(model, theme);
  return `${svgElement(await draw(plot.specification), plot, 'standalone')}\n`;
}
