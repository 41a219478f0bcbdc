import { problem } from './problem.ts';

export const rosenbrock = problem(1, 'Rosenbrock', [-1.2, 1], 2, (x, r, jacobian) => {
  const [a, b] = x as unknown as [number, number];
  r.set([10 * (b - a * a), 1 - a]);
  jacobian[0]!.set([-20 * a, 10]);
  jacobian[1]!.set([-1, 0]);
});

export const freudensteinRoth = problem(2, 'Freudenstein and Roth', [0.5, -2], 2, (x, r, jacobian) => {
  const [a, b] = x as unknown as [number, number];
  r.set([-13 + a + ((5 - b) * b - 2) * b, -29 + a + ((b + 1) * b - 14) * b]);
  jacobian[0]!.set([1, (10 - 3 * b) * b - 2]);
  jacobian[1]!.set([1, (3 * b + 2) * b - 14]);
});

export const powellBadlyScaled = problem(3, 'Powell badly scaled', [0, 1], 2, (x, r, jacobian) => {
  const [a, b] = x as unknown as [number, number];
  r.set([1e4 * a * b - 1, Math.exp(-a) + Math.exp(-b) - 1.0001]);
  jacobian[0]!.set([1e4 * b, 1e4 * a]);
  jacobian[1]!.set([-Math.exp(-a), -Math.exp(-b)]);
});

export const brownBadlyScaled = problem(4, 'Brown badly scaled', [1, 1], 3, (x, r, jacobian) => {
  const [a, b] = x as unknown as [number, number];
  r.set([a - 1e6, b - 2e-6, a * b - 2]);
  jacobian[0]!.set([1, 0]);
  jacobian[1]!.set([0, 1]);
  jacobian[2]!.set([b, a]);
});

export const beale = problem(5, 'Beale', [1, 1], 3, (x, r, jacobian) => {
  const [a, b] = x as unknown as [number, number];
  for (const [i, y] of [1.5, 2.25, 2.625].entries()) {
    r[i] = y - a * (1 - b ** (i + 1));
    jacobian[i]!.set([b ** (i + 1) - 1, a * (i + 1) * b ** i]);
  }
});

export const jennrichSampson = problem(6, 'Jennrich and Sampson', [0.3, 0.4], 10, (x, r, jacobian) => {
  const [a, b] = x as unknown as [number, number];
  for (let i = 1; i <= 10; i += 1) {
    r[i - 1] = 2 + 2 * i - (Math.exp(i * a) + Math.exp(i * b));
    jacobian[i - 1]!.set([-i * Math.exp(i * a), -i * Math.exp(i * b)]);
  }
});
