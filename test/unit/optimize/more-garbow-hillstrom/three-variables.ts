import { problem } from './problem.ts';

type Triple = readonly [number, number, number];

export const helicalValley = problem(7, 'helical valley', [-1, 0, 0], 3, (x, r, jacobian) => {
  const [a, b, c] = x as unknown as Triple;
  const angle = Math.atan(b / a) / (2 * Math.PI) + (a < 0 ? 0.5 : 0);
  const square = a * a + b * b;
  const radius = Math.sqrt(square);
  r.set([10 * (c - 10 * angle), 10 * (radius - 1), c]);
  jacobian[0]!.set([(50 * b) / (Math.PI * square), (-50 * a) / (Math.PI * square), 10]);
  jacobian[1]!.set([(10 * a) / radius, (10 * b) / radius, 0]);
  jacobian[2]!.set([0, 0, 1]);
});

const bardData = [0.14, 0.18, 0.22, 0.25, 0.29, 0.32, 0.35, 0.39, 0.37, 0.58, 0.73, 0.96, 1.34, 2.1, 4.39];

export const bard = problem(8, 'Bard', [1, 1, 1], 15, (x, r, jacobian) => {
  const [a, b, c] = x as unknown as Triple;
  for (const [i, y] of bardData.entries()) {
    const u = i + 1;
    const v = 16 - u;
    const w = Math.min(u, v);
    const below = v * b + w * c;
    r[i] = y - (a + u / below);
    jacobian[i]!.set([-1, (u * v) / below ** 2, (u * w) / below ** 2]);
  }
});

const gaussianData = [
  0.0009, 0.0044, 0.0175, 0.054, 0.1295, 0.242, 0.3521, 0.3989, 0.3521, 0.242, 0.1295, 0.054, 0.0175, 0.0044,
  0.0009,
];

export const gaussian = problem(9, 'Gaussian', [0.4, 1, 0], 15, (x, r, jacobian) => {
  const [a, b, c] = x as unknown as Triple;
  for (const [i, y] of gaussianData.entries()) {
    const distance = (7 - i) / 2 - c;
    const bell = Math.exp((-b * distance ** 2) / 2);
    r[i] = a * bell - y;
    jacobian[i]!.set([bell, (-a * bell * distance ** 2) / 2, a * bell * b * distance]);
  }
});

const meyerData = [
  34780, 28610, 23650, 19630, 16370, 13720, 11540, 9744, 8261, 7030, 6005, 5147, 4427, 3820, 3307, 2872,
];

export const meyer = problem(10, 'Meyer', [0.02, 4000, 250], 16, (x, r, jacobian) => {
  const [a, b, c] = x as unknown as Triple;
  for (const [i, y] of meyerData.entries()) {
    const below = 50 + 5 * i + c;
    const growth = Math.exp(b / below);
    r[i] = a * growth - y;
    jacobian[i]!.set([growth, (a * growth) / below, (-a * growth * b) / below ** 2]);
  }
});

/** With `y_i − x_2` as in Algorithm 566; the paper's "y_i m i x_2" is a misprint, as its own minimiser shows. */
export const gulf = problem(11, 'Gulf research and development', [5, 2.5, 0.15], 99, (x, r, jacobian) => {
  const [a, b, c] = x as unknown as Triple;
  for (let i = 0; i < 99; i += 1) {
    const t = (i + 1) / 100;
    const distance = 25 + (-50 * Math.log(t)) ** (2 / 3) - b;
    const size = Math.abs(distance);
    const exponent = size ** c / a;
    const decay = Math.exp(-exponent);
    r[i] = decay - t;
    jacobian[i]!.set([
      (decay * exponent) / a,
      (decay * exponent * c) / distance,
      -decay * exponent * Math.log(size),
    ]);
  }
});

export const box = problem(12, 'Box three-dimensional', [0, 10, 20], 10, (x, r, jacobian) => {
  const [a, b, c] = x as unknown as Triple;
  for (let i = 0; i < 10; i += 1) {
    const t = (i + 1) / 10;
    const step = Math.exp(-t) - Math.exp(-10 * t);
    r[i] = Math.exp(-t * a) - Math.exp(-t * b) - c * step;
    jacobian[i]!.set([-t * Math.exp(-t * a), t * Math.exp(-t * b), -step]);
  }
});
