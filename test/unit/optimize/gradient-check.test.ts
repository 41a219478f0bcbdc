import { describe, expect, test } from 'vitest';
import { checkGradient, type GradientCheckOptions } from '../../../src/optimize/gradient-check.ts';
import type { Objective } from '../../../src/optimize/objective.ts';

const at = Float64Array.of(1.5, -0.7, 2000);

/** e^{x₀} cos x₁ + x₂²/10⁴, the gradient's entries multiplied by `factors`. */
const wavy =
  (...factors: [number, number, number]): Objective =>
  (x, gradient) => {
    const [a, b, c] = x as unknown as [number, number, number];
    gradient[0] = factors[0] * Math.exp(a) * Math.cos(b);
    gradient[1] = factors[1] * -Math.exp(a) * Math.sin(b);
    gradient[2] = factors[2] * 2e-4 * c;
    return Math.exp(a) * Math.cos(b) + 1e-4 * c * c;
  };

describe('a gradient check', () => {
  test('shows a correct gradient as one', () => {
    expect(checkGradient(wavy(1, 1, 1), at).discrepancy).toBeLessThan(1e-9);
  });

  test.each([0, 1, 2])('names coordinate %i where that entry is wrong by 1 %', (coordinate) => {
    const factors = [1, 1, 1].map((one, i) => (i === coordinate ? 1.01 : one)) as [number, number, number];
    const found = checkGradient(wavy(...factors), at);
    expect(found.coordinate).toBe(coordinate);
    expect(found.discrepancy).toBeGreaterThan(1e-5);
    expect(found.analytic! / found.numeric!).toBeCloseTo(1.01, 6);
  });

  test('is infinite where either side is not a number, and says null for it', () => {
    const brokenGradient = checkGradient(wavy(1, Number.NaN, 1), at);
    expect(brokenGradient).toMatchObject({
      discrepancy: Number.POSITIVE_INFINITY,
      coordinate: 1,
      analytic: null,
    });
    const edge = checkGradient((x, gradient) => {
      gradient[0] = 1 / (2 * Math.sqrt(x[0]!));
      return Math.sqrt(x[0]!);
    }, Float64Array.of(1e-9));
    expect(edge).toMatchObject({ discrepancy: Number.POSITIVE_INFINITY, coordinate: 0, numeric: null });
  });

  test('finds no fault in a flat function', () => {
    const flat: Objective = (_, gradient) => {
      gradient.fill(0);
      return 0;
    };
    expect(checkGradient(flat, at)).toEqual({ discrepancy: 0, coordinate: 0, analytic: 0, numeric: 0 });
  });

  test('asks 4n + 1 times and leaves the point alone', () => {
    let calls = 0;
    const point = at.slice();
    checkGradient((x, gradient) => {
      calls += 1;
      return wavy(1, 1, 1)(x, gradient);
    }, point);
    expect(calls).toBe(13);
    expect(point).toEqual(at);
  });

  test('refuses a point without coordinates and options it does not know', () => {
    expect(() => checkGradient(wavy(1, 1, 1), new Float64Array())).toThrow(
      'E_SHAPE: the point has no coordinates.',
    );
    const ask = (options: object) => () => checkGradient(wavy(1, 1, 1), at, options as GradientCheckOptions);
    expect(ask({ steps: 1 })).toThrow('E_OPTION: unknown option "steps"; did you mean "step"?');
    expect(ask({ step: 0 })).toThrow('E_OPTION: option "step" must be a finite number above 0, got 0.');
  });
});
