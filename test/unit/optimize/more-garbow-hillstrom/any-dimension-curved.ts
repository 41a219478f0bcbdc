import { type Problem, problem } from './problem.ts';

const range = (n: number, entry: (j: number) => number): number[] =>
  Array.from({ length: n }, (_, i) => entry(i + 1));

/** n in 2..31. */
export function watson(n: number): Problem {
  return problem(20, 'Watson', new Array<number>(n).fill(0), 31, (x, r, jacobian) => {
    for (let i = 0; i < 29; i += 1) {
      const t = (i + 1) / 29;
      let slope = 0;
      let height = 0;
      for (let j = n - 1; j >= 0; j -= 1) {
        if (j > 0) slope = slope * t + j * x[j]!;
        height = height * t + x[j]!;
      }
      r[i] = slope - height * height - 1;
      let power = 1;
      for (let j = 0; j < n; j += 1) {
        jacobian[i]![j] = (j * power) / t - 2 * height * power;
        power *= t;
      }
    }
    r[29] = x[0]!;
    r[30] = x[1]! - x[0]! * x[0]! - 1;
    jacobian[29]![0] = 1;
    jacobian[30]!.set([-2 * x[0]!, 1]);
  });
}

/** n even. */
export function extendedRosenbrock(n: number): Problem {
  const start = range(n, (j) => (j % 2 === 1 ? -1.2 : 1));
  return problem(21, 'extended Rosenbrock', start, n, (x, r, jacobian) => {
    for (let i = 0; i < n; i += 2) {
      r.set([10 * (x[i + 1]! - x[i]! ** 2), 1 - x[i]!], i);
      jacobian[i]!.set([-20 * x[i]!, 10], i);
      jacobian[i + 1]![i] = -1;
    }
  });
}

/** n a multiple of 4. */
export function extendedPowellSingular(n: number): Problem {
  const start = range(n, (j) => [1, 3, -1, 0][j % 4]!);
  const [root5, root10] = [Math.sqrt(5), Math.sqrt(10)];
  return problem(22, 'extended Powell singular', start, n, (x, r, jacobian) => {
    for (let i = 0; i < n; i += 4) {
      const [a, b, c, d] = x.subarray(i) as unknown as [number, number, number, number];
      r.set([a + 10 * b, root5 * (c - d), (b - 2 * c) ** 2, root10 * (a - d) ** 2], i);
      jacobian[i]!.set([1, 10], i);
      jacobian[i + 1]!.set([root5, -root5], i + 2);
      jacobian[i + 2]!.set([2 * (b - 2 * c), -4 * (b - 2 * c)], i + 1);
      jacobian[i + 3]![i] = 2 * root10 * (a - d);
      jacobian[i + 3]![i + 3] = -2 * root10 * (a - d);
    }
  });
}

const penalty = Math.sqrt(1e-5);

export function penaltyOne(n: number): Problem {
  return problem(
    23,
    'penalty I',
    range(n, (j) => j),
    n + 1,
    (x, r, jacobian) => {
      r[n] = -0.25;
      for (let i = 0; i < n; i += 1) {
        r[i] = penalty * (x[i]! - 1);
        jacobian[i]![i] = penalty;
        r[n] += x[i]! ** 2;
        jacobian[n]![i] = 2 * x[i]!;
      }
    },
  );
}

export function penaltyTwo(n: number): Problem {
  return problem(24, 'penalty II', new Array<number>(n).fill(0.5), 2 * n, (x, r, jacobian) => {
    const last = 2 * n - 1;
    r[0] = x[0]! - 0.2;
    jacobian[0]![0] = 1;
    r[last] = -1;
    for (let i = 0; i < n; i += 1) {
      r[last] += (n - i) * x[i]! ** 2;
      jacobian[last]![i] = 2 * (n - i) * x[i]!;
      if (i === 0) continue;
      const [here, before] = [Math.exp(x[i]! / 10), Math.exp(x[i - 1]! / 10)];
      r[i] = penalty * (here + before - (Math.exp((i + 1) / 10) + Math.exp(i / 10)));
      jacobian[i]!.set([(penalty * before) / 10, (penalty * here) / 10], i - 1);
      r[n - 1 + i] = penalty * (here - Math.exp(-0.1));
      jacobian[n - 1 + i]![i] = (penalty * here) / 10;
    }
  });
}

export function variablyDimensioned(n: number): Problem {
  const start = range(n, (j) => 1 - j / n);
  return problem(25, 'variably dimensioned', start, n + 2, (x, r, jacobian) => {
    let sum = 0;
    for (let j = 0; j < n; j += 1) {
      r[j] = x[j]! - 1;
      jacobian[j]![j] = 1;
      sum += (j + 1) * (x[j]! - 1);
    }
    r.set([sum, sum * sum], n);
    for (let j = 0; j < n; j += 1) {
      jacobian[n]![j] = j + 1;
      jacobian[n + 1]![j] = 2 * sum * (j + 1);
    }
  });
}

export function trigonometric(n: number): Problem {
  return problem(26, 'trigonometric', new Array<number>(n).fill(1 / n), n, (x, r, jacobian) => {
    let sum = n;
    for (let j = 0; j < n; j += 1) sum -= Math.cos(x[j]!);
    for (let i = 0; i < n; i += 1) {
      r[i] = sum + (i + 1) * (1 - Math.cos(x[i]!)) - Math.sin(x[i]!);
      for (let j = 0; j < n; j += 1) jacobian[i]![j] = Math.sin(x[j]!);
      jacobian[i]![i] = (i + 2) * Math.sin(x[i]!) - Math.cos(x[i]!);
    }
  });
}

export function brownAlmostLinear(n: number): Problem {
  return problem(27, 'Brown almost-linear', new Array<number>(n).fill(0.5), n, (x, r, jacobian) => {
    let sum = -(n + 1);
    let product = 1;
    for (let j = 0; j < n; j += 1) {
      sum += x[j]!;
      product *= x[j]!;
    }
    for (let i = 0; i < n - 1; i += 1) {
      r[i] = x[i]! + sum;
      jacobian[i]!.fill(1);
      jacobian[i]![i] = 2;
    }
    r[n - 1] = product - 1;
    for (let j = 0; j < n; j += 1) {
      let others = 1;
      for (let k = 0; k < n; k += 1) if (k !== j) others *= x[k]!;
      jacobian[n - 1]![j] = others;
    }
  });
}
