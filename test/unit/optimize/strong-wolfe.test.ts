import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../../src/core/random.ts';
import type { LineFunction, LinePoint } from '../../../src/optimize/line-search.ts';
import { type StrongWolfeOptions, strongWolfe } from '../../../src/optimize/strong-wolfe.ts';

/** The test functions of Moré and Thuente 1994, ACM TOMS 20(3), section 5, by the numbers of their equations. */
const yanai =
  (beta1: number, beta2: number): LineFunction =>
  (t) => {
    const [root1, root2] = [Math.hypot(1 - t, beta2), Math.hypot(t, beta1)];
    const gamma = (beta: number): number => Math.sqrt(1 + beta * beta) - beta;
    return {
      value: gamma(beta1) * root1 + gamma(beta2) * root2,
      slope: (gamma(beta1) * (t - 1)) / root1 + (gamma(beta2) * t) / root2,
    };
  };

/** A kink of curvature 1/beta, smoothed over beta, with 39/2 ripples on it. */
function rippled(t: number): LinePoint {
  const [beta, ripples] = [0.01, 39];
  const smooth = (t - 1) ** 2 / (2 * beta) + beta / 2;
  const value = t <= 1 - beta ? 1 - t : t >= 1 + beta ? t - 1 : smooth;
  const slope = t <= 1 - beta ? -1 : t >= 1 + beta ? 1 : (t - 1) / beta;
  const phase = (ripples * Math.PI * t) / 2;
  return {
    value: value + ((2 * (1 - beta)) / (ripples * Math.PI)) * Math.sin(phase),
    slope: slope + (1 - beta) * Math.cos(phase),
  };
}

const moreThuente: [string, LineFunction, number, number][] = [
  ['5.1', (t) => ({ value: -t / (t * t + 2), slope: (t * t - 2) / (t * t + 2) ** 2 }), 1e-3, 0.1],
  [
    '5.2',
    (t) => ({
      value: (t + 0.004) ** 5 - 2 * (t + 0.004) ** 4,
      slope: 5 * (t + 0.004) ** 4 - 8 * (t + 0.004) ** 3,
    }),
    0.1,
    0.1001,
  ],
  ['5.3', rippled, 0.1, 0.1001],
  ['5.4, β = 0.001, 0.001', yanai(0.001, 0.001), 1e-3, 1.1e-3],
  ['5.4, β = 0.01, 0.001', yanai(0.01, 0.001), 1e-3, 1.1e-3],
  ['5.4, β = 0.001, 0.01', yanai(0.001, 0.01), 1e-3, 1.1e-3],
];

/** Most evaluations that any published search needs on these from the worst start is 12; ours may take twice that. */
const evaluationLimit = 24;

/** Asserts both conditions from fresh values. */
function expectWolfe(line: LineFunction, options: StrongWolfeOptions): number {
  const { sufficientDecrease: c1 = 1e-4, curvature: c2 = 0.9 } = options;
  const start = { ...line(0) };
  const { step, value, slope, status, evaluations } = strongWolfe(line, start, options);
  expect(status).toBe('wolfe');
  expect({ ...line(step) }).toEqual({ value, slope });
  expect(step).toBeGreaterThan(0);
  expect(value).toBeLessThanOrEqual(start.value + c1 * step * start.slope);
  expect(Math.abs(slope)).toBeLessThanOrEqual(c2 * -start.slope);
  return evaluations;
}

describe('a step that meets the strong Wolfe conditions', () => {
  describe.each(moreThuente)('is found on function %s of Moré and Thuente', (_, line, c1, c2) => {
    test.each([1e-3, 0.1, 10, 1000])('from a first step of %d', (initialStep) => {
      const options = { sufficientDecrease: c1, curvature: c2, initialStep };
      expect(expectWolfe(line, options)).toBeLessThanOrEqual(evaluationLimit);
    });
  });

  test('is found on 200 generated functions, whatever their scale', () => {
    const random = seededRandom(20);
    const between = (low: number, high: number): number => low + (high - low) * random.uniform();
    let evaluations = 0;
    for (let k = 0; k < 200; k += 1) {
      const [width, height] = [10 ** between(-40, 40), 10 ** between(-40, 40)];
      const [minimum, skew, wave, phase] = [
        between(0.5, 20),
        between(0.1, 3),
        between(0, 0.4),
        between(0, 6),
      ];
      const line: LineFunction = (t) => {
        const s = t / width;
        const root = Math.sqrt(1 + skew * (s - minimum) ** 2);
        return {
          value: height * (root + wave * Math.sin(s + phase)),
          slope: (height / width) * ((skew * (s - minimum)) / root + wave * Math.cos(s + phase)),
        };
      };
      if (!(line(0).slope < 0)) continue;
      const curvature = between(0.01, 0.9);
      evaluations += expectWolfe(line, { curvature, initialStep: width * 10 ** between(-3, 3) });
    }
    expect(evaluations).toBeGreaterThan(400);
    expect(evaluations).toBeLessThan(200 * 8);
  });

  test.each([1e-100, 1e-30, 1e30, 1e100])('is found though the first step is wrong by %d', (initialStep) => {
    const parabola: LineFunction = (t) => ({ value: (t - 3) ** 2, slope: 2 * (t - 3) });
    expect(expectWolfe(parabola, { initialStep, curvature: 0.5 })).toBeLessThanOrEqual(30);
  });

  test('is found beyond regions without a value', () => {
    const well: LineFunction = (t) =>
      t > 1 ? { value: Number.NaN, slope: Number.NaN } : { value: (t - 0.9) ** 2, slope: 2 * (t - 0.9) };
    expectWolfe(well, { initialStep: 1e6, curvature: 0.1 });
    const wall: LineFunction = (t) => ({
      value: t < 1 ? -Math.log(1 - t) - 2 * t : Infinity,
      slope: 1 / (1 - t) - 2,
    });
    expectWolfe(wall, { initialStep: 8, curvature: 0.01 });
  });
});

describe('a search without such a step says why', () => {
  const falling: LineFunction = (t) => ({ value: -t, slope: -1 });

  test('the limit on the step was met still falling', () => {
    const found = strongWolfe(falling, falling(0), { maxStep: 100 });
    expect([found.status, found.step, found.value, found.slope]).toEqual(['step-limit', 100, -100, -1]);
    const edge = strongWolfe(falling, falling(0));
    expect([edge.status, edge.step]).toEqual(['step-limit', Number.MAX_VALUE]);
  });

  test('the function is −Infinity, which is never the answer', () => {
    const abyss: LineFunction = (t) => ({ value: t > 10 ? Number.NEGATIVE_INFINITY : -t, slope: -1 });
    const found = strongWolfe(abyss, abyss(0));
    expect(found.status).toBe('unbounded');
    expect(found.step).toBeGreaterThan(0);
    expect(found.value).toBe(-found.step);
  });

  test('the value falls up to a jump, where no slope is small', () => {
    const jump: LineFunction = (t) => ({ value: t < 2 ? -t : 5, slope: -1 });
    const found = strongWolfe(jump, jump(0));
    expect(found.status).toBe('sufficient-decrease');
    expect(found.step).toBeLessThan(2);
    expect(found.step).toBeGreaterThan(1.99);
  });

  test('nothing lowers the value', () => {
    const lying: LineFunction = (t) => ({ value: t, slope: -1 });
    expect(strongWolfe(lying, lying(0))).toMatchObject({
      status: 'no-decrease',
      step: 0,
      value: 0,
      slope: -1,
    });
    const lonely: LineFunction = (t) => ({ value: t === 0 ? 1 : Number.NaN, slope: -1 });
    expect(strongWolfe(lonely, lonely(0))).toMatchObject({ status: 'no-decrease', step: 0, value: 1 });
  });

  test.each([
    [1, 0],
    [1, 2],
    [1, Number.NaN],
    [1, Number.NEGATIVE_INFINITY],
    [Number.NaN, -1],
    [Number.POSITIVE_INFINITY, -1],
  ])('the start has value %d and slope %d', (value, slope) => {
    const asked: LineFunction = () => expect.unreachable('nothing is to be evaluated');
    const found = strongWolfe(asked, { value, slope });
    expect([found.status, found.step, found.evaluations]).toEqual(['not-descent', 0, 0]);
    expect([found.value, found.slope].some(Number.isNaN)).toBe(false);
  });

  test('the signal fired', () => {
    const controller = new AbortController();
    let calls = 0;
    const line: LineFunction = (t) => {
      calls += 1;
      if (calls === 3) controller.abort();
      return falling(t);
    };
    const found = strongWolfe(line, falling(0), { signal: controller.signal });
    expect([found.status, calls, found.evaluations]).toEqual(['aborted', 3, 3]);
    expect(found.value).toBe(-found.step);
  });

  test('the evaluations ran out', () => {
    const found = strongWolfe(falling, falling(0), { maxEvaluations: 4 });
    expect([found.status, found.evaluations]).toEqual(['sufficient-decrease', 4]);
  });

  test('rounding hides the decrease, and the slopes decide', () => {
    const tall: LineFunction = (t) => ({ value: 1e16 + 0 * t, slope: 2 * (t - 3) });
    const found = strongWolfe(tall, tall(0), { curvature: 0.1 });
    expect(found.status).toBe('approximate-wolfe');
    expect(Math.abs(found.slope)).toBeLessThanOrEqual(0.1 * 6);
    expect(strongWolfe(tall, tall(0), { curvature: 0.1, noise: 0 }).status).toBe('approximate-wolfe');
    // c1 = 0.4 asks for a slope of at most 0.2·6, which 3 at the first step is not though the curvature allows it.
    const strict = strongWolfe(tall, tall(0), { sufficientDecrease: 0.4, initialStep: 4.5 });
    expect(strict.status).toBe('approximate-wolfe');
    expect(strict.slope).toBeLessThanOrEqual(0.2 * 6);
    const risen: LineFunction = (t) => ({ value: t === 0 ? 0 : 1, slope: 2 * (t - 3) });
    expect(strongWolfe(risen, risen(0), { noise: 0 }).status).toBe('no-decrease');
    expect(strongWolfe(risen, risen(0), { noise: 1 }).status).toBe('approximate-wolfe');
  });
});

test.each([
  [{ curvture: 0.5 }, 'unknown option "curvture"; did you mean "curvature"?'],
  [{ sufficientDecrease: 0 }, 'option "sufficientDecrease" must be above 0 and below 0.5, got 0.'],
  [{ sufficientDecrease: 0.5 }, 'option "sufficientDecrease" must be above 0 and below 0.5, got 0.5.'],
  [{ curvature: 1 }, 'option "curvature" must be above 0.0001 and below 1, got 1.'],
  [{ sufficientDecrease: 0.3, curvature: 0.2 }, 'option "curvature" must be above 0.3 and below 1, got 0.2.'],
  [{ initialStep: 0 }, 'option "initialStep" must be a finite number above 0, got 0.'],
  [{ maxStep: Number.NaN }, 'option "maxStep" must be a finite number above 0, got NaN.'],
  [{ minStep: -1 }, `option "minStep" must be a number in 0..${Number.MAX_VALUE}, got -1.`],
  [{ noise: -1 }, `option "noise" must be a number in 0..${Number.MAX_VALUE}, got -1.`],
  [{ maxEvaluations: 0 }, 'option "maxEvaluations" must be a whole number 1..10000, got 0.'],
])('the options %j are refused', (options, line) => {
  const parabola: LineFunction = (t) => ({ value: (t - 3) ** 2, slope: 2 * (t - 3) });
  expect(() => strongWolfe(parabola, parabola(0), options as StrongWolfeOptions)).toThrow(
    `E_OPTION: ${line}`,
  );
});
