import { describe, expect, test } from 'vitest';
import { lbfgs } from '../../src/optimize/lbfgs.ts';
import { problems } from '../unit/optimize/more-garbow-hillstrom/index.ts';
import reference from './optimize-scipy.json' with { type: 'json' };

/**
 * Both searches stop at a largest gradient entry of 1e-8, which leaves each some g²/2λ above its minimum, λ being the
 * smallest curvature there; the flattest here are near 1e-5 at values of 1e-4, which leaves 1e-8 of the value. Where
 * the minimum is 0 the values are residues of no meaning, and the distance is absolute.
 */
const agreement = 1e-8;
const absoluteBelow = 1e-10;

const runs = problems.map((problem, i) => ({
  title: `${problem.number} ${problem.name}`,
  ours: lbfgs(problem.objective, problem.start),
  scipy: reference.problems[i]!,
}));
const allowed = (value: number): number => agreement * (value < absoluteBelow ? 1 : value);
const converged = runs.filter(({ scipy }) => scipy.message.includes('PROJECTED GRADIENT'));

describe("SciPy's L-BFGS-B", () => {
  test('meets the gradient tolerance on 30 of the 35; overflow or rounding stop it on the others', () => {
    expect(runs.map(({ scipy }) => scipy.number)).toEqual(problems.map(({ number }) => number));
    const others = runs.filter((run) => !converged.includes(run));
    expect(others.map(({ scipy }) => scipy.number)).toEqual([3, 6, 10, 16, 19]);
  });

  test.each(converged)('ends $title at the same value', ({ ours, scipy }) => {
    expect(Math.abs(ours.value - scipy.value)).toBeLessThanOrEqual(allowed(scipy.value));
  });

  test('is nowhere lower by more than the tolerance, whatever stopped it', () => {
    for (const { ours, scipy } of runs) {
      expect(ours.value).toBeLessThanOrEqual(scipy.value + allowed(scipy.value));
    }
  });

  test('needs about as many evaluations on what it finishes: ours are within a quarter of its number', () => {
    const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);
    const ours = sum(converged.map((run) => run.ours.evaluations));
    const theirs = sum(converged.map((run) => run.scipy.evaluations));
    expect(ours).toBeLessThan(1.25 * theirs);
  });
});
