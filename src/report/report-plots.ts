import { doubtOf } from '../evaluation/doubt.ts';
import type { Figures } from '../evaluation/evaluation.ts';
import {
  type ConfidenceCounts,
  classwisePlot,
  confidenceHistogram,
  nllCurvePlot,
  type PlotSpecification,
  type PlotTheme,
  reliabilityDiagram,
} from '../plots/index.ts';
import { largestShare } from '../plots/reliability-diagram.ts';
import { classErrors } from './class-rows.ts';
import { temperatureText } from './format-number.ts';
import { noticesOf } from './report-model.ts';
import type { ReportModel } from './report-types.ts';
import { capital, viewWords } from './view-words.ts';

/** A picture of a report with what it says in words. */
export interface ReportPlot {
  /** Unique in the report. */
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly specification: PlotSpecification;
}

/** Width of a panel in the HTML report: what a small phone shows without shrinking the text. */
const panelWidth = 270;
/** More lines than these would make the picture taller than a screen. */
export const drawnClasses = 12;

/** The pictures of the HTML report, in the groups they stand in. */
export interface ReportPlots {
  readonly reliability: readonly ReportPlot[];
  readonly confidence: readonly ReportPlot[];
  /** `null` without a curve. */
  readonly nllCurve: ReportPlot | null;
  readonly classes: ReportPlot;
}

export function reportPlots(model: ReportModel): ReportPlots {
  const { evaluation } = model.records;
  const { before, after } = evaluation;
  const both = after === null ? [before] : [before, after];
  const share = Math.max(...both.map(({ reliability }) => largestShare(reliability)));
  const count = Math.max(1, ...both.flatMap(({ confidenceHistogram: { all } }) => all));
  return {
    reliability: both.map((figures, i) =>
      reliabilityPlot(model, figures, i === 0 ? 'before' : 'after', share),
    ),
    confidence: both.map((figures, i) => confidencePlot(model, figures, i === 0 ? 'before' : 'after', count)),
    nllCurve: curvePlot(model),
    classes: classPlot(model),
  };
}

/** The reliability diagram before and after as one picture of its own. */
export function reliabilityPlotOf(model: ReportModel, theme: PlotTheme): ReportPlot {
  const { before, after } = model.records.evaluation;
  const labels = { before: columnLabel(model, 'before'), after: columnLabel(model, 'after') };
  // A picture shows no warnings but this one.
  const doubt = doubtOf(noticesOf(model.records));
  const { positive } = viewWords(model.records.evaluation);
  const title = doubt?.claim ?? model.title;
  const options = { theme, title, labels, ...(positive === undefined ? {} : { positive }) };
  return {
    id: 'reliability',
    title: `Reliability diagram: ${model.title}`,
    description: model.verdict.headline,
    specification:
      after === null
        ? reliabilityDiagram(before.reliability, options)
        : reliabilityDiagram({ before: before.reliability, after: after.reliability }, options),
  };
}

type Side = 'before' | 'after';

function columnLabel(model: ReportModel, side: Side): string {
  const ece = model.figures.find(({ key }) => key === 'ece')!;
  const name = side === 'before' ? model.columns.before : (model.columns.after ?? '');
  return `${name}: ECE ${ece[side] ?? ''}`;
}

function reliabilityPlot(model: ReportModel, figures: Figures, side: Side, share: number): ReportPlot {
  const label = columnLabel(model, side);
  const { confidence, accuracy, positive } = viewWords(model.records.evaluation);
  return {
    id: `reliability-${side}`,
    title: `Reliability diagram. ${label}`,
    description: `Bars show the ${accuracy} in each bin of ${confidence}, points stand at the mean ${confidence} with the interval of the ${accuracy}, and the dashed diagonal is perfect calibration. The list of bins holds the same figures.`,
    specification: reliabilityDiagram(figures.reliability, {
      width: panelWidth,
      labels: { before: label },
      legend: 'none',
      largestShare: share,
      ...(positive === undefined ? {} : { positive }),
    }),
  };
}

function confidencePlot(model: ReportModel, figures: Figures, side: Side, largestCount: number): ReportPlot {
  const { confidenceHistogram: counts, frequency, meanConfidence } = figures;
  const histogram: ConfidenceCounts = { ...counts, accuracy: frequency, meanConfidence };
  const words = viewWords(model.records.evaluation);
  const name = side === 'before' ? model.columns.before : (model.columns.after ?? '');
  const cell = (key: string): string => model.figures.find((row) => row.key === key)?.[side] ?? '';
  return {
    id: `confidence-${side}`,
    title: `Histogram of ${words.confidence}. ${name}`,
    description: `${capital(words.right)} and ${words.wrong} rows by ${words.confidence}. ${capital(words.accuracy)} ${cell(words.positive === undefined ? 'accuracy' : 'frequency')}, mean ${words.confidence} ${cell('meanConfidence')}.`,
    specification: confidenceHistogram(histogram, {
      width: panelWidth,
      labels: { before: name },
      legend: 'none',
      largestCount,
      ...(words.positive === undefined ? {} : { positive: words.positive }),
    }),
  };
}

function curvePlot({ records }: ReportModel): ReportPlot | null {
  const { nllCurve, calibrator } = records;
  if (nllCurve === undefined || nllCurve.length === 0) return null;
  const temperature = calibrator?.temperature ?? null;
  const nll = calibrator?.nll.after ?? null;
  const found = temperature === null || nll === null ? undefined : { temperature, nll };
  const interval = calibrator?.uncertainty?.profileInterval;
  return {
    id: 'nll-curve',
    title: 'NLL against temperature on the fitting rows',
    description:
      found === undefined
        ? 'Mean NLL over a range of temperatures; no best temperature was found.'
        : `Mean NLL over a range of temperatures, smallest at T = ${temperatureText(found.temperature)}.`,
    specification: nllCurvePlot(nllCurve, {
      width: panelWidth,
      ...(found === undefined ? {} : { optimum: found, label: `T = ${temperatureText(found.temperature)}` }),
      ...(interval === undefined ? {} : { interval }),
    }),
  };
}

function classPlot({ records }: ReportModel): ReportPlot {
  const classes = classErrors(records.evaluation);
  const worst = Math.min(drawnClasses, classes.length);
  return {
    id: 'classes',
    title: classes.length > worst ? `Class-wise ECE, the ${worst} largest` : 'Class-wise ECE by class',
    description:
      'One line per class, the largest error on top, with a dot for each column of the list of classes, which holds the same figures.',
    specification: classwisePlot(classes, { width: panelWidth - 90, limit: drawnClasses }),
  };
}
