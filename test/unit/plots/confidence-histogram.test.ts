import { describe, expect, test } from 'vitest';
import { confidenceHistogram } from '../../../src/plots/index.ts';
import { sharpCounts, softCounts } from './sample-plots.ts';

interface Bar {
  readonly low: number;
  readonly high: number;
  readonly count: number;
  readonly correct: number;
}

const barsOf = (plot: object, name: string): readonly Bar[] =>
  (plot as { datasets: Record<string, readonly Bar[]> }).datasets[name]!;

describe('a histogram of confidence', () => {
  test('holds exactly the counts it was given, over equal widths from 0 to 1', () => {
    const bars = barsOf(confidenceHistogram(sharpCounts), 'counts');
    expect(bars.map(({ count }) => count)).toEqual(sharpCounts.all);
    expect(bars.map(({ correct }) => correct)).toEqual(sharpCounts.correct);
    expect(bars[0]!.low).toBe(0);
    expect(bars.at(-1)!.high).toBe(1);
    for (const [b, { low }] of bars.entries()) expect(low).toBe(b / 10);
  });

  test('puts two histograms on one scale of rows, the larger one clear of the frame', () => {
    const text = JSON.stringify(confidenceHistogram({ before: sharpCounts, after: softCounts }));
    const ends = [...text.matchAll(/"domain":\[0,([\d.]+)\]/g)].map(([, end]) => Number(end));
    expect(new Set(ends.filter((end) => end > 1))).toEqual(new Set([252]));
  });

  test('marks accuracy and mean confidence where they are given, and only there', () => {
    const { accuracy, meanConfidence } = sharpCounts;
    const marked = JSON.stringify(confidenceHistogram(sharpCounts));
    expect(marked).toContain(`{"value":${accuracy},"mean":"accuracy"}`);
    expect(marked).toContain(`{"value":${meanConfidence},"mean":"mean confidence"}`);
    expect(JSON.stringify(confidenceHistogram({ all: [1, 2], correct: [1, 1] }))).not.toContain('"rule"');
  });

  test('refuses counts of different lengths', () => {
    expect(() => confidenceHistogram({ all: [1, 2, 3], correct: [1, 2] })).toThrow(
      'E_SHAPE: the histogram has 3 counts of all rows and 2 of correct ones.',
    );
  });
});
