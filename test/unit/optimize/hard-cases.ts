import type { LbfgsOptions } from '../../../src/optimize/lbfgs-options.ts';
import type { LbfgsStatus } from '../../../src/optimize/lbfgs-result.ts';
import type { Objective } from '../../../src/optimize/objective.ts';

/** An objective of one variable from its value and slope. */
const curve =
  (value: (x: number) => number, slope: (x: number) => number): Objective =>
  (x, gradient) => {
    gradient[0] = slope(x[0]!);
    return value(x[0]!);
  };

const parabola = curve(
  (x) => x * x,
  (x) => 2 * x,
);

export interface Case {
  readonly name: string;
  readonly objective: Objective;
  readonly start: readonly number[];
  readonly status: LbfgsStatus;
  /** Where the search must end, to 1e-7 of max(1, |x|). */
  readonly x?: readonly number[];
  readonly options?: LbfgsOptions;
}

export const undefinedInPlaces: Case[] = [
  {
    name: 'a gap of NaN between start and minimum',
    objective: curve(
      (x) => (x > 0.5 && x < 2 ? Number.NaN : x * x),
      (x) => 2 * x,
    ),
    start: [5],
    status: 'converged-gradient',
    x: [0],
  },
  {
    name: 'a gradient that is NaN where the value is not',
    objective: curve(
      (x) => x * x,
      (x) => (x > 1 && x < 2 ? Number.NaN : 2 * x),
    ),
    start: [5],
    status: 'converged-gradient',
    x: [0],
  },
  {
    name: 'a domain that ends near the minimum, NaN beyond',
    objective: curve(
      (x) => x - Math.log(x),
      (x) => 1 - 1 / x,
    ),
    start: [1e9],
    status: 'converged-gradient',
    x: [1],
  },
  {
    name: 'a domain that ends next to the start, under a slope of 1e9',
    objective: curve(
      (x) => x - Math.log(x),
      (x) => 1 - 1 / x,
    ),
    start: [1e-9],
    status: 'converged-gradient',
    x: [1],
  },
  {
    name: 'a wall of +Infinity',
    objective: curve(
      (x) => (x <= 1 ? Number.POSITIVE_INFINITY : x - Math.log(x - 1)),
      (x) => 1 - 1 / (x - 1),
    ),
    start: [100],
    status: 'converged-gradient',
    x: [2],
  },
  {
    name: 'NaN everywhere but at the start',
    objective: curve(
      (x) => (x === 3 ? 1 : Number.NaN),
      () => 1,
    ),
    start: [3],
    status: 'line-search-failed',
    x: [3],
  },
  ...[Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY].flatMap((bad): Case[] => [
    {
      name: `a value of ${bad} at the start`,
      objective: curve(
        () => bad,
        () => 1,
      ),
      start: [3],
      status: 'non-finite-start',
      x: [3],
    },
    {
      name: `a gradient of ${bad} at the start`,
      objective: curve(
        () => 1,
        () => bad,
      ),
      start: [3],
      status: 'non-finite-start',
      x: [3],
    },
  ]),
];

export const withoutMinimum: Case[] = [
  {
    name: 'a flat function',
    objective: curve(
      () => 5,
      () => 0,
    ),
    start: [3],
    status: 'converged-gradient',
    x: [3],
  },
  {
    name: 'a straight line',
    objective: curve(
      (x) => x,
      () => 1,
    ),
    start: [3],
    status: 'unbounded',
  },
  {
    name: 'a line that overflows before x does',
    objective: curve(
      (x) => -1e10 * x,
      () => -1e10,
    ),
    start: [0],
    status: 'unbounded',
  },
  {
    name: 'a plane falling along one axis only',
    objective: (x, gradient) => {
      gradient.set([2 * x[0]!, -1]);
      return x[0]! * x[0]! - x[1]!;
    },
    start: [1, 1],
    status: 'unbounded',
  },
  {
    name: 'a value of −Infinity one step away',
    objective: curve(
      (x) => (x < 1 ? Number.NEGATIVE_INFINITY : x),
      () => 1,
    ),
    start: [3],
    status: 'unbounded',
  },
  {
    name: 'a slope that levels off at infinity',
    objective: curve(
      (x) => Math.exp(-x),
      (x) => -Math.exp(-x),
    ),
    start: [-2],
    status: 'converged-gradient',
  },
  {
    name: 'a start on the ridge of a saddle',
    objective: (x, gradient) => {
      gradient.set([2 * x[0]!, -2 * x[1]!]);
      return x[0]! ** 2 - x[1]! ** 2;
    },
    start: [1, 0],
    status: 'converged-gradient',
    x: [0, 0],
  },
];

export const notSmooth: Case[] = [
  {
    name: '|x|',
    objective: curve(
      (x) => Math.abs(x - 0.3),
      (x) => Math.sign(x - 0.3),
    ),
    start: [3.1],
    status: 'line-search-failed',
    x: [0.3],
  },
  {
    name: 'a jump',
    objective: curve(
      (x) => (x > 1 ? x * x : x * x + 10),
      (x) => 2 * x,
    ),
    start: [5],
    status: 'line-search-failed',
    x: [1],
  },
  {
    name: 'a staircase',
    objective: curve(
      (x) => Math.floor(x) ** 2,
      (x) => 2 * x,
    ),
    start: [10.5],
    status: 'line-search-failed',
    x: [10.5],
  },
  {
    name: 'a gradient of the wrong sign',
    objective: curve(
      (x) => x * x,
      (x) => -2 * x,
    ),
    start: [3],
    status: 'line-search-failed',
    x: [3],
  },
  {
    name: 'a gradient wrong in one coordinate',
    objective: (x, gradient) => {
      gradient.set([2 * x[0]!, -2 * x[1]!]);
      return x[0]! ** 2 + x[1]! ** 2;
    },
    start: [3, 4],
    status: 'line-search-failed',
    x: [3, 4],
  },
  {
    name: 'a slope where the value is flat',
    objective: curve(
      () => 5,
      () => 1e-3,
    ),
    start: [3],
    status: 'line-search-failed',
    x: [3],
  },
];

export const extremeScales: Case[] = [
  ...[1e-300, 1e-30, 1, 1e30, 1e290].map(
    (c): Case => ({
      name: `values of size ${c}`,
      objective: curve(
        (x) => c * (x - 2) ** 2,
        (x) => 2 * c * (x - 2),
      ),
      start: [5],
      status: 'converged-gradient',
      x: [2],
      options: { gradientTolerance: 1e-8 * c },
    }),
  ),
  {
    name: 'a minimum 310 orders of magnitude from the start',
    objective: curve(
      (x) => (x - 1e10) ** 2,
      (x) => 2 * (x - 1e10),
    ),
    start: [1e-300],
    status: 'converged-gradient',
    x: [1e10],
  },
  {
    name: 'a start where the square overflows',
    objective: parabola,
    start: [1e160],
    status: 'non-finite-start',
    x: [1e160],
  },
  {
    name: 'the largest start whose square does not overflow',
    objective: parabola,
    start: [1.3e154],
    status: 'converged-gradient',
    x: [0],
  },
  {
    name: 'a small bowl on a tall pedestal',
    objective: curve(
      (x) => 1e10 + (x - 2) ** 4,
      (x) => 4 * (x - 2) ** 3,
    ),
    start: [3],
    status: 'converged-gradient',
    options: { gradientTolerance: 1e-3 },
  },
];
