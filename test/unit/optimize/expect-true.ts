import { expect } from 'vitest';
import type { LbfgsResult } from '../../../src/optimize/lbfgs-result.ts';
import type { Objective } from '../../../src/optimize/objective.ts';

/** A result holds no NaN, whatever happened, and belongs to the x it names. */
export function expectTrue(result: LbfgsResult, objective: Objective): void {
  expect([...result.x, ...result.gradient, result.value, result.gradientNorm].some(Number.isNaN)).toBe(false);
  expect([...result.x].every(Number.isFinite)).toBe(true);
  expect(result.gradientNorm).toBe(Math.max(...[...result.gradient].map(Math.abs)));
  if (result.status === 'non-finite-start' || result.evaluations === 0) {
    expect([result.value, result.gradientNorm]).toEqual([Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]);
    return;
  }
  const gradient = new Float64Array(result.x.length);
  expect(objective(result.x.slice(), gradient)).toBe(result.value);
  expect(result.gradient).toEqual(gradient);
}
