import { type Problem, problem } from './problem.ts';

const meshStart = (n: number): number[] =>
  Array.from({ length: n }, (_, i) => ((i + 1) / (n + 1)) * ((i + 1) / (n + 1) - 1));

export function discreteBoundaryValue(n: number): Problem {
  const h = 1 / (n + 1);
  return problem(28, 'discrete boundary value', meshStart(n), n, (x, r, jacobian) => {
    for (let i = 0; i < n; i += 1) {
      const base = x[i]! + (i + 1) * h + 1;
      r[i] = 2 * x[i]! - (x[i - 1] ?? 0) - (x[i + 1] ?? 0) + (h * h * base ** 3) / 2;
      jacobian[i]![i] = 2 + (3 * h * h * base ** 2) / 2;
      if (i > 0) jacobian[i]![i - 1] = -1;
      if (i < n - 1) jacobian[i]![i + 1] = -1;
    }
  });
}

export function discreteIntegralEquation(n: number): Problem {
  const h = 1 / (n + 1);
  return problem(29, 'discrete integral equation', meshStart(n), n, (x, r, jacobian) => {
    for (let i = 0; i < n; i += 1) {
      const t = (i + 1) * h;
      r[i] = x[i]!;
      for (let j = 0; j < n; j += 1) {
        const s = (j + 1) * h;
        const kernel = (h / 2) * (j <= i ? (1 - t) * s : t * (1 - s));
        r[i] = r[i]! + kernel * (x[j]! + s + 1) ** 3;
        jacobian[i]![j] = 3 * kernel * (x[j]! + s + 1) ** 2;
      }
      jacobian[i]![i] = jacobian[i]![i]! + 1;
    }
  });
}

export function broydenTridiagonal(n: number): Problem {
  return problem(30, 'Broyden tridiagonal', new Array<number>(n).fill(-1), n, (x, r, jacobian) => {
    for (let i = 0; i < n; i += 1) {
      r[i] = (3 - 2 * x[i]!) * x[i]! - (x[i - 1] ?? 0) - 2 * (x[i + 1] ?? 0) + 1;
      jacobian[i]![i] = 3 - 4 * x[i]!;
      if (i > 0) jacobian[i]![i - 1] = -1;
      if (i < n - 1) jacobian[i]![i + 1] = -2;
    }
  });
}

export function broydenBanded(n: number): Problem {
  return problem(31, 'Broyden banded', new Array<number>(n).fill(-1), n, (x, r, jacobian) => {
    for (let i = 0; i < n; i += 1) {
      r[i] = x[i]! * (2 + 5 * x[i]! ** 2) + 1;
      for (let j = Math.max(0, i - 5); j <= Math.min(n - 1, i + 1); j += 1) {
        if (j === i) continue;
        r[i] = r[i]! - x[j]! * (1 + x[j]!);
        jacobian[i]![j] = -(1 + 2 * x[j]!);
      }
      jacobian[i]![i] = 2 + 15 * x[i]! ** 2;
    }
  });
}

/** m ≥ n. */
export function linearFullRank(n: number, m: number): Problem {
  return problem(32, 'linear, full rank', new Array<number>(n).fill(1), m, (x, r, jacobian) => {
    let sum = 0;
    for (let j = 0; j < n; j += 1) sum += x[j]!;
    for (let i = 0; i < m; i += 1) {
      r[i] = (i < n ? x[i]! : 0) - (2 / m) * sum - 1;
      jacobian[i]!.fill(-2 / m);
      if (i < n) jacobian[i]![i] = 1 - 2 / m;
    }
  });
}

/** m ≥ n. */
export function linearRankOne(n: number, m: number): Problem {
  return problem(33, 'linear, rank 1', new Array<number>(n).fill(1), m, (x, r, jacobian) => {
    let sum = 0;
    for (let j = 0; j < n; j += 1) sum += (j + 1) * x[j]!;
    for (let i = 0; i < m; i += 1) {
      r[i] = (i + 1) * sum - 1;
      for (let j = 0; j < n; j += 1) jacobian[i]![j] = (i + 1) * (j + 1);
    }
  });
}

/** m ≥ n. */
export function linearRankOneWithZeros(n: number, m: number): Problem {
  const start = new Array<number>(n).fill(1);
  return problem(34, 'linear, rank 1 with zero columns and rows', start, m, (x, r, jacobian) => {
    let sum = 0;
    for (let j = 1; j < n - 1; j += 1) sum += (j + 1) * x[j]!;
    for (let i = 0; i < m; i += 1) {
      const isZero = i === 0 || i === m - 1;
      r[i] = isZero ? -1 : i * sum - 1;
      for (let j = 1; !isZero && j < n - 1; j += 1) jacobian[i]![j] = i * (j + 1);
    }
  });
}

/** Shifted Chebyshev polynomials T_1..T_n of 2x − 1, averaged over the entries of x, less their integrals. */
export function chebyquad(n: number): Problem {
  const start = Array.from({ length: n }, (_, i) => (i + 1) / (n + 1));
  return problem(35, 'Chebyquad', start, n, (x, r, jacobian) => {
    for (let i = 0; i < n; i += 1) r[i] = i % 2 === 1 ? 1 / ((i + 1) ** 2 - 1) : 0;
    for (let j = 0; j < n; j += 1) {
      const y = 2 * x[j]! - 1;
      let [before, here] = [1, y];
      let [slopeBefore, slope] = [0, 2];
      for (let i = 0; i < n; i += 1) {
        r[i] = r[i]! + here / n;
        jacobian[i]![j] = slope / n;
        [slopeBefore, slope] = [slope, 4 * here + 2 * y * slope - slopeBefore];
        [before, here] = [here, 2 * y * here - before];
      }
    }
  });
}
