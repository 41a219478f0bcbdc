export { type ClasswisePlotOptions, type ClasswiseRow, classwisePlot } from './classwise-plot.ts';
export {
  type ConfidenceCounts,
  type ConfidenceHistogramOptions,
  confidenceHistogram,
} from './confidence-histogram.ts';
export { type NllCurvePlotOptions, type NllCurvePoint, nllCurvePlot } from './nll-curve-plot.ts';
export type {
  BeforeAfter,
  PlotOptions,
  PlotPart,
  PlotSpecification,
  PlotTheme,
  PlotValue,
} from './plot-specification.ts';
export { type ReliabilityDiagramOptions, reliabilityDiagram } from './reliability-diagram.ts';
