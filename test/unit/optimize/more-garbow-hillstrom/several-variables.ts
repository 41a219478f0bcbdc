import { type Problem, problem } from './problem.ts';

type Quadruple = readonly [number, number, number, number];

export const powellSingular = problem(13, 'Powell singular', [3, -1, 0, 1], 4, (x, r, jacobian) => {
  const [a, b, c, d] = x as unknown as Quadruple;
  r.set([a + 10 * b, Math.sqrt(5) * (c - d), (b - 2 * c) ** 2, Math.sqrt(10) * (a - d) ** 2]);
  jacobian[0]!.set([1, 10, 0, 0]);
  jacobian[1]!.set([0, 0, Math.sqrt(5), -Math.sqrt(5)]);
  jacobian[2]!.set([0, 2 * (b - 2 * c), -4 * (b - 2 * c), 0]);
  jacobian[3]!.set([2 * Math.sqrt(10) * (a - d), 0, 0, -2 * Math.sqrt(10) * (a - d)]);
});

export const wood = problem(14, 'Wood', [-3, -1, -3, -1], 6, (x, r, jacobian) => {
  const [a, b, c, d] = x as unknown as Quadruple;
  const root90 = Math.sqrt(90);
  const root10 = Math.sqrt(10);
  r.set([10 * (b - a * a), 1 - a, root90 * (d - c * c), 1 - c, root10 * (b + d - 2), (b - d) / root10]);
  jacobian[0]!.set([-20 * a, 10, 0, 0]);
  jacobian[1]!.set([-1, 0, 0, 0]);
  jacobian[2]!.set([0, 0, -2 * root90 * c, root90]);
  jacobian[3]!.set([0, 0, -1, 0]);
  jacobian[4]!.set([0, root10, 0, root10]);
  jacobian[5]!.set([0, 1 / root10, 0, -1 / root10]);
});

const kowalikData = [0.1957, 0.1947, 0.1735, 0.16, 0.0844, 0.0627, 0.0456, 0.0342, 0.0323, 0.0235, 0.0246];
const kowalikPoints = [4, 2, 1, 0.5, 0.25, 0.167, 0.125, 0.1, 0.0833, 0.0714, 0.0625];

export const kowalikOsborne = problem(
  15,
  'Kowalik and Osborne',
  [0.25, 0.39, 0.415, 0.39],
  11,
  (x, r, jacobian) => {
    const [a, b, c, d] = x as unknown as Quadruple;
    for (const [i, y] of kowalikData.entries()) {
      const u = kowalikPoints[i]!;
      const above = u * u + u * b;
      const below = u * u + u * c + d;
      r[i] = y - (a * above) / below;
      const slope = (a * above) / below ** 2;
      jacobian[i]!.set([-above / below, (-a * u) / below, slope * u, slope]);
    }
  },
);

export const brownDennis = problem(16, 'Brown and Dennis', [25, 5, -5, -1], 20, (x, r, jacobian) => {
  const [a, b, c, d] = x as unknown as Quadruple;
  for (let i = 0; i < 20; i += 1) {
    const t = (i + 1) / 5;
    const p = a + t * b - Math.exp(t);
    const q = c + d * Math.sin(t) - Math.cos(t);
    r[i] = p * p + q * q;
    jacobian[i]!.set([2 * p, 2 * p * t, 2 * q, 2 * q * Math.sin(t)]);
  }
});

const osborneOneData = [
  0.844, 0.908, 0.932, 0.936, 0.925, 0.908, 0.881, 0.85, 0.818, 0.784, 0.751, 0.718, 0.685, 0.658, 0.628,
  0.603, 0.58, 0.558, 0.538, 0.522, 0.506, 0.49, 0.478, 0.467, 0.457, 0.448, 0.438, 0.431, 0.424, 0.42, 0.414,
  0.411, 0.406,
];

export const osborneOne = problem(17, 'Osborne 1', [0.5, 1.5, -1, 0.01, 0.02], 33, (x, r, jacobian) => {
  const [a, b, c, d, e] = x as unknown as readonly [number, number, number, number, number];
  for (const [i, y] of osborneOneData.entries()) {
    const t = 10 * i;
    const first = Math.exp(-d * t);
    const second = Math.exp(-e * t);
    r[i] = y - (a + b * first + c * second);
    jacobian[i]!.set([-1, -first, -second, b * first * t, c * second * t]);
  }
});

export const biggs = problem(18, 'Biggs EXP6', [1, 2, 1, 1, 1, 1], 13, (x, r, jacobian) => {
  const [a, b, c, d, e, f] = x as unknown as readonly [number, number, number, number, number, number];
  for (let i = 0; i < 13; i += 1) {
    const t = (i + 1) / 10;
    const y = Math.exp(-t) - 5 * Math.exp(-10 * t) + 3 * Math.exp(-4 * t);
    const [p, q, s] = [Math.exp(-t * a), Math.exp(-t * b), Math.exp(-t * e)];
    r[i] = c * p - d * q + f * s - y;
    jacobian[i]!.set([-t * c * p, t * d * q, p, -q, -t * f * s, s]);
  }
});

const osborneTwoData = [
  1.366, 1.191, 1.112, 1.013, 0.991, 0.885, 0.831, 0.847, 0.786, 0.725, 0.746, 0.679, 0.608, 0.655, 0.616,
  0.606, 0.602, 0.626, 0.651, 0.724, 0.649, 0.649, 0.694, 0.644, 0.624, 0.661, 0.612, 0.558, 0.533, 0.495,
  0.5, 0.423, 0.395, 0.375, 0.372, 0.391, 0.396, 0.405, 0.428, 0.429, 0.523, 0.562, 0.607, 0.653, 0.672,
  0.708, 0.633, 0.668, 0.645, 0.632, 0.591, 0.559, 0.597, 0.625, 0.739, 0.71, 0.729, 0.72, 0.636, 0.581,
  0.428, 0.292, 0.162, 0.098, 0.054,
];

export const osborneTwo: Problem = problem(
  19,
  'Osborne 2',
  [1.3, 0.65, 0.65, 0.7, 0.6, 3, 5, 7, 2, 4.5, 5.5],
  65,
  (x, r, jacobian) => {
    for (const [i, y] of osborneTwoData.entries()) {
      const t = i / 10;
      const row = jacobian[i]!;
      const decay = Math.exp(-t * x[4]!);
      row[0] = -decay;
      row[4] = x[0]! * decay * t;
      let model = x[0]! * decay;
      for (let k = 1; k <= 3; k += 1) {
        const distance = t - x[7 + k]!;
        const bell = Math.exp(-(distance ** 2) * x[4 + k]!);
        model += x[k]! * bell;
        row[k] = -bell;
        row[4 + k] = x[k]! * bell * distance ** 2;
        row[7 + k] = -2 * x[k]! * bell * x[4 + k]! * distance;
      }
      r[i] = y - model;
    }
  },
);
