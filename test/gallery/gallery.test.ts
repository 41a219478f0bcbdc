import { describe, expect, test } from 'vitest';
import {
  classwisePlot,
  confidenceHistogram,
  nllCurvePlot,
  type PlotSpecification,
  reliabilityDiagram,
} from '../../src/plots/index.ts';
import { draw } from '../../src/report/draw-svg.ts';
import { svgElement } from '../../src/report/svg-element.ts';
import { overconfident, softened } from '../unit/plots/sample-bins.ts';
import { classes, curve, optimum, sharpCounts, softCounts } from '../unit/plots/sample-plots.ts';

const gallery: Readonly<Record<string, () => PlotSpecification>> = {
  'reliability-diagram': () => reliabilityDiagram(overconfident),
  'reliability-before-after': () =>
    reliabilityDiagram({ before: overconfident, after: softened }, { title: 'Animals', theme: 'dark' }),
  'confidence-histogram': () => confidenceHistogram({ before: sharpCounts, after: softCounts }),
  'nll-curve': () => nllCurvePlot(curve, { optimum, interval: [1.72, 1.89] }),
  classwise: () => classwisePlot(classes),
};

/** One element a line, so that a change of a picture can be read. */
function normalised(id: string, plot: PlotSpecification, drawing: Awaited<ReturnType<typeof draw>>): string {
  const caption = { id, title: id, description: plot.description };
  return `${svgElement(drawing, caption, 'standalone').replaceAll(/></g, '>\n<')}\n`;
}

describe('the gallery', () => {
  test.each(Object.entries(gallery))('%s looks as it did', async (name, make) => {
    const plot = make();
    await expect(normalised(name, plot, await draw(plot))).toMatchFileSnapshot(`${name}.svg`);
  });
});
