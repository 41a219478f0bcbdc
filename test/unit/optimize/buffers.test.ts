import { afterEach, describe, expect, test, vi } from 'vitest';
import { lbfgs } from '../../../src/optimize/lbfgs.ts';
import type { LbfgsIteration } from '../../../src/optimize/lbfgs-trace.ts';
import type { Objective } from '../../../src/optimize/objective.ts';
import { extendedRosenbrock, watson } from './more-garbow-hillstrom/any-dimension-curved.ts';

/** Runs a search and collects every array and record that it shows to the outside. */
function shownBy(objective: Objective, start: readonly number[], memory: number) {
  const points = new Set<Float64Array>();
  const gradients = new Set<Float64Array>();
  const records = new Set<LbfgsIteration>();
  const directions = new Set<Float64Array>();
  const traced = new Set<Float64Array>();
  const result = lbfgs(
    (x, gradient) => {
      points.add(x);
      gradients.add(gradient);
      return objective(x, gradient);
    },
    start,
    {
      memory,
      gradientTolerance: 0,
      onIteration: (shown) => {
        records.add(shown);
        directions.add(shown.direction);
        traced.add(shown.x).add(shown.gradient);
      },
    },
  );
  return { result, points, gradients, records, directions, traced };
}

describe('the loop of L-BFGS', () => {
  afterEach(() => vi.unstubAllGlobals());

  test.each([
    ['Rosenbrock of 20 variables', extendedRosenbrock(20)],
    ['Watson of 9', watson(9)],
  ])('shows %s the same three points and three gradients all along', (_, { objective, start }) => {
    for (const memory of [1, 5, 30]) {
      const { result, points, gradients, records, directions, traced } = shownBy(objective, start, memory);
      expect(result.iterations).toBeGreaterThan(30);
      expect([points.size, gradients.size]).toEqual([3, 3]);
      expect([records.size, directions.size]).toEqual([1, 1]);
      for (const array of traced) expect(points.has(array) || gradients.has(array)).toBe(true);
      expect(points.has(result.x)).toBe(true);
    }
  });

  test('makes no typed array after the first evaluation', () => {
    let made = 0;
    vi.stubGlobal(
      'Float64Array',
      new Proxy(Float64Array, {
        construct: (target, given: [number]) => {
          made += 1;
          return new target(...given);
        },
      }),
    );
    const { objective, start } = extendedRosenbrock(20);
    const seen: number[] = [];
    lbfgs((x, gradient) => {
      seen.push(made);
      return objective(x, gradient);
    }, start);
    // The history is made when the start has been judged; nothing after that.
    expect(seen.length).toBeGreaterThan(40);
    expect(made).toBeGreaterThan(20);
    expect(new Set(seen.slice(1)).size).toBe(1);
    expect(seen.at(-1)).toBe(made);
  });

  test('leaves the start alone and never hands out an array of another run', () => {
    const { objective, start } = extendedRosenbrock(4);
    const given = Float64Array.from(start);
    const first = lbfgs(objective, given);
    const copy = first.x.slice();
    const second = lbfgs(objective, given);
    expect([...given]).toEqual(start);
    expect(second.x).not.toBe(first.x);
    expect(second.x).toEqual(copy);
    expect(first.x).toEqual(copy);
  });
});
