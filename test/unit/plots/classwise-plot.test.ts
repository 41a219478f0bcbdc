import { describe, expect, test } from 'vitest';
import { classwisePlot } from '../../../src/plots/index.ts';
import { classes } from './sample-plots.ts';

interface Dots {
  readonly name: string;
  readonly before: number;
  readonly after: number | null;
}

const dotsOf = (plot: object): readonly Dots[] =>
  (plot as { datasets: { classes: readonly Dots[] } }).datasets.classes;

describe('a class-wise plot', () => {
  test('holds exactly the errors it was given, the largest before on top, ties in their order', () => {
    const drawn = dotsOf(classwisePlot(classes));
    expect(drawn.map(({ before }) => before)).toEqual([0.034, 0.034, 0.021, 0]);
    expect(drawn.map(({ after }) => after)).toEqual([0.011, 0.036, 0.013, 0.002]);
    expect(drawn.map(({ name }) => name)).toEqual(['dog', 'a class with a very l…', 'cat', 'fox']);
  });

  test('shows no more classes than its limit', () => {
    expect(dotsOf(classwisePlot(classes, { limit: 2 })).map(({ before }) => before)).toEqual([0.034, 0.034]);
    const many = Array.from({ length: 50 }, (_, k) => ({ name: `c${k}`, before: k / 100, after: null }));
    expect(dotsOf(classwisePlot(many))).toHaveLength(20);
    expect(() => classwisePlot(classes, { limit: 0 })).toThrow(
      'E_OPTION: option "limit" must be a whole number 1..1000, got 0.',
    );
  });

  test('makes names safe to print and cuts them by characters, not by code units', () => {
    const hostile = [
      { name: '\u202Eevil\u0000', before: 0.1, after: null },
      { name: '😀'.repeat(40), before: 0.05, after: null },
    ];
    const [first, second] = dotsOf(classwisePlot(hostile));
    expect(first!.name).toBe('\\u202Eevil\\u0000');
    expect(second!.name).toBe(`${'😀'.repeat(21)}…`);
  });

  test('explains its colours only where there are two', () => {
    const alone = classes.map((row) => ({ ...row, after: null }));
    expect(JSON.stringify(classwisePlot(classes))).toContain('"orient":"top"');
    expect(JSON.stringify(classwisePlot(alone))).not.toContain('"orient":"top"');
  });
});
