import { checkList, checkPositive } from '../core/checks.ts';
import { CalibrationError } from '../core/errors.ts';
import { readRecord } from '../core/read-record.ts';
import { diagramWords } from './diagram-words.ts';
import { checkText, drawnTitle, panelTitle } from './drawn-text.ts';
import { bottomLegend, type Frame, framed, readFrame } from './frame.ts';
import type { BeforeAfter, PlotOptions, PlotPart, PlotSpecification } from './plot-specification.ts';

/** Counts of confidence in equal-width bins over 0..1, and the two means whose distance is over- or underconfidence. */
export interface ConfidenceCounts {
  /** Rows per bin. */
  readonly all: readonly number[];
  /** Rows per bin whose prediction is right, each at most the number in `all`. */
  readonly correct: readonly number[];
  /** Share of rows that are right; marked by a line where given. */
  readonly accuracy?: number;
  /** Mean confidence; marked by a line where given. */
  readonly meanConfidence?: number;
}

/** The highest bar stays clear of the frame. */
const headRoom = 1.05;

/** Options of {@link confidenceHistogram}. */
export interface ConfidenceHistogramOptions extends PlotOptions {
  /** Text above each panel; default `Before` and `After` for two, none for one. */
  readonly labels?: { readonly before?: string; readonly after?: string };
  /** Whether the colours are explained below. Default `bottom`. */
  readonly legend?: 'bottom' | 'none';
  /** Upper end of the count axis, to make separate histograms comparable. Default: the largest count drawn. */
  readonly largestCount?: number;
  /**
   * Name of the positive class, where the counts are of its probability: `correct` then counts rows of that class, and the
   * lines are its frequency and its mean probability. Default: counts of confidence.
   */
  readonly positive?: string;
}

/**
 * The histogram of confidences, right and wrong rows stacked, with accuracy and mean confidence as lines: the distance
 * between the two is the overall over- or underconfidence.
 *
 * @param counts One histogram, or two as `{ before, after }` for two panels on one scale.
 * @param options See {@link ConfidenceHistogramOptions}; `width` is that of a panel, default 300.
 * @returns A Vega-Lite specification.
 * @throws CalibrationError `E_OPTION`, or `E_SHAPE` when the two lists differ in length.
 *
 * @example
 * ```ts
 * import { confidenceHistogram } from 'calibrant/plots';
 *
 * const plot = confidenceHistogram({ all: [0, 3, 7], correct: [0, 2, 7], accuracy: 0.9, meanConfidence: 0.8 });
 * assert.equal((plot['datasets'] as { counts: unknown[] }).counts.length, 3);
 * ```
 *
 * Source: Guo, Pleiss, Sun and Weinberger 2017, "On calibration of modern neural networks", figure 1.
 */
export function confidenceHistogram(
  counts: ConfidenceCounts | BeforeAfter<ConfidenceCounts>,
  options: ConfidenceHistogramOptions = {},
): PlotSpecification {
  return readRecord(counts, 'record of counts', () => plotOf(counts, options));
}

function plotOf(
  counts: ConfidenceCounts | BeforeAfter<ConfidenceCounts>,
  options: ConfidenceHistogramOptions,
): PlotSpecification {
  const frame = readFrame(options, ['labels', 'legend', 'largestCount', 'positive'], { width: 300 });
  const { labels = {}, legend = 'bottom' } = options;
  checkText('labels.before', labels.before);
  checkText('labels.after', labels.after);
  checkText('positive', options.positive);
  const words = histogramWords(options.positive);
  if (options.largestCount !== undefined) checkPositive('largestCount', options.largestCount);
  const both = 'before' in counts ? [counts.before, counts.after] : [counts];
  const largest = options.largestCount ?? Math.max(1, ...both.flatMap(({ all }) => all));
  const columns = legend === 'none' ? 0 : both.length;
  const panel = (name: string, one: ConfidenceCounts, label: string | undefined): PlotPart => ({
    data: { name },
    ...(label === undefined ? {} : { title: panelTitle(label, frame.width) }),
    ...histogramPanel(one, largest, columns, words, frame),
  });
  const description =
    options.positive === undefined
      ? 'Histogram of confidences, right and wrong rows apart, with lines at the accuracy and at the mean confidence.'
      : 'Histogram of the probability of the positive class, rows of either class apart, with lines at its frequency and at its mean probability.';
  if ('before' in counts) {
    const { before = 'Before', after = 'After' } = labels;
    const body = {
      datasets: { before: barRows(counts.before), after: barRows(counts.after) },
      hconcat: [panel('before', counts.before, before), panel('after', counts.after, after)],
      spacing: 28,
    };
    return framed(description, frame, body, 2);
  }
  return framed(description, frame, {
    datasets: { counts: barRows(counts) },
    ...panel('counts', counts, frame.title === undefined ? labels.before : undefined),
    ...(frame.title === undefined || labels.before === undefined ? {} : subtitled(frame, labels.before)),
  });
}

/** One panel has one title: under that of the picture its own stands smaller. */
function subtitled({ title = '', width }: Frame, label: string): PlotPart {
  return { title: { ...drawnTitle(title, width), subtitle: drawnTitle(label, width)['text']! } };
}

function barRows({ all, correct }: ConfidenceCounts): readonly PlotPart[] {
  checkList('counts.all', all, 'counts', isCount);
  checkList('counts.correct', correct, 'counts', isCount);
  if (all.length !== correct.length) {
    throw new CalibrationError('E_SHAPE', {
      what: `the histogram has ${all.length} counts of all rows and ${correct.length} of correct ones`,
    });
  }
  return all.map((count, b) => ({
    low: b / all.length,
    high: (b + 1) / all.length,
    correct: correct[b]!,
    count,
  }));
}

interface HistogramWords {
  readonly x: string;
  readonly parts: readonly [right: string, wrong: string];
  readonly lines: readonly [observed: string, mean: string];
}

/** Parts and lines have fixed names, as they stand in expressions. */
function histogramWords(positive: string | undefined): HistogramWords {
  return positive === undefined
    ? { x: 'Confidence', parts: ['right', 'wrong'], lines: ['accuracy', 'mean confidence'] }
    : {
        x: diagramWords({ binary: 'positive' }, positive).x,
        parts: ['positive class', 'other class'],
        lines: ['frequency', 'mean probability'],
      };
}

/** `columns` of the two legends; 0 for none. */
function histogramPanel(
  { accuracy, meanConfidence }: ConfidenceCounts,
  largest: number,
  columns: number,
  words: HistogramWords,
  { palette, width }: Frame,
): PlotPart {
  const unit = { domain: [0, 1], nice: false };
  const axis = { title: words.x, values: [0, 0.2, 0.4, 0.6, 0.8, 1], format: '.1f', grid: false };
  const height = { domain: [0, largest * headRoom], nice: false };
  const lineLegend =
    columns === 0
      ? null
      : { orient: 'bottom', symbolStrokeWidth: 2, symbolStrokeColor: palette.ink, symbolSize: 300, columns };
  const key = { domain: words.parts, range: [palette.bar, palette.over] };
  const fill = {
    field: 'part',
    type: 'nominal',
    scale: key,
    legend: columns === 0 ? null : bottomLegend(columns),
  };
  const bar = (part: string, from: string, to: PlotPart): PlotPart => ({
    transform: [{ filter: `datum.${from} > 0` }, { calculate: `'${part}'`, as: 'part' }],
    mark: { type: 'rect', xOffset: 0.5, x2Offset: -0.5, fillOpacity: 1 },
    encoding: {
      x: { field: 'low', type: 'quantitative', scale: unit, axis },
      x2: { field: 'high' },
      y: {
        field: from,
        type: 'quantitative',
        scale: height,
        axis: { title: 'Rows', tickCount: 4, tickMinStep: 1, format: ',d' },
      },
      y2: to,
      fill,
    },
  });
  const lines = {
    domain: words.lines,
    range: [
      [1, 0],
      [5, 4],
    ],
  };
  const line = (part: string, value: number | undefined): readonly PlotPart[] =>
    value === undefined
      ? []
      : [
          {
            data: { values: [{ value, mean: part }] },
            mark: { type: 'rule', color: palette.ink, strokeWidth: 2 },
            encoding: {
              x: { field: 'value', type: 'quantitative', scale: unit, axis },
              strokeDash: { field: 'mean', type: 'nominal', scale: lines, legend: lineLegend },
            },
          },
        ];
  return {
    width,
    height: Math.round(width * 0.5),
    layer: [
      bar(words.parts[0], 'correct', { datum: 0 }),
      bar(words.parts[1], 'count', { field: 'correct' }),
      ...line(words.lines[0], accuracy),
      ...line(words.lines[1], meanConfidence),
    ],
  };
}

function isCount(value: unknown): boolean {
  return typeof value === 'number' && value >= 0 && value < Number.POSITIVE_INFINITY;
}
