import type { DiagramWords } from './diagram-words.ts';
import type { Palette } from './palette.ts';
import type { PlotPart } from './plot-specification.ts';

const ticks = [0, 0.2, 0.4, 0.6, 0.8, 1];
/** The strip's highest bar leaves room for its number, so that titles above two panels stay level. */
const labelRoom = 1.4;
/** Half a pixel off each side keeps neighbours apart and, unlike an outline, leaves the lowest bars to be seen. */
const apart = { xOffset: 0.5, x2Offset: -0.5 };
const unit = { domain: [0, 1], nice: false, zero: true };

/** The layers of a reliability diagram: the strip of row shares, and the unit square below it. */
export function reliabilityLayers(
  palette: Palette,
  legend: PlotPart | null,
  words: DiagramWords,
  largest: number,
  counts: boolean,
): { readonly strip: readonly PlotPart[]; readonly square: readonly PlotPart[] } {
  const share = { domain: [0, largest * labelRoom], nice: false };
  const noAxis = { axis: null };
  const bars: PlotPart = {
    transform: [{ filter: 'datum.count > 0' }],
    mark: { type: 'rect', ...apart, fill: palette.frame },
    encoding: {
      x: { field: 'low', type: 'quantitative', scale: unit, ...noAxis },
      x2: { field: 'high' },
      y: { field: 'share', type: 'quantitative', scale: share, ...noAxis },
      y2: { datum: 0 },
    },
  };
  const numbers: PlotPart = {
    transform: [{ filter: 'datum.count > 0' }, { calculate: '(datum.low + datum.high) / 2', as: 'middle' }],
    mark: { type: 'text', fill: palette.muted, fontSize: 8, baseline: 'bottom', dy: -2 },
    encoding: {
      x: { field: 'middle', type: 'quantitative', scale: unit, ...noAxis },
      y: { field: 'share', type: 'quantitative', scale: share, ...noAxis },
      text: { field: 'label' },
    },
  };
  return { strip: counts ? [bars, numbers] : [bars], square: squareLayers(palette, legend, words) };
}

const axis = (field: string, title: string): PlotPart => ({
  field,
  type: 'quantitative',
  scale: unit,
  axis: { title, values: ticks, format: '.1f' },
});

function squareLayers(palette: Palette, legend: PlotPart | null, words: DiagramWords): readonly PlotPart[] {
  const x = (field: string): PlotPart => axis(field, words.x);
  const y = (field: string): PlotPart => axis(field, words.y);
  const [bar, over, under] = words.parts;
  const key = {
    domain: words.parts,
    range: [palette.bar, palette.overArea, palette.underArea],
  };
  const area = (part: string, filter: string, from: string, to: PlotPart): PlotPart => ({
    transform: [{ filter }, { calculate: `'${part}'`, as: 'part' }],
    mark: { type: 'rect', ...apart, fillOpacity: 1 },
    encoding: {
      x: x('low'),
      x2: { field: 'high' },
      y: y(from),
      y2: to,
      fill: { field: 'part', type: 'nominal', scale: key, legend },
    },
  });
  return [
    area(bar, 'datum.count > 0', 'accuracy', { datum: 0 }),
    area(over, 'datum.count > 0 && datum.gap < 0', 'accuracy', { field: 'confidence' }),
    area(under, 'datum.count > 0 && datum.gap > 0', 'accuracy', { field: 'confidence' }),
    {
      data: {
        values: [
          { confidence: 0, accuracy: 0 },
          { confidence: 1, accuracy: 1 },
        ],
      },
      mark: { type: 'line', color: palette.diagonal, strokeDash: [5, 4], strokeWidth: 1.5 },
      encoding: { x: x('confidence'), y: y('accuracy') },
    },
    {
      transform: [{ filter: 'datum.count > 0' }],
      mark: { type: 'rule', color: palette.point, strokeWidth: 1.5 },
      encoding: { x: x('confidence'), y: y('accuracyLow'), y2: { field: 'accuracyHigh' } },
    },
    {
      transform: [{ filter: 'datum.count > 0' }],
      mark: { type: 'point', shape: 'circle', filled: true, fill: palette.point, opacity: 1, size: 28 },
      encoding: { x: x('confidence'), y: y('accuracy') },
    },
  ];
}
