import { describe, expect, test } from 'vitest';
import { nllCurvePlot } from '../../../src/plots/index.ts';
import { curve, optimum } from './sample-plots.ts';

const ticksOf = (plot: object): readonly number[] =>
  JSON.parse(/"values":(\[[\d.,]+\]),"format":"~g"/.exec(JSON.stringify(plot))![1]!) as number[];

describe('a plot of the NLL against the temperature', () => {
  test('holds exactly the points of its curve and nothing of them but T and NLL', () => {
    const points = curve.map((point) => ({ ...point, extra: 1 }));
    expect((nllCurvePlot(points)['datasets'] as { curve: unknown }).curve).toEqual(curve);
  });

  test('marks T = 1 always, the optimum and its label where they are given', () => {
    const bare = JSON.stringify(nllCurvePlot(curve));
    expect(bare).toContain('"values":[{"temperature":1}]');
    expect(bare).not.toContain('"type":"point"');
    const marked = JSON.stringify(nllCurvePlot(curve, { optimum }));
    expect(marked).toContain('"values":[{"temperature":1.8,"nll":0.53}]');
    expect(marked).toContain('"text":{"value":"T = 1.80"}');
    expect(JSON.stringify(nllCurvePlot(curve, { optimum, label: 'here' }))).toContain('{"value":"here"}');
  });

  test('shades the interval, and to the end of the curve where it is open', () => {
    const band = (interval: readonly [number | null, number | null]): unknown =>
      JSON.parse(
        /"values":\[(\{"temperature":[\d.]+,"end":[\d.]+\})\]/.exec(
          JSON.stringify(nllCurvePlot(curve, { optimum, interval })),
        )![1]!,
      );
    const last = curve.at(-1)!.temperature;
    expect(band([1.7, 1.9])).toEqual({ temperature: 1.7, end: 1.9 });
    expect(band([null, 1.9])).toEqual({ temperature: 0.5, end: 1.9 });
    expect(band([1.7, null])).toEqual({ temperature: 1.7, end: last });
    expect(band([0.01, 1000])).toEqual({ temperature: 0.5, end: last });
  });

  test('names the values that people expect on a logarithmic axis', () => {
    expect(ticksOf(nllCurvePlot(curve))).toEqual([0.5, 1, 2, 5]);
    const wide = [1e-6, 1e6].map((temperature) => ({ temperature, nll: 1 }));
    expect(ticksOf(nllCurvePlot(wide)).every((tick) => /^1/.test(tick.toExponential()))).toBe(true);
  });

  test('always has T = 1 within its axis', () => {
    const cold = [0.01, 0.02].map((temperature) => ({ temperature, nll: 1 }));
    const domain = /"type":"log","domain":\[([\d.]+),([\d.]+)\]/.exec(JSON.stringify(nllCurvePlot(cold)))!;
    expect([Number(domain[1]), Number(domain[2])]).toEqual([0.01, 1]);
  });
});
