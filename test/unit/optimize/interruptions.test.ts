import { describe, expect, test } from 'vitest';
import { lbfgs } from '../../../src/optimize/lbfgs.ts';
import type { Objective } from '../../../src/optimize/objective.ts';
import { expectTrue } from './expect-true.ts';

describe('a search interrupted', () => {
  const rosenbrock: Objective = (x, gradient) => {
    const [a, b] = [1 - x[0]!, x[1]! - x[0]! * x[0]!];
    gradient.set([-2 * a - 400 * x[0]! * b, 200 * b]);
    return a * a + 100 * b * b;
  };
  const start = [-1.2, 1];
  const startValue = rosenbrock(Float64Array.from(start), new Float64Array(2));

  test('by its budget of evaluations never exceeds it and keeps the best it has', () => {
    let before = startValue;
    for (let maxEvaluations = 1; maxEvaluations <= 45; maxEvaluations += 1) {
      let calls = 0;
      const counted: Objective = (x, gradient) => {
        calls += 1;
        return rosenbrock(x, gradient);
      };
      const result = lbfgs(counted, start, { maxEvaluations });
      expect([result.status, calls, result.evaluations]).toEqual([
        'max-evaluations',
        maxEvaluations,
        maxEvaluations,
      ]);
      expect(result.value).toBeLessThanOrEqual(before);
      expectTrue(result, rosenbrock);
      before = result.value;
    }
    expect(before).toBeLessThan(1e-6);
  });

  test('by its budget of iterations says so', () => {
    const none = lbfgs(rosenbrock, start, { maxIterations: 0 });
    expect([none.status, none.iterations, none.evaluations, none.value]).toEqual([
      'max-iterations',
      0,
      1,
      startValue,
    ]);
    const few = lbfgs(rosenbrock, start, { maxIterations: 7 });
    expect([few.status, few.iterations]).toEqual(['max-iterations', 7]);
    expectTrue(few, rosenbrock);
  });

  test('by a signal fired before it began has asked for nothing', () => {
    const asked = (): number => expect.unreachable('the objective was called');
    const result = lbfgs(asked, start, { signal: AbortSignal.abort() });
    expect([result.status, result.evaluations, [...result.x]]).toEqual(['aborted', 0, start]);
    expectTrue(result, asked);
  });

  test.each([1, 2, 3, 10, 30])('by a signal fired in evaluation %i asks for no more', (last) => {
    const controller = new AbortController();
    let calls = 0;
    const result = lbfgs(
      (x, gradient) => {
        calls += 1;
        if (calls === last) controller.abort();
        return rosenbrock(x, gradient);
      },
      start,
      { signal: controller.signal },
    );
    expect([result.status, calls]).toEqual(['aborted', last]);
    expect(result.value).toBeLessThanOrEqual(startValue);
    expectTrue(result, rosenbrock);
  });

  test('by its listener ends at the iterate shown', () => {
    let shown = Number.NaN;
    const result = lbfgs(rosenbrock, start, {
      onIteration: ({ iteration, value }) => {
        shown = value;
        return iteration === 5 ? 'stop' : undefined;
      },
    });
    expect([result.status, result.iterations, result.value]).toEqual(['stopped', 5, shown]);
  });

  test('by an objective or a listener that throws passes the very error on', () => {
    const failure = new Error('out of paper');
    for (const failing of [1, 2, 20]) {
      let calls = 0;
      const throwing: Objective = (x, gradient) => {
        calls += 1;
        if (calls === failing) throw failure;
        return rosenbrock(x, gradient);
      };
      expect(() => lbfgs(throwing, start)).toThrow(failure);
      expect(calls).toBe(failing);
    }
    const onIteration = (): void => {
      throw failure;
    };
    expect(() => lbfgs(rosenbrock, start, { onIteration })).toThrow(failure);
  });

  test('by small decreases stops at the first one within the tolerance', () => {
    const values: number[] = [];
    const result = lbfgs(rosenbrock, start, {
      functionTolerance: 1e-3,
      onIteration: ({ value }) => {
        values.push(value);
      },
    });
    const drops = values.slice(1).map((value, k) => values[k]! - value);
    expect(result.status).toBe('converged-function');
    expect(drops.at(-1)).toBeLessThanOrEqual(1e-3 * Math.max(1, values.at(-2)!));
    for (const [k, drop] of drops.slice(0, -1).entries()) {
      expect(drop).toBeGreaterThan(1e-3 * Math.max(1, values[k]!));
    }
  });
});
