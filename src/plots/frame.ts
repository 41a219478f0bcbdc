import { checkOneOf, checkOptionNames, checkWithin } from '../core/checks.ts';
import { CalibrationError, printable } from '../core/errors.ts';
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
  return { palette: palettes[theme], width, title: title === undefined ? undefined : printable(title) };
}

/** Refuses what is neither absent nor text: an object would be read by Vega as a signal, that is, as code. */
export function checkText(name: string, value: unknown): asserts value is string | undefined {
  if (value === undefined || typeof value === 'string') return;
  throw new CalibrationError('E_OPTION', {
    what: `option "${name}" must be text, got ${typeof value}`,
    value,
  });
}

/** A legend of squares below the picture, in so many columns that it is not wider than the picture. */
export function bottomLegend(columns: number): PlotPart {
  return { orient: 'bottom', symbolType: 'square', symbolOpacity: 1, columns };
}

/** Completes a specification: schema, description, title, and the looks that all plots share. */
export function framed(description: string, { palette, title }: Frame, body: PlotPart): PlotSpecification {
  const { background, ink, muted, grid, frame } = palette;
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    description,
    ...(title === undefined ? {} : { title: { text: title } }),
    background,
    padding: 6,
    ...body,
    config: {
      aria: false,
      font: plotFont,
      view: { stroke: frame },
      title: {
        color: ink,
        fontSize: 14,
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
        domainColor: frame,
        tickColor: frame,
        tickSize: 4,
      },
      legend: { labelColor: ink, labelFontSize: 11, symbolStrokeWidth: 0, title: null },
    },
  };
}
