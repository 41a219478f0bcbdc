import { checkWhole } from '../core/checks.ts';
import { printable } from '../core/errors.ts';
import { readRecord } from '../core/read-record.ts';
import { cutText } from './drawn-text.ts';
import { framed, readFrame } from './frame.ts';
import type { PlotOptions, PlotPart, PlotSpecification } from './plot-specification.ts';

/** The calibration error of one class's probability. */
export interface ClasswiseRow {
  readonly name: string;
  readonly before: number;
  /** `null` where nothing was applied. */
  readonly after: number | null;
}

/** Options of {@link classwisePlot}. */
export interface ClasswisePlotOptions extends PlotOptions {
  /** How many classes are shown, the worst first. Default 20. */
  readonly limit?: number;
}

const nameLength = 22;

/**
 * A dot plot of class-wise calibration errors before and after, the classes with the largest error before on top.
 *
 * @param classes One row per class; ties keep their order.
 * @param options See {@link ClasswisePlotOptions}; `width` defaults to 420.
 * @returns A Vega-Lite specification.
 * @throws CalibrationError `E_OPTION`.
 *
 * @example
 * ```ts
 * import { classwisePlot } from 'calibrant/plots';
 *
 * const classes = [{ name: 'cat', before: 0.01, after: 0.01 }, { name: 'dog', before: 0.04, after: 0.02 }];
 * const plot = classwisePlot(classes, { limit: 1 });
 * assert.equal((plot['datasets'] as { classes: { name: string }[] }).classes[0]?.name, 'dog');
 * ```
 */
export function classwisePlot(
  classes: readonly ClasswiseRow[],
  options: ClasswisePlotOptions = {},
): PlotSpecification {
  return readRecord(classes, 'list of classes', () => plotOf(classes, options));
}

function plotOf(classes: readonly ClasswiseRow[], options: ClasswisePlotOptions): PlotSpecification {
  const frame = readFrame(options, ['limit'], { width: 420 });
  const { limit = 20 } = options;
  checkWhole('limit', limit, 1, 1000);
  const { palette, width } = frame;
  const worst = worstClasses(classes, limit);
  const largest = Math.max(1e-12, ...worst.flatMap(({ before, after }) => [before, after ?? 0]));
  const paired = worst.some(({ after }) => after !== null);
  const y = { field: 'place', type: 'ordinal', axis: null, scale: { padding: 0.5 } };
  const x = (field: string): PlotPart => ({
    field,
    type: 'quantitative',
    scale: { domain: [0, largest * 1.05], nice: false },
    axis: { title: 'Class-wise ECE, %', tickCount: 5, labelExpr: "format(100 * datum.value, '~r')" },
  });
  const domain = paired ? ['before', 'after'] : ['before'];
  const colours = { domain, range: paired ? [palette.over, palette.point] : [palette.point] };
  const shapes = { domain, range: paired ? ['diamond', 'circle'] : ['circle'] };
  const legend = paired ? { orient: 'top', symbolOpacity: 1 } : null;
  const dots = (part: 'before' | 'after'): PlotPart => ({
    transform: [{ filter: `datum.${part} !== null` }, { calculate: `'${part}'`, as: 'part' }],
    mark: { type: 'point', filled: true, opacity: 1, size: 60 },
    encoding: {
      x: x(part),
      y,
      fill: { field: 'part', type: 'nominal', scale: colours, legend },
      shape: { field: 'part', type: 'nominal', scale: shapes, legend },
    },
  });
  return framed(
    'Dot plot of the calibration error of each class before and after, worst class first.',
    frame,
    {
      width,
      height: { step: 20 },
      datasets: {
        classes: worst.map(({ name, before, after }, place) => ({
          place,
          name: cutText(printable(name), nameLength),
          before,
          after,
        })),
      },
      data: { name: 'classes' },
      layer: [
        {
          mark: { type: 'text', align: 'right', dx: -8, fill: palette.ink, fontSize: 12, baseline: 'middle' },
          encoding: { x: { value: 0 }, y, text: { field: 'name' } },
        },
        {
          transform: [{ filter: 'datum.after !== null' }],
          mark: { type: 'rule', color: palette.frame, strokeWidth: 2 },
          encoding: { x: x('before'), x2: { field: 'after' }, y },
        },
        dots('before'),
        ...(paired ? [dots('after')] : []),
      ],
    },
  );
}

/** The `limit` classes with the largest error before, worst first; ties keep their order. */
function worstClasses<Row extends ClasswiseRow>(classes: readonly Row[], limit: number): readonly Row[] {
  return classes.toSorted((a, b) => b.before - a.before).slice(0, limit);
}
