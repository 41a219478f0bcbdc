import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lbfgs } from '../../../src/optimize/lbfgs.ts';
import type { LbfgsOptions } from '../../../src/optimize/lbfgs-options.ts';
import type { Objective } from '../../../src/optimize/objective.ts';
import { problems } from './more-garbow-hillstrom/index.ts';
import { rosenbrock } from './more-garbow-hillstrom/two-variables.ts';

/** c·f(x/unit): the same function in other units, exactly so for powers of two. */
function inUnits(objective: Objective, unit: number, c: number): Objective {
  return (x, gradient) => {
    const value = objective(
      x.map((coordinate) => coordinate / unit),
      gradient,
    );
    for (let i = 0; i < gradient.length; i += 1) gradient[i] = (gradient[i]! * c) / unit;
    return value * c;
  };
}

describe('L-BFGS', () => {
  test('takes the same steps in any units of x and of the value, powers of two exactly so', () => {
    const moving = problems.filter(({ start }) => start.some((coordinate) => coordinate !== 0));
    fc.assert(
      fc.property(
        fc.constantFrom(...moving),
        fc.integer({ min: -150, max: 150 }),
        fc.integer({ min: -150, max: 150 }),
        ({ objective, start }, unitPower, valuePower) => {
          const [unit, c] = [2 ** unitPower, 2 ** valuePower];
          const options = { gradientTolerance: 0, maxIterations: 40 };
          const plain = lbfgs(objective, start, options);
          const scaled = lbfgs(
            inUnits(objective, unit, c),
            start.map((coordinate) => coordinate * unit),
            options,
          );
          expect(scaled.status).toBe(plain.status);
          expect([scaled.iterations, scaled.evaluations]).toEqual([plain.iterations, plain.evaluations]);
          expect(scaled.value / c).toBe(plain.value);
          expect(scaled.x.map((coordinate) => coordinate / unit)).toEqual(plain.x);
        },
      ),
      { numRuns: 100 },
    );
  });

  test('finds the minimum of a quadratic bowl of any shape', () => {
    const entries = fc.array(fc.double({ min: -2, max: 2, noNaN: true }), { minLength: 16, maxLength: 16 });
    fc.assert(
      fc.property(
        entries,
        fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 4, maxLength: 4 }),
        (root, best) => {
          // f = ½ (x − b)ᵀ(RᵀR + I)(x − b), whose curvatures lie in 1..65.
          const bowl: Objective = (x, gradient) => {
            const d = [0, 1, 2, 3].map((i) => x[i]! - best[i]!);
            const r = [0, 1, 2, 3].map((i) => d.reduce((sum, v, j) => sum + root[4 * i + j]! * v, 0));
            for (let j = 0; j < 4; j += 1) {
              gradient[j] = d[j]! + r.reduce((sum, v, i) => sum + v * root[4 * i + j]!, 0);
            }
            return [...d, ...r].reduce((sum, v) => sum + (v * v) / 2, 0);
          };
          const result = lbfgs(bowl, [1, 1, 1, 1]);
          expect(result.status).toBe('converged-gradient');
          // Curvatures of at least 1: the distance is at most the norm of the gradient.
          for (const [i, v] of best.entries()) expect(Math.abs(result.x[i]! - v)).toBeLessThanOrEqual(2e-8);
        },
      ),
      { numRuns: 200 },
    );
  });

  test('starts with minus the gradient times the curvature it is given', () => {
    const first = (initialCurvature: number | Float64Array): number[] => {
      let direction: number[] = [];
      lbfgs(rosenbrock.objective, rosenbrock.start, {
        initialCurvature,
        onIteration: ({ iteration, direction: d }) => {
          if (iteration === 1) direction = [...d];
          return iteration === 1 ? 'stop' : undefined;
        },
      });
      return direction;
    };
    const gradient = new Float64Array(2);
    rosenbrock.objective(Float64Array.from(rosenbrock.start), gradient);
    expect(first(2 ** -10)).toEqual([...gradient].map((g) => -g * 2 ** -10));
    expect(first(Float64Array.of(2 ** -10, 2 ** -8))).toEqual([
      -gradient[0]! * 2 ** -10,
      -gradient[1]! * 2 ** -8,
    ]);
  });

  test('converges at once on a separable bowl whose curvatures it is told', () => {
    const scales = Float64Array.of(1, 1e4, 1e8);
    const bowl: Objective = (x, gradient) => {
      let value = 0;
      for (let i = 0; i < 3; i += 1) {
        gradient[i] = scales[i]! * (x[i]! - 1);
        value += (scales[i]! * (x[i]! - 1) ** 2) / 2;
      }
      return value;
    };
    const told = lbfgs(bowl, [5, 5, 5], { initialCurvature: scales.map((scale) => 1 / scale) });
    expect([told.status, told.evaluations]).toEqual(['converged-gradient', 2]);
    expect([...told.x]).toEqual([1, 1, 1]);
    expect(lbfgs(bowl, [5, 5, 5]).evaluations).toBeGreaterThan(10);
  });

  test('says in one line how it ended', () => {
    const one = lbfgs(rosenbrock.objective, rosenbrock.start, { maxEvaluations: 1 });
    expect(one.message).toBe(
      'the budget of 1 evaluation is used up; the largest gradient entry is 216, after 0 iterations and 1 evaluation',
    );
    expect(lbfgs(() => Number.NaN, [1]).message).toBe(
      'value or gradient are not finite at the start, after 0 iterations and 1 evaluation',
    );
    const done = lbfgs(rosenbrock.objective, rosenbrock.start);
    expect(done.message).toMatch(
      /^the largest gradient entry is \d\.\d\de-9, within 1e-8, after \d+ iterations and \d+ evaluations$/,
    );
  });
});

test.each([
  [[], {}, 'E_SHAPE: the start has no coordinates.'],
  [[1, Number.NaN], {}, 'E_OPTION: the start must be finite, got NaN at coordinate 1.'],
  [[Number.POSITIVE_INFINITY], {}, 'E_OPTION: the start must be finite, got Infinity at coordinate 0.'],
  [[1], { memry: 3 }, 'E_OPTION: unknown option "memry"; did you mean "memory"?'],
  [[1], { memory: 0 }, 'E_OPTION: option "memory" must be a whole number 1..1000, got 0.'],
  [
    [1],
    { gradientTolerance: -1 },
    `E_OPTION: option "gradientTolerance" must be a number in 0..${Number.MAX_VALUE}, got -1.`,
  ],
  [
    [1],
    { functionTolerance: Number.NaN },
    `E_OPTION: option "functionTolerance" must be a number in 0..${Number.MAX_VALUE}, got NaN.`,
  ],
  [
    [1],
    { maxIterations: 1.5 },
    `E_OPTION: option "maxIterations" must be a whole number 0..${Number.MAX_SAFE_INTEGER}, got 1.5.`,
  ],
  [
    [1],
    { maxEvaluations: 0 },
    `E_OPTION: option "maxEvaluations" must be a whole number 1..${Number.MAX_SAFE_INTEGER}, got 0.`,
  ],
  [
    [1],
    { initialCurvature: 0 },
    'E_OPTION: option "initialCurvature" must be a finite number above 0, got 0.',
  ],
  [
    [1],
    { initialCurvature: Float64Array.of(-1) },
    'E_OPTION: option "initialCurvature" must be a finite number above 0, got -1.',
  ],
  [
    [1],
    { initialCurvature: Float64Array.of(1, 1) },
    'E_SHAPE: option "initialCurvature" has 2 entries, the start has 1.',
  ],
  [
    [1],
    { wolfe: { c2: 0.5 } },
    'E_OPTION: unknown option "c2"; the options are sufficientDecrease, curvature.',
  ],
  [[1], { wolfe: { curvature: 2 } }, 'E_OPTION: option "curvature" must be above 0.0001 and below 1, got 2.'],
])('a start of %j with the options %j is refused before anything is evaluated', (start, options, line) => {
  const asked = (): number => expect.unreachable('the objective was called');
  expect(() => lbfgs(asked, start, options as LbfgsOptions)).toThrow(line);
});
