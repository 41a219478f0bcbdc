import type { Objective } from '../../../../src/optimize/objective.ts';

/** One problem of Moré, Garbow and Hillstrom 1981, "Testing unconstrained optimization software", ACM TOMS 7(1). */
export interface Problem {
  /** Its number in section 3 of the paper, 1..35. */
  readonly number: number;
  readonly name: string;
  readonly start: readonly number[];
  readonly objective: Objective;
}

/** Writes m residuals and their m×n Jacobian, rows of which are 0 on entry. Indices start at 0, the paper's at 1. */
export type Residuals = (x: Float64Array, residuals: Float64Array, jacobian: readonly Float64Array[]) => void;

/** The sum of squares of m residuals: f = Σ r_i², ∇f = 2 Jᵀr. */
export function sumOfSquares(m: number, n: number, residuals: Residuals): Objective {
  const r = new Float64Array(m);
  const jacobian = Array.from({ length: m }, () => new Float64Array(n));
  return (x, gradient) => {
    for (const row of jacobian) row.fill(0);
    residuals(x, r, jacobian);
    gradient.fill(0);
    let value = 0;
    for (let i = 0; i < m; i += 1) {
      value += r[i]! * r[i]!;
      for (let j = 0; j < n; j += 1) gradient[j] = gradient[j]! + 2 * r[i]! * jacobian[i]![j]!;
    }
    return value;
  };
}

/** A problem from its residuals. */
export function problem(
  number: number,
  name: string,
  start: readonly number[],
  m: number,
  residuals: Residuals,
): Problem {
  return { number, name, start, objective: sumOfSquares(m, start.length, residuals) };
}
