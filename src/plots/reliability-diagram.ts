import { checkPositive } from '../core/checks.ts';
import { readRecord } from '../core/read-record.ts';
import type { ReliabilityBins } from '../metrics/reliability-bins.ts';
import { compactCount } from './compact-count.ts';
import { type DiagramWords, diagramWords } from './diagram-words.ts';
import { checkText, panelTitle } from './drawn-text.ts';
import { bottomLegend, type Frame, framed, readFrame } from './frame.ts';
import type { BeforeAfter, PlotOptions, PlotPart, PlotSpecification } from './plot-specification.ts';
import { reliabilityLayers } from './reliability-layers.ts';

/** Options of {@link reliabilityDiagram}. */
export interface ReliabilityDiagramOptions extends PlotOptions {
  /** Text above each panel; default `Before` and `After` for two, none for one. */
  readonly labels?: { readonly before?: string; readonly after?: string };
  /** Whether the colours are explained below. Default `bottom`. */
  readonly legend?: 'bottom' | 'none';
  /** Upper end of the strip of row shares, to make separate diagrams comparable. Default: the largest share drawn. */
  readonly largestShare?: number;
  /** What the axes call the positive class, for tables of its probability. Default `class 1`. */
  readonly positive?: string;
}

/** Pixels that three names of the legend in a row may take. */
const legendWidth = 400;

/** Pixels a bin needs so that the counts above the strip do not touch. */
const labelWidth = 17;

/**
 * The reliability diagram: accuracy against mean confidence per bin, with the perfect diagonal. Of a table made with
 * `binary: 'positive'`, the frequency of class 1 against its mean probability.
 *
 * Bars reach from 0 to the bin's accuracy over the bin's range. The coloured part is the gap to the bin's mean
 * confidence (never to its middle): above the bar where the classifier is overconfident, inside it where it is
 * underconfident. Each point stands at (mean confidence, accuracy) with the interval of the table. The strip above
 * shows the share of rows in each bin. Exactly the bins of the table are embedded as data.
 *
 * @param bins One table, or two as `{ before, after }` for two panels.
 * @param options See {@link ReliabilityDiagramOptions}; `width` is that of a panel, default 300.
 * @returns A Vega-Lite specification.
 * @throws CalibrationError `E_OPTION`.
 *
 * @example
 * ```ts
 * import { reliabilityBins } from 'calibrant';
 * import { reliabilityDiagram } from 'calibrant/plots';
 *
 * const bins = reliabilityBins([[0.9, 0.1], [0.8, 0.2], [0.4, 0.6]], [0, 1, 1], { bins: 5 });
 * const plot = reliabilityDiagram(bins, { title: 'Three rows' });
 * assert.equal(plot.$schema, 'https://vega.github.io/schema/vega-lite/v6.json');
 * assert.equal((plot['datasets'] as { bins: unknown[] }).bins.length, 5);
 * ```
 *
 * Source: Guo, Pleiss, Sun and Weinberger 2017, "On calibration of modern neural networks"; DeGroot and Fienberg
 * 1983, "The comparison and evaluation of forecasters".
 */
export function reliabilityDiagram(
  bins: ReliabilityBins | BeforeAfter<ReliabilityBins>,
  options: ReliabilityDiagramOptions = {},
): PlotSpecification {
  return readRecord(bins, 'table of bins', () => plotOf(bins, options));
}

function plotOf(
  bins: ReliabilityBins | BeforeAfter<ReliabilityBins>,
  options: ReliabilityDiagramOptions,
): PlotSpecification {
  const frame = readFrame(options, ['labels', 'legend', 'largestShare', 'positive'], { width: 300 });
  const { labels = {}, legend = 'bottom' } = options;
  checkText('labels.before', labels.before);
  checkText('labels.after', labels.after);
  checkText('positive', options.positive);
  if (options.largestShare !== undefined) checkPositive('largestShare', options.largestShare);
  const tables = 'before' in bins ? [bins.before, bins.after] : [bins];
  const largest = options.largestShare ?? Math.max(...tables.map(largestShare));
  const room = tables.length * frame.width;
  const key = legend === 'none' ? null : bottomLegend(room < legendWidth ? 2 : 3);
  const panel = (name: string, table: ReliabilityBins, label: string | undefined): PlotPart =>
    reliabilityPanel(
      { name, table, label, largest, legend: key, words: diagramWords(table.rule, options.positive) },
      frame,
    );
  if ('before' in bins) {
    const { before = 'Before', after = 'After' } = labels;
    const body = {
      datasets: { before: binRows(bins.before), after: binRows(bins.after) },
      hconcat: [panel('before', bins.before, before), panel('after', bins.after, after)],
      spacing: 28,
    };
    return framed(description(tables), frame, body, 2);
  }
  return framed(description(tables), frame, {
    datasets: { bins: binRows(bins) },
    ...panel('bins', bins, labels.before),
  });
}

/** The largest share of rows in one bin of a table, the natural upper end of the diagram's strip. */
export function largestShare(table: ReliabilityBins): number {
  return table.bins.reduce((largest, { weight }) => Math.max(largest, weight / table.totalWeight), 0);
}

interface PanelParts {
  readonly name: string;
  readonly table: ReliabilityBins;
  readonly label: string | undefined;
  readonly largest: number;
  readonly legend: PlotPart | null;
  readonly words: DiagramWords;
}

function reliabilityPanel(
  { name, table, label, largest, legend, words }: PanelParts,
  frame: Frame,
): PlotPart {
  const { width, palette } = frame;
  const { strip, square } = reliabilityLayers(
    palette,
    legend,
    words,
    largest,
    width / table.bins.length >= labelWidth,
  );
  return {
    data: { name },
    spacing: 6,
    bounds: 'flush',
    vconcat: [
      {
        width,
        height: 48,
        view: { stroke: null },
        ...(label === undefined ? {} : { title: panelTitle(label, width) }),
        layer: strip,
      },
      { width, height: width, layer: square },
    ],
  };
}

function binRows(table: ReliabilityBins): readonly PlotPart[] {
  return table.bins.map(({ low, high, count, weight, confidence, accuracy, gap, interval }) => ({
    low,
    high,
    count,
    label: compactCount(count),
    weight,
    share: weight / table.totalWeight,
    confidence,
    accuracy,
    gap,
    accuracyLow: interval?.[0] ?? null,
    accuracyHigh: interval?.[1] ?? null,
  }));
}

function description(tables: readonly ReliabilityBins[]): string {
  const [{ rule, count }] = tables as [ReliabilityBins];
  const panels = tables.length === 2 ? 'Two reliability diagrams, before and after' : 'Reliability diagram';
  return `${panels}: ${rule.binary === undefined ? 'accuracy against mean confidence' : 'frequency of class 1 against its mean probability'} of ${count} rows in ${rule.requested} ${rule.scheme}, ${rule.closure} bins, with the diagonal of perfect calibration.`;
}
