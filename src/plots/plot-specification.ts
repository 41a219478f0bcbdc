/** What may stand in a specification: JSON and nothing else. */
export type PlotValue =
  | string
  | number
  | boolean
  | null
  | readonly PlotValue[]
  | { readonly [name: string]: PlotValue };

/** Part of a specification. */
export type PlotPart = { readonly [name: string]: PlotValue };

/**
 * A Vega-Lite 6 specification as plain data, its numbers embedded. It can be stored as JSON, shown in a notebook
 * (`application/vnd.vegalite.v6+json`), handed to vega-embed in a page, or drawn by `calibrant/report`.
 */
export interface PlotSpecification {
  readonly $schema: string;
  /** What the picture shows, for those who do not see it. */
  readonly description: string;
  readonly [name: string]: PlotValue;
}

/** Colours of a plot. `dark` is for dark backgrounds. */
export type PlotTheme = 'light' | 'dark';

/** Options every plot understands. */
export interface PlotOptions {
  /** Default `light`. */
  readonly theme?: PlotTheme;
  /** Width of one panel in pixels, 120..2000. */
  readonly width?: number;
  /** Text above the picture; default none. */
  readonly title?: string;
}

/** The same thing before and after calibration, drawn side by side. */
export interface BeforeAfter<Thing> {
  readonly before: Thing;
  readonly after: Thing;
}
