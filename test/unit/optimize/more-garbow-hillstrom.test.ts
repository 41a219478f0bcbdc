import { describe, expect, test } from 'vitest';
import { checkGradient } from '../../../src/optimize/gradient-check.ts';
import { lbfgs } from '../../../src/optimize/lbfgs.ts';
import reference from '../../reference/optimize-minima.json' with { type: 'json' };
import { furtherSizes, problems } from './more-garbow-hillstrom/index.ts';
import type { Problem } from './more-garbow-hillstrom/problem.ts';

/**
 * Distance to a minimum that counts as reaching it: of the value itself where that is 0, of its size elsewhere. The
 * figure the project promises.
 */
const reachTolerance = 1e-8;

/** Float64 against 90 digits: some hundred roundings, and residuals that cancel up to four of their digits. */
const roundingTolerance = 1e-11;

/** Extrapolated differences of a correct gradient: their truncation, h⁴ times a fifth derivative of at most 1e8. */
const gradientTolerance = 1e-7;
const gradientStep = 1e-4;

const all = [...problems, ...furtherSizes];
const title = ({ number, name, start }: Problem): string => `${number} ${name}, n = ${start.length}`;
const named = (list: readonly Problem[]): [string, Problem][] => list.map((each) => [title(each), each]);

function known({ number, start }: Problem) {
  return reference.problems.find((row) => row.number === number && row.variables === start.length);
}

/** The values of the minima, 0 where the paper's zero holds at any size. */
function minimaOf(problem: Problem): number[] {
  return known(problem)?.minima.map(({ value }) => value) ?? [0];
}

function isReached(problem: Problem, value: number): boolean {
  return minimaOf(problem).some((best) => Math.abs(value - best) <= reachTolerance * (best === 0 ? 1 : best));
}

const valueAt = ({ objective, start }: Problem, x: ArrayLike<number>): number =>
  objective(Float64Array.from(x), new Float64Array(start.length));

describe('the collection', () => {
  test('holds the 35 problems of the paper, once each and in order', () => {
    expect(problems.map(({ number }) => number)).toEqual(Array.from({ length: 35 }, (_, i) => i + 1));
    expect(problems.every((problem) => known(problem) !== undefined)).toBe(true);
  });

  test('refines minima that agree with the digits the paper prints', () => {
    const printed = reference.problems
      .flatMap(({ minima }) => minima)
      .filter(({ listed }) => /\./.test(listed));
    expect(printed.length).toBe(22);
    for (const { listed, value } of printed) {
      const unit = 10 ** (Math.floor(Math.log10(value)) - 5);
      expect(Math.abs(value - Number(listed))).toBeLessThan(1.01 * unit);
    }
  });

  test('starts nowhere near a minimum, so that standing still reaches none', () => {
    for (const problem of all) {
      const value = valueAt(problem, problem.start);
      for (const best of minimaOf(problem)) {
        expect(Math.abs(value - best)).toBeGreaterThan(100 * reachTolerance * (best === 0 ? 1 : best));
      }
    }
  });
});

describe('gradients', () => {
  test.each(named(all))('of %s are those its values show', (_, problem) => {
    const beside = Float64Array.from(problem.start, (value, j) => value + 0.03125 * (1 + (j % 3)));
    for (const x of [Float64Array.from(problem.start), beside]) {
      const { discrepancy } = checkGradient(problem.objective, x, { step: gradientStep });
      expect(discrepancy).toBeLessThan(gradientTolerance);
    }
  });

  test.each(named(all.filter(known)))(
    'and values of %s are those of a 90-digit formulation',
    (_, problem) => {
      const points = known(problem)!.points;
      expect(points.length).toBe(2);
      for (const { x, value, gradient } of points) {
        const ours = new Float64Array(x.length);
        const size = Math.max(...gradient.map(Math.abs));
        expect(Math.abs(problem.objective(Float64Array.from(x), ours) - value)).toBeLessThanOrEqual(
          roundingTolerance * value,
        );
        for (const [j, entry] of gradient.entries()) {
          expect(Math.abs(ours[j]! - entry)).toBeLessThanOrEqual(roundingTolerance * size);
        }
      }
    },
  );
});

describe('L-BFGS with its default options', () => {
  const runs = all.map((problem) => ({ problem, result: lbfgs(problem.objective, problem.start) }));
  const missed = (list: readonly Problem[]): string[] =>
    runs
      .filter(({ problem, result }) => list.includes(problem) && !isReached(problem, result.value))
      .map(({ problem }) => title(problem));

  test('reaches a listed minimum of all 35 problems', () => {
    expect(missed(problems)).toEqual([]);
    expect(problems.length - missed(problems).length).toBe(35);
  });

  test('reaches one at the further sizes too, but for the largest Watson problem', () => {
    expect(missed(furtherSizes)).toEqual(['20 Watson, n = 12']);
  });

  test('ends with a true status, and with the value and gradient at exactly the x it returns', () => {
    for (const { problem, result } of runs) {
      const gradient = new Float64Array(problem.start.length);
      expect(problem.objective(result.x.slice(), gradient)).toBe(result.value);
      expect(result.gradient).toEqual(gradient);
      expect(result.gradientNorm).toBe(Math.max(...gradient.map(Math.abs)));
      expect(result.gradientNorm <= 1e-8).toBe(problem.number !== 10);
      // Rounding of Meyer's value, 1e-10, hides its last decrease: which of the two words applies is chance.
      if (problem.number === 10) expect(result.status).toMatch(/^(converged-rounding|line-search-failed)$/);
      else expect(result.status).toBe('converged-gradient');
    }
  });

  test('counts every evaluation', () => {
    for (const { problem, result } of runs) {
      let calls = 0;
      lbfgs((x, gradient) => {
        calls += 1;
        return problem.objective(x, gradient);
      }, problem.start);
      expect(calls).toBe(result.evaluations);
    }
  });
});

describe('L-BFGS told to go on until rounding ends the search', () => {
  const runs = problems.map((problem) => ({
    problem,
    result: lbfgs(problem.objective, problem.start, { gradientTolerance: 0 }),
  }));

  test('still reaches all 35 and comes to an end by itself', () => {
    expect(runs.filter(({ problem, result }) => !isReached(problem, result.value))).toEqual([]);
    for (const { result } of runs) {
      expect(result.status).not.toMatch(/max|unbounded|finite/);
      expect(result.evaluations).toBeLessThan(2500);
    }
  });

  test('cries failure only where the value is rounded more coarsely than its size tells', () => {
    // Powell's two meet a singular Hessian at 1e-50; Meyer's and the trigonometric residuals cancel.
    const coarse = [10, 13, 22, 26];
    const failed = runs.filter(({ result }) => result.status === 'line-search-failed');
    expect(failed.map(({ problem }) => problem.number).filter((number) => !coarse.includes(number))).toEqual(
      [],
    );
    expect(runs.filter(({ result }) => result.status.startsWith('converged')).length).toBeGreaterThanOrEqual(
      31,
    );
  });
});
