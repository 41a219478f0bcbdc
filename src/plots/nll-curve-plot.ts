import { checkPositive, checkWithin } from '../core/checks.ts';
import { readRecord } from '../core/read-record.ts';
import { checkText, drawnText } from './drawn-text.ts';
import { framed, readFrame } from './frame.ts';
import type { PlotOptions, PlotPart, PlotSpecification } from './plot-specification.ts';

/** A point of the curve: mean NLL in nats per row at a temperature. */
export interface NllCurvePoint {
  readonly temperature: number;
  readonly nll: number;
}

/** Options of {@link nllCurvePlot}. */
export interface NllCurvePlotOptions extends PlotOptions {
  /** The best temperature and its NLL; marked by a point where given. */
  readonly optimum?: NllCurvePoint;
  /** Interval of the temperature, shaded; an end that is `null` lies beyond the curve. */
  readonly interval?: readonly [number | null, number | null];
  /** Text beside the optimum, default `T = 1.83` to three significant digits. */
  readonly label?: string;
}

const labelLength = 20;

/** Values a reader expects on a logarithmic axis. */
const mantissas = [1, 2, 5];

/**
 * Mean NLL against temperature on a logarithmic axis, with T = 1, the optimum and its interval marked.
 *
 * @param curve Points in order of temperature, at least one.
 * @param options See {@link NllCurvePlotOptions}; `width` defaults to 460.
 * @returns A Vega-Lite specification.
 * @throws CalibrationError `E_OPTION`.
 *
 * @example
 * ```ts
 * import { nllCurvePlot } from 'calibrant/plots';
 *
 * const curve = [{ temperature: 0.5, nll: 0.9 }, { temperature: 1, nll: 0.5 }, { temperature: 2, nll: 0.7 }];
 * const plot = nllCurvePlot(curve, { optimum: { temperature: 1.1, nll: 0.49 }, interval: [1, 1.2] });
 * assert.deepEqual((plot['datasets'] as { curve: unknown }).curve, curve);
 * ```
 */
export function nllCurvePlot(
  curve: readonly NllCurvePoint[],
  options: NllCurvePlotOptions = {},
): PlotSpecification {
  return readRecord(curve, 'curve', () => plotOf(curve, options));
}

function plotOf(curve: readonly NllCurvePoint[], options: NllCurvePlotOptions): PlotSpecification {
  const frame = readFrame(options, ['optimum', 'interval', 'label'], { width: 460 });
  checkText('label', options.label);
  const { palette, width } = frame;
  const { optimum, interval } = options;
  const all = optimum === undefined ? curve : [...curve, optimum];
  for (const point of all) checkPoint(point);
  for (const end of interval ?? []) if (end !== null) checkPositive('interval', end);
  const [low, high] = extent([1, ...all.map(({ temperature }) => temperature)]);
  const [bottom, top] = padded(extent(all.map(({ nll }) => nll)));
  const x = {
    field: 'temperature',
    type: 'quantitative',
    scale: { type: 'log', domain: [low, high], nice: false },
    axis: { title: 'Temperature T (logarithmic)', values: logTicks(low, high), format: '~g', grid: false },
  };
  const y = {
    field: 'nll',
    type: 'quantitative',
    scale: { domain: [bottom, top], nice: false, zero: false },
    axis: { title: 'NLL, nats per row', tickCount: 5 },
  };
  const inside = (end: number): number => Math.min(Math.max(end, low), high);
  const band: readonly PlotPart[] =
    interval === undefined
      ? []
      : [
          {
            data: { values: [{ temperature: inside(interval[0] ?? low), end: inside(interval[1] ?? high) }] },
            mark: {
              type: 'rect',
              fill: palette.band,
              stroke: palette.diagonal,
              strokeWidth: 0.5,
              strokeDash: [2, 2],
            },
            encoding: { x, x2: { field: 'end' } },
          },
        ];

  const dot = (point: NllCurvePoint): PlotPart => ({
    data: { values: [{ temperature: point.temperature, nll: point.nll }] },
    mark: { type: 'point', filled: true, fill: palette.over, opacity: 1, size: 60 },
    encoding: { x, y },
  });
  const caption = (point: NllCurvePoint): PlotPart => {
    const farRight = Math.log(point.temperature / low) > Math.log(high / low) * 0.7;
    const side = farRight ? { align: 'right', dx: -4 } : { align: 'left', dx: 4 };
    const text = options.label ?? `T = ${point.temperature.toPrecision(3)}`;
    return {
      data: { values: [{ temperature: point.temperature, nll: point.nll }] },
      mark: { type: 'text', fill: palette.ink, fontSize: 12, fontWeight: 600, dy: 15, ...side },
      encoding: { x, y, text: { value: drawnText(text, labelLength) } },
    };
  };
  return framed('Curve of the mean NLL against the temperature, with T = 1 and the optimum marked.', frame, {
    width,
    height: Math.max(170, Math.round(width * 0.45)),
    datasets: { curve: curve.map(({ temperature, nll }) => ({ temperature, nll })) },
    layer: [
      ...band,
      {
        data: { values: [{ temperature: 1 }] },
        mark: { type: 'rule', color: palette.diagonal, strokeDash: [5, 4], strokeWidth: 1.5 },
        encoding: { x },
      },
      {
        data: { values: [{ temperature: 1, nll: top }] },
        mark: {
          type: 'text',
          fill: palette.muted,
          fontSize: 11,
          align: 'left',
          dx: 4,
          baseline: 'top',
          dy: 4,
        },
        encoding: { x, y, text: { value: 'T = 1' } },
      },
      {
        data: { name: 'curve' },
        mark: { type: 'line', color: palette.point, strokeWidth: 2, interpolate: 'monotone' },
        encoding: { x, y },
      },
      ...(optimum === undefined ? [] : [dot(optimum), caption(optimum)]),
    ],
  });
}

function extent(values: readonly number[]): readonly [number, number] {
  return [Math.min(...values), Math.max(...values)];
}

/** Room below for the optimum's label, and above for that of T = 1. */
function padded([low, high]: readonly [number, number]): readonly [number, number] {
  const range = high > low ? high - low : Math.max(Math.abs(low), 1) * 0.1;
  return [low - 0.2 * range, high + 0.1 * range];
}

function logTicks(low: number, high: number): readonly number[] {
  const ticks: number[] = [];
  for (let power = Math.floor(Math.log10(low)); power <= Math.ceil(Math.log10(high)); power += 1) {
    for (const mantissa of mantissas) {
      const tick = Number(`${mantissa}e${power}`);
      if (tick >= low && tick <= high) ticks.push(tick);
    }
  }
  return ticks.length <= 12 ? ticks : ticks.filter((tick) => /^1/.test(tick.toExponential()));
}

function checkPoint(point: unknown): void {
  const { temperature, nll } = (
    typeof point === 'object' && point !== null ? point : {}
  ) as Partial<NllCurvePoint>;
  checkPositive('temperature', temperature);
  checkWithin('nll', nll, -Number.MAX_VALUE, Number.MAX_VALUE);
}
