import { describe, expect, test } from 'vitest';
import { lbfgs } from '../../../src/optimize/lbfgs.ts';
import type { LbfgsOptions } from '../../../src/optimize/lbfgs-options.ts';
import type { LbfgsIteration } from '../../../src/optimize/lbfgs-trace.ts';
import { furtherSizes, problems } from './more-garbow-hillstrom/index.ts';
import type { Problem } from './more-garbow-hillstrom/problem.ts';

/** One iterate, copied out of the work buffers and evaluated anew. */
interface Iterate {
  readonly x: Float64Array;
  readonly value: number;
  readonly gradient: Float64Array;
  readonly direction: Float64Array;
  readonly step: number;
  readonly accepted: LbfgsIteration['accepted'];
}

/** What the search counts as rounding of a value: 16 units in the last place of the smallest seen. */
const roundingUlps = 16;

/**
 * Steps whose value alone falls are let pass where it falls by less than this share, or by less than rounding of the
 * start's value: what cancelling residuals can blur.
 */
const cancellation = 1e-10;

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, entry, i) => sum + entry * b[i]!, 0);
}

/** Every iterate of a run; the trace must agree with the objective, bit for bit. */
function iteratesOf({ objective, start }: Problem, options: LbfgsOptions): Iterate[] {
  const iterates: Iterate[] = [];
  const result = lbfgs(objective, start, {
    ...options,
    onIteration: (shown) => {
      const gradient = new Float64Array(start.length);
      const x = shown.x.slice();
      const value = objective(x, gradient);
      expect(shown.iteration).toBe(iterates.length);
      expect(shown.value).toBe(value);
      expect(shown.gradient).toEqual(gradient);
      const { step, accepted } = shown;
      iterates.push({ x, value, gradient, direction: shown.direction.slice(), step, accepted });
    },
  });
  expect(iterates.length).toBe(result.iterations + 1);
  expect(iterates.at(-1)!.x).toEqual(result.x);
  return iterates;
}

/** Holds each step to the condition it was accepted by, and returns how many were accepted by which. */
function judge(iterates: readonly Iterate[], c1: number, c2: number): Record<string, number> {
  const counts: Record<string, number> = { wolfe: 0 };
  let lowest = iterates[0]!.value;
  const blur = Number.EPSILON * lowest;
  for (const [k, { x, value, gradient, direction, step, accepted }] of iterates.entries()) {
    const before = iterates[k - 1];
    if (before === undefined) {
      expect([step, accepted, Math.max(...direction)]).toEqual([0, null, 0]);
      continue;
    }
    expect(step).toBeGreaterThan(0);
    expect(x).toEqual(before.x.map((coordinate, i) => coordinate + step * direction[i]!));
    const startSlope = dot(before.gradient, direction);
    const slope = dot(gradient, direction);
    expect(startSlope).toBeLessThan(0);
    expect(['wolfe', 'approximate-wolfe', 'sufficient-decrease']).toContain(accepted);
    counts[accepted!] = (counts[accepted!] ?? 0) + 1;
    if (accepted === 'approximate-wolfe') {
      expect(value).toBeLessThanOrEqual(lowest + roundingUlps * Number.EPSILON * Math.abs(lowest));
      expect(slope).toBeLessThanOrEqual((2 * c1 - 1) * startSlope);
      expect(Math.abs(slope)).toBeLessThanOrEqual(c2 * -startSlope);
    } else {
      expect(value).toBeLessThan(before.value);
      expect(value).toBeLessThanOrEqual(before.value + c1 * step * startSlope);
      if (accepted === 'wolfe') expect(Math.abs(slope)).toBeLessThanOrEqual(c2 * -startSlope);
      else expect(before.value - value).toBeLessThanOrEqual(cancellation * before.value + blur);
    }
    lowest = Math.min(lowest, value);
  }
  return counts;
}

const all = [...problems, ...furtherSizes];
const slack = [
  { constants: {}, c1: 1e-4, c2: 0.9 },
  { constants: { curvature: 0.1 }, c1: 1e-4, c2: 0.1 },
  { constants: { sufficientDecrease: 0.1, curvature: 0.4 }, c1: 0.1, c2: 0.4 },
];

/** Meyer, Osborne 1 and Watson, whose residuals cancel: at their minima no step may meet the curvature condition. */
const cancelling = [10, 17, 20];

describe.each(slack)('with c1 = $c1 and c2 = $c2', ({ constants, c1, c2 }) => {
  test('every step of every problem meets the conditions it was accepted by', () => {
    const total: Record<string, number> = {};
    const decreaseOnly = new Set<number>();
    for (const problem of all) {
      const counts = judge(iteratesOf(problem, { wolfe: constants, maxIterations: 700 }), c1, c2);
      if (counts['sufficient-decrease'] !== undefined) decreaseOnly.add(problem.number);
      for (const [accepted, count] of Object.entries(counts))
        total[accepted] = (total[accepted] ?? 0) + count;
    }
    expect([...decreaseOnly].filter((number) => !cancelling.includes(number))).toEqual([]);
    const { wolfe = 0, ...others } = total;
    const rest = Object.values(others).reduce((sum, count) => sum + count, 0);
    expect(wolfe).toBeGreaterThan(2000);
    expect(rest).toBeLessThan(wolfe / 200);
  });
});

test('steps within the rounding of the value obey the approximate conditions', () => {
  const total: Record<string, number> = {};
  for (const problem of problems) {
    const iterates = iteratesOf(problem, { gradientTolerance: 0 });
    for (const [accepted, count] of Object.entries(judge(iterates, 1e-4, 0.9))) {
      total[accepted] = (total[accepted] ?? 0) + count;
    }
  }
  expect(total['approximate-wolfe']).toBeGreaterThan(100);
});
