import { checkOneOf, checkOptionNames, checkWithin } from '../core/checks.ts';
import { checkText, drawnTitle } from './drawn-text.ts';
import { type Palette, palettes } from './palette.ts';
import type { PlotOptions, PlotPart, PlotSpecification, PlotTheme } from './plot-specification.ts';

/** The fonts of every drawn text: what the reader's system uses. */
export const plotFont = 'system-ui, -apple-system, Segoe UI, Roboto, Helvetica, Arial, sans-serif';

/** The options all plots share, checked, with their defaults. */
export interface Frame {
  readonly palette: Palette;
  readonly width: number;
  readonly title: string | undefined;
}

export function readFrame(
  options: PlotOptions,
  names: readonly string[],
  defaults: { readonly width: number },
): Frame {
  checkOptionNames(options, ['theme', 'width', 'title', ...names]);
  const { theme = 'light', width = defaults.width, title } = options;
  checkOneOf<PlotTheme>('theme', theme, ['light', 'dark']);
  checkWithin('width', width, 120, 2000);
  checkText('title', title);
  return { palette: palettes[theme], width, title };
}

/** A legend of squares below the picture, in so many columns that it is not wider than the picture. */
export function bottomLegend(columns: number): PlotPart {
  return { orient: 'bottom', symbolType: 'square', symbolOpacity: 1, columns };
}

/** Completes a specification of so many panels: schema, description, title, and the looks that all plots share. */
export function framed(description: string, frame: Frame, body: PlotPart, panels = 1): PlotSpecification {
  const { palette, title, width } = frame;
  const { background, ink, muted, grid, frame: line } = palette;
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    description,
    ...(title === undefined ? {} : { title: drawnTitle(title, panels * width) }),
    background,
    padding: 6,
    ...body,
    config: {
      aria: false,
      font: plotFont,
      view: { stroke: line },
      title: {
        color: ink,
        fontWeight: 600,
        subtitleColor: muted,
        subtitleFontSize: 12,
        offset: 8,
      },
      axis: {
        labelColor: muted,
        labelFontSize: 11,
        labelFlush: false,
        titleColor: ink,
        titleFontSize: 12,
        titleFontWeight: 400,
        titlePadding: 6,
        gridColor: grid,
        domainColor: line,
        tickColor: line,
        tickSize: 4,
      },
      legend: { labelColor: ink, labelFontSize: 11, symbolStrokeWidth: 0, title: null },
    },
  };
}
