import {
  classwisePlot,
  confidenceHistogram,
  nllCurvePlot,
  type PlotSpecification,
  reliabilityDiagram,
} from '../../../src/plots/index.ts';
import { binTable, overconfident, softened } from './sample-bins.ts';

/** Histograms of 400 and 400 rows in 10 bins. */
export const sharpCounts = {
  all: [0, 0, 0, 2, 8, 20, 30, 40, 60, 240],
  correct: [0, 0, 0, 1, 3, 9, 17, 26, 44, 222],
  accuracy: 0.805,
  meanConfidence: 0.872,
};
export const softCounts = {
  all: [0, 0, 1, 9, 30, 40, 50, 70, 90, 110],
  correct: [0, 0, 0, 3, 14, 24, 36, 58, 81, 106],
  accuracy: 0.805,
  meanConfidence: 0.801,
};

/** A curve with its minimum 0.53 at T = 1.8. */
export const curve = Array.from({ length: 31 }, (_, i) => {
  const temperature = 0.5 * 2 ** (i / 8);
  const distance = Math.log(temperature / 1.8);
  return { temperature, nll: 0.53 + 0.4 * distance * distance };
});
export const optimum = { temperature: 1.8, nll: 0.53 };

export const classes = [
  { name: 'cat', before: 0.021, after: 0.013 },
  { name: 'dog', before: 0.034, after: 0.011 },
  { name: 'a class with a very long name indeed', before: 0.034, after: 0.036 },
  { name: 'fox', before: 0, after: 0.002 },
];

const empty = binTable([
  [0, 0, 0],
  [0, 0, 0],
  [7, 7, 0.99],
]);

/** Every kind of plot in every form that its options allow. */
export const everyPlot: Readonly<Record<string, () => PlotSpecification>> = {
  'reliability, one table': () => reliabilityDiagram(overconfident),
  'reliability, before and after, titled': () =>
    reliabilityDiagram({ before: overconfident, after: softened }, { title: 'Animals' }),
  'reliability, dark, without legend': () =>
    reliabilityDiagram(softened, { theme: 'dark', legend: 'none', labels: { before: 'Softened' } }),
  'reliability, narrow, shared scale': () =>
    reliabilityDiagram(overconfident, { width: 120, largestShare: 0.9 }),
  'reliability, nearly empty': () => reliabilityDiagram(empty, { width: 500 }),
  'histogram, one': () => confidenceHistogram(sharpCounts),
  'histogram, before and after': () => confidenceHistogram({ before: sharpCounts, after: softCounts }),
  'histogram, dark, without lines': () =>
    confidenceHistogram({ all: [0, 0], correct: [0, 0] }, { theme: 'dark', legend: 'none' }),
  'NLL curve, bare': () => nllCurvePlot(curve),
  'NLL curve, with optimum and interval': () => nllCurvePlot(curve, { optimum, interval: [1.7, 1.9] }),
  'NLL curve, open interval, dark': () =>
    nllCurvePlot(curve, { optimum, interval: [null, null], theme: 'dark', label: 'best' }),
  'NLL curve, a single point': () => nllCurvePlot([{ temperature: 2, nll: 0.5 }], { width: 200 }),
  'class-wise, before and after': () => classwisePlot(classes),
  'class-wise, before alone': () => classwisePlot(classes.map((row) => ({ ...row, after: null }))),
  'class-wise, without error': () => classwisePlot([{ name: 'only', before: 0, after: 0 }]),
};

/** Freezes a value and all it holds, so that whoever writes to it throws. */
export function frozen<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const inner of Object.values(value)) frozen(inner);
  }
  return value;
}
