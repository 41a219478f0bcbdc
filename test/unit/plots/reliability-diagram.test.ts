import { describe, expect, test } from 'vitest';
import { reliabilityDiagram } from '../../../src/plots/index.ts';
import { largestShare } from '../../../src/plots/reliability-diagram.ts';
import { draw } from '../../../src/report/draw-svg.ts';
import { binTable, eceOf, overconfident, softened } from './sample-bins.ts';

interface Row {
  readonly low: number;
  readonly high: number;
  readonly count: number;
  readonly weight: number;
  readonly share: number;
  readonly confidence: number | null;
  readonly accuracy: number | null;
  readonly gap: number | null;
  readonly accuracyLow: number | null;
  readonly accuracyHigh: number | null;
}

const rowsOf = (plot: object, name: string): readonly Row[] =>
  (plot as { datasets: Record<string, readonly Row[]> }).datasets[name]!;

describe('a reliability diagram', () => {
  test('holds exactly the bins of its table', () => {
    const rows = rowsOf(reliabilityDiagram(overconfident), 'bins');
    expect(rows).toHaveLength(overconfident.bins.length);
    for (const [b, bin] of overconfident.bins.entries()) {
      const { low, high, count, weight, confidence, accuracy, gap, interval } = bin;
      expect(rows[b]).toMatchObject({ low, high, count, weight, confidence, accuracy, gap });
      expect([rows[b]!.accuracyLow, rows[b]!.accuracyHigh]).toEqual(interval ?? [null, null]);
      expect(rows[b]!.share).toBe(weight / overconfident.totalWeight);
    }
  });

  test('gives the ECE of the table when it is computed from the plot', () => {
    const plot = reliabilityDiagram({ before: overconfident, after: softened });
    const eceOfRows = (rows: readonly Row[]): number =>
      rows.reduce((sum, { share, gap }) => sum + share * Math.abs(gap ?? 0), 0);
    expect(eceOfRows(rowsOf(plot, 'before'))).toBeCloseTo(eceOf(overconfident), 14);
    expect(eceOfRows(rowsOf(plot, 'after'))).toBeCloseTo(eceOf(softened), 14);
  });

  test('shows weights, not counts, where rows are weighted', () => {
    const bins = overconfident.bins.map((bin, b) => ({ ...bin, weight: bin.count * (b + 1) }));
    const totalWeight = bins.reduce((sum, { weight }) => sum + weight, 0);
    const rows = rowsOf(reliabilityDiagram({ ...overconfident, bins, totalWeight }), 'bins');
    expect(rows.map(({ share }) => share)).toEqual(bins.map(({ weight }) => weight / totalWeight));
    expect(rows.map(({ count }) => count)).toEqual(overconfident.bins.map(({ count }) => count));
  });

  test('says in words how many rows stand in which bins', () => {
    expect(reliabilityDiagram(overconfident).description).toBe(
      'Reliability diagram: accuracy against mean confidence of 3000 rows in 15 equal-width, right-closed bins, with the diagonal of perfect calibration.',
    );
    expect(reliabilityDiagram({ before: overconfident, after: softened }).description).toMatch(
      /^Two reliability diagrams, before and after: /,
    );
  });

  test('scales two panels alike', () => {
    expect(largestShare(overconfident)).toBe(1768 / 3000);
    const scales = (options: object): number[] => {
      const text = JSON.stringify(reliabilityDiagram({ before: overconfident, after: softened }, options));
      const ends = [...text.matchAll(/"domain":\[0,([\d.]+)\]/g)].map(([, end]) => Number(end));
      return [...new Set(ends.filter((end) => end !== 1))];
    };
    expect(scales({})).toHaveLength(1);
    expect(scales({ largestShare: 0.5 })).toEqual([0.7]);
  });

  test('leaves out the counts above the strip where they would touch', () => {
    const many = binTable(Array.from({ length: 40 }, (_, b) => [10, 5, (b + 0.5) / 40] as const));
    const counted = (plot: object): boolean => JSON.stringify(plot).includes('"text":{"field":"label"}');
    expect(counted(reliabilityDiagram(many))).toBe(false);
    expect(counted(reliabilityDiagram(many, { width: 700 }))).toBe(true);
  });
});

/** Positions are drawn to a thousandth of a pixel on a side of 300 pixels. */
const drawnPrecision = 0.001 / 300;

describe('the drawn diagram', async () => {
  const { content } = await draw(reliabilityDiagram(overconfident, { width: 300, legend: 'none' }));
  const filled = overconfident.bins.filter(({ count }) => count > 0);

  test('has a point at the mean confidence and accuracy of every bin with rows, and nowhere else', () => {
    const drawn = [...content.matchAll(/transform="translate\(([\d.]+),([\d.]+)\)" d="M[\d.]+,0A/g)].map(
      ([, x, y]) => [Number(x) / 300, 1 - Number(y) / 300] as const,
    );
    expect(drawn).toHaveLength(filled.length);
    for (const [i, { confidence, accuracy }] of filled.entries()) {
      expect(Math.abs(drawn[i]![0] - confidence!)).toBeLessThan(drawnPrecision);
      expect(Math.abs(drawn[i]![1] - accuracy!)).toBeLessThan(drawnPrecision);
    }
  });

  test('gives the ECE of the table when it is measured with a ruler', () => {
    const heights = (colour: string): number[] =>
      [
        ...content.matchAll(
          new RegExp(`d="M[\\d.]+,[\\d.]+h[\\d.]+v([\\d.]+)h-[\\d.]+Z" fill="${colour}"`, 'g'),
        ),
      ].map(([, height]) => Number(height));
    const strip = heights('#aab3be');
    expect(strip).toHaveLength(filled.length);
    const total = strip.reduce((sum, height) => sum + height, 0);
    const measured = filled.reduce((sum, { gap }, i) => sum + (strip[i]! / total) * Math.abs(gap!), 0);
    // Fifteen heights of at most 34 pixels, each within half a thousandth of a pixel.
    expect(Math.abs(measured - eceOf(overconfident))).toBeLessThan(1e-4);
    const drawnGaps = [...heights('#e8a673'), ...heights('#56b8a3')].map((height) => height / 300);
    const gaps = filled.map(({ gap }) => Math.abs(gap!));
    expect(drawnGaps.reduce((sum, gap) => sum + gap, 0)).toBeCloseTo(
      gaps.reduce((sum, gap) => sum + gap, 0),
      4,
    );
  });

  test('has as many orange and green areas as there are over- and underconfident bins', () => {
    const count = (colour: string): number => content.split(`fill="${colour}"`).length - 1;
    expect(count('#e8a673')).toBe(filled.filter(({ gap }) => gap! < 0).length);
    expect(count('#56b8a3')).toBe(filled.filter(({ gap }) => gap! > 0).length);
  });
});
