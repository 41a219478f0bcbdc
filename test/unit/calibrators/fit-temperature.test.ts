import { Matrix as MlMatrix } from 'ml-matrix';
import { describe, expect, test } from 'vitest';
import { fitTemperature, nllCurve } from '../../../src/calibrators/index.ts';
import { CalibrationError } from '../../../src/core/errors.ts';
import type { MatrixInput } from '../../../src/core/matrix.ts';
import { seededRandom } from '../../../src/core/random.ts';

/** Two classes of margin m, right in `right` of `rows`: e^(m/T) = right/(rows − right), so T is a closed form. */
function coin(margin: number, right: number, rows: number): { logits: number[][]; labels: number[] } {
  const logits = Array.from({ length: rows }, () => [margin, 0]);
  return { logits, labels: Array.from({ length: rows }, (_, i) => (i < right ? 0 : 1)) };
}

function drawn(rows: number, classes: number, seed: number): { logits: number[][]; labels: number[] } {
  const random = seededRandom(seed);
  const logits = Array.from({ length: rows }, () =>
    Array.from({ length: classes }, () => 8 * random.uniform() - 4),
  );
  const labels = logits.map((row) =>
    random.uniform() < 0.6 ? row.indexOf(Math.max(...row)) : random.below(classes),
  );
  return { logits, labels };
}

function messageOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof CalibrationError) return error.message;
  }
  return 'no error';
}

/** The optimum of a closed form is met to a few units in the last place. */
const lastPlaces = 4 * 2 ** -52;

describe('the optimum', () => {
  test.for([
    [2, 3, 4],
    [0.5, 7, 10],
    [40, 999, 1000],
    [1e-8, 2, 3],
    [1e8, 51, 100],
  ] as const)('of margin %d, right in %d of %d rows, is the closed form', ([margin, right, rows]) => {
    const { logits, labels } = coin(margin, right, rows);
    const { status, temperature, certificate } = fitTemperature(logits, labels);
    const wanted = margin / Math.log(right / (rows - right));
    expect(status).toBe('converged');
    // The logarithm of a ratio near 1 magnifies the rounding of the ratio by 1/ln.
    const condition = 1 / Math.log(right / (rows - right)) + 1;
    expect(Math.abs((temperature ?? Number.NaN) / wanted - 1)).toBeLessThanOrEqual(lastPlaces * condition);
    const [low, high] = certificate?.bracket ?? [Number.NaN, Number.NaN];
    expect(low).toBeLessThanOrEqual(temperature ?? Number.NaN);
    expect(high).toBeGreaterThanOrEqual(temperature ?? Number.NaN);
    expect(certificate?.curvature).toBeGreaterThan(0);
  });

  test('scales with the logits to the same digits for powers of two, from the smallest to the largest', () => {
    const { logits, labels } = drawn(60, 4, 3);
    const { temperature: base } = fitTemperature(logits, labels);
    for (const power of [-990, -300, -10, -1, 1, 10, 300, 990]) {
      const scaled = logits.map((row) => row.map((z) => z * 2 ** power));
      expect(fitTemperature(scaled, labels).temperature).toBe((base ?? Number.NaN) * 2 ** power);
    }
  });

  test('scales so for few rows of whole logits, those whose first and last logit are equal among them', () => {
    const random = seededRandom(31);
    let equalEnds = 0;
    for (let set = 0; set < 2000; set += 1) {
      const [rows, columns] = [2 + random.below(3), 2 + random.below(3)];
      const logits = Array.from({ length: rows }, () =>
        Array.from({ length: columns }, () => random.below(4) - 1),
      );
      const labels = logits.map(() => random.below(columns));
      const { status, temperature } = fitTemperature(logits, labels);
      if (logits.every((row) => row[0] === row.at(-1)) && status === 'converged') equalEnds += 1;
      for (const power of [-40, -3, 5]) {
        const scaled = fitTemperature(
          logits.map((row) => row.map((z) => z * 2 ** power)),
          labels,
        );
        expect(scaled.status).toBe(status);
        expect(scaled.temperature).toBe(temperature === null ? null : temperature * 2 ** power);
      }
    }
    expect(equalEnds).toBeGreaterThan(0);
  });

  test.for([1e-300, 1e-100, 1e-6, 3, 1e6, 1e100, 1e300])('scales with the logits by %d', (c) => {
    const { logits, labels } = drawn(60, 4, 4);
    const { temperature: base } = fitTemperature(logits, labels);
    const scaled = fitTemperature(
      logits.map((row) => row.map((z) => z * c)),
      labels,
    );
    expect(scaled.status).toBe('converged');
    // Each scaled logit is rounded once.
    expect(Math.abs((scaled.temperature ?? Number.NaN) / ((base ?? Number.NaN) * c) - 1)).toBeLessThan(1e-14);
  });

  test('does not move when a row is shifted', () => {
    const { logits, labels } = drawn(60, 4, 5);
    const { temperature: base } = fitTemperature(logits, labels);
    // Sixteenths survive the shift exactly.
    const coarse = logits.map((row) => row.map((z) => Math.round(z * 16) / 16));
    const moved = coarse.map((row, i) => row.map((z) => z + 1024 * (i % 5)));
    expect(fitTemperature(moved, labels).temperature).toBe(fitTemperature(coarse, labels).temperature);
    expect(base).toBeGreaterThan(0);
  });

  test('counts weights as repeated rows and leaves out those of weight 0', () => {
    const { logits, labels } = drawn(40, 3, 6);
    const weights = labels.map((_, i) => i % 4);
    const repeated = labels.flatMap((_, i) => Array.from({ length: weights[i]! }, () => i));
    const weighted = fitTemperature(logits, labels, { weights, weightKind: 'counts' });
    const plain = fitTemperature(
      repeated.map((i) => logits[i]!),
      repeated.map((i) => labels[i]!),
    );
    expect(weighted.temperature).toBeCloseTo(plain.temperature ?? Number.NaN, 13);
    expect(weighted.rows).toBe(weights.filter((w) => w > 0).length);
    expect(weighted.totalWeight).toBe(repeated.length);
    expect(weighted.uncertainty?.standardError).toBeCloseTo(
      plain.uncertainty?.standardError ?? Number.NaN,
      12,
    );
  });

  test('leaves masked classes out', () => {
    const { logits, labels } = drawn(50, 3, 7);
    const masked = logits.map((row) => [...row, Number.NEGATIVE_INFINITY]);
    expect(fitTemperature(masked, labels).temperature).toBe(fitTemperature(logits, labels).temperature);
  });

  test('reads one column as the logits (0, s), to the same digits', () => {
    const random = seededRandom(8);
    const scores = Array.from({ length: 50 }, () => 6 * random.uniform() - 3);
    const labels = scores.map((s) => (random.uniform() < 0.7 ? Number(s > 0) : random.below(2)));
    const one = fitTemperature(
      scores.map((s) => [s]),
      labels,
    );
    const two = fitTemperature(
      scores.map((s) => [0, s]),
      labels,
    );
    expect(one).toEqual(two);
  });

  test('of probabilities is that of their logarithms', () => {
    const { logits, labels } = drawn(50, 3, 9);
    const probabilities = logits.map((row) => {
      const e = row.map(Math.exp);
      const sum = e.reduce((a, b) => a + b);
      return e.map((value) => value / sum);
    });
    const { temperature } = fitTemperature(probabilities, labels, { input: 'probabilities' });
    expect(temperature).toBeCloseTo(fitTemperature(logits, labels).temperature ?? Number.NaN, 12);
  });

  test('is the same for every storage, and storage is not written to', () => {
    const { logits, labels } = drawn(30, 4, 10);
    const data = Float64Array.from(logits.flat());
    const copy = data.slice();
    const inputs: MatrixInput[] = [
      data,
      { data, rows: 30, columns: 4 },
      { data, dims: [30, 4] },
      new MlMatrix(logits),
      logits.map((row) => Float64Array.from(row)),
    ];
    const base = fitTemperature(logits, labels);
    for (const input of inputs) expect(fitTemperature(input, Int32Array.from(labels))).toEqual(base);
    expect(data).toEqual(copy);
    const narrow = Float32Array.from(data);
    const wide = Float64Array.from(narrow);
    expect(fitTemperature(narrow, labels)).toEqual(fitTemperature(wide, labels));
  });

  test('lies where the curve is lowest', () => {
    const { logits, labels } = drawn(80, 5, 11);
    const { temperature, nll } = fitTemperature(logits, labels);
    const around = nllCurve(logits, labels, {
      temperatures: [0.99, 1, 1.01].map((f) => f * (temperature ?? Number.NaN)),
    });
    // The loss at the optimum follows from the pass before it, to a rounding or two.
    const roundings = 4 * Number.EPSILON * nll.after!;
    expect(Math.abs(around[1]!.nll - nll.after!)).toBeLessThanOrEqual(roundings);
    expect(around[0]!.nll).toBeGreaterThan(around[1]!.nll);
    expect(around[2]!.nll).toBeGreaterThan(around[1]!.nll);
  });
});

describe('a set without an optimum', () => {
  test('whose rows are all right is separable, though one is right by a hair only', () => {
    const labels = [0, 1, 0];
    const hair = [
      [1, 0],
      [0, 1],
      [1, 1 - 2 ** -53],
    ];
    const tie = [
      [1, 0],
      [0, 1],
      [1, 1],
    ];
    expect(fitTemperature(hair, labels)).toMatchObject({ status: 'separable', temperature: null });
    // A tie for the first place is right in the limit, too.
    expect(fitTemperature(tie, labels).status).toBe('separable');
    const wrong = [
      [1, 0],
      [0, 1],
      [1 - 2 ** -53, 1],
    ];
    expect(fitTemperature(wrong, labels).status).toBe('converged');
  });

  test('says so in one line', () => {
    const { message, certificate, uncertainty, nll } = fitTemperature(
      [
        [3, 1],
        [0, 2],
      ],
      [0, 1],
    );
    expect(message).toBe(
      'E_FIT_SEPARABLE: every one of the 2 rows is already predicted correctly, so no finite temperature is best (it runs to 0). Use more validation rows, or pass --bounds 0.05,20 to accept the edge.',
    );
    expect([certificate, uncertainty, nll.after]).toEqual([null, null, null]);
    expect(nll.before).toBeGreaterThan(0);
  });

  test('without signal is told from one with the least, exactly', () => {
    // The mean margin is 0 to the last bit, then one unit in the last place to either side.
    const labels = [0, 1];
    const at = (last: number): string =>
      fitTemperature(
        [
          [1, 0],
          [last, 0],
        ],
        labels,
      ).status;
    expect(at(1)).toBe('no-signal');
    expect(at(1 + 2 ** -52)).toBe('no-signal');
    expect(at(1 - 2 ** -53)).toBe('converged');
    expect(
      fitTemperature(
        [
          [0, 1],
          [0, 1],
          [1, 0],
        ],
        [0, 0, 1],
      ).message,
    ).toMatch(
      /^E_FIT_NO_SIGNAL: the logits do not favour the true labels \(mean margin -0\.5\), so the temperature runs to infinity\. Check that label numbers match the logit columns and that logits are not negated\.$/,
    );
  });

  test('is said of probabilities where these are given', () => {
    const options = { input: 'probabilities' } as const;
    expect(
      fitTemperature(
        [
          [0.25, 0.75],
          [0.25, 0.75],
          [0.75, 0.25],
        ],
        [0, 0, 1],
        options,
      ).message,
    ).toBe(
      // The mean of the margins is -ln(3) / 2.
      'E_FIT_NO_SIGNAL: the probabilities do not favour the true labels (mean margin -0.549 in log p), so the temperature runs to infinity. Check that label numbers match the probability columns and that the probabilities are not those of other classes.',
    );
    expect(
      fitTemperature(
        [
          [0.5, 0.5],
          [0.5, 0.5],
        ],
        [0, 1],
        options,
      ).message,
    ).toBe('E_FIT_CONSTANT: all probabilities are equal within every row, so temperature has no effect.');
  });

  test('that is constant in every row is told apart', () => {
    const { status, message } = fitTemperature(
      [
        [3, 3],
        [-1, -1],
      ],
      [0, 1],
    );
    expect(status).toBe('constant');
    expect(message).toBe(
      'E_FIT_CONSTANT: all logits are equal within every row, so temperature has no effect.',
    );
  });

  test('takes the nearer bound where bounds are given', () => {
    const separable = fitTemperature(
      [
        [3, 1],
        [0, 2],
      ],
      [0, 1],
      { bounds: [0.05, 20] },
    );
    const noSignal = fitTemperature(
      [
        [3, 1],
        [0, 2],
      ],
      [1, 0],
      { bounds: [0.05, 20] },
    );
    expect([separable.status, separable.temperature]).toEqual(['at-bound', 0.05]);
    expect([noSignal.status, noSignal.temperature]).toEqual(['at-bound', 20]);
    const { logits, labels } = coin(2, 3, 4);
    expect(fitTemperature(logits, labels, { bounds: [0.1, 1] })).toMatchObject({
      status: 'at-bound',
      temperature: 1,
      message: 'the best temperature lies above the bounds; 1 is the nearer bound',
    });
    expect(fitTemperature(logits, labels, { bounds: [0.1, 10] }).status).toBe('converged');
  });
});

describe('a budget that is too small', () => {
  test('ends with the best point seen, and says how far it came', () => {
    const { logits, labels } = drawn(50, 3, 12);
    const scaled = logits.map((row) => row.map((z) => z * 1e6));
    const short = fitTemperature(scaled, labels, { maxEvaluations: 2 });
    expect(short.status).toBe('budget');
    expect(short.message).toMatch(/^E_FIT_BUDGET: stopped after \d+ steps with slope .* \(limit .*\)\.$/);
    expect(short.temperature).toBeGreaterThan(0);
    expect(short.nll.after).toBeLessThanOrEqual(short.nll.before);
    expect(short.uncertainty).toBeNull();
  });
});

describe('what is refused', () => {
  test.for<[string, () => unknown, string]>([
    [
      'one row',
      () => fitTemperature([[1, 2]], [0]),
      'E_TOO_FEW: 1 row; at least 2 are needed (100 advised).',
    ],
    [
      'NaN',
      () =>
        fitTemperature(
          [
            [1, 2],
            [Number.NaN, 1],
          ],
          [0, 1],
        ),
      'E_LOGIT_NAN: row index 1: logit NaN of class 0.',
    ],
    [
      'infinity',
      () =>
        fitTemperature(
          [
            [1, Number.POSITIVE_INFINITY],
            [2, 1],
          ],
          [0, 1],
        ),
      'E_LOGIT_NAN: row index 0: logit Infinity of class 1.',
    ],
    [
      'a masked true class',
      () =>
        fitTemperature(
          [
            [1, 2],
            [Number.NEGATIVE_INFINITY, 1],
          ],
          [0, 0],
        ),
      'E_LOGIT_NEGINF_TRUE: row index 1: the true class has logit -inf.',
    ],
    [
      'a span beyond the doubles',
      () =>
        fitTemperature(
          [
            [1, 2],
            [1.7e308, -1.7e308],
          ],
          [0, 0],
        ),
      'E_LOGIT_RANGE: row index 1: logits span more than 1.8e308.',
    ],
    [
      'a probability of 0 where the label is',
      () =>
        fitTemperature(
          [
            [0.5, 0.5],
            [1, 0],
          ],
          [0, 1],
          { input: 'probabilities' },
        ),
      'E_PROB_ZERO_TRUE: row index 1: the true class has probability 0, so NLL is infinite. Pass --floor 0.05, half the smallest step or positive value of the data, to raise zeros to it; the result depends on it.',
    ],
    [
      'a sum that is not 1',
      () =>
        fitTemperature(
          [
            [0.5, 0.6],
            [1, 0],
          ],
          [0, 0],
          { input: 'probabilities' },
        ),
      'E_PROB_SUM: row index 0: probabilities sum to 1.1, expected 1.',
    ],
    [
      'a negative weight',
      () =>
        fitTemperature(
          [
            [1, 2],
            [2, 1],
          ],
          [0, 1],
          { weights: [1, -0.5] },
        ),
      'E_WEIGHT_NEGATIVE: row index 1: weight -0.5; weights must be 0 or more.',
    ],
    [
      'weights of 0',
      () =>
        fitTemperature(
          [
            [1, 2],
            [2, 1],
          ],
          [0, 1],
          { weights: [0, 0] },
        ),
      'E_WEIGHT_ZERO: the weights sum to 0.',
    ],
    [
      'an unknown option',
      () =>
        fitTemperature(
          [
            [1, 2],
            [2, 1],
          ],
          [0, 1],
          { maxEvaluation: 5 } as object,
        ),
      'E_OPTION: unknown option "maxEvaluation"; did you mean "maxEvaluations"?',
    ],
    [
      'bounds the wrong way round',
      () =>
        fitTemperature(
          [
            [1, 2],
            [2, 1],
          ],
          [0, 1],
          { bounds: [3, 2] },
        ),
      'E_OPTION: option "bounds" must be two temperatures, the lower first, got 3,2.',
    ],
    [
      'labels of another number',
      () =>
        fitTemperature(
          [
            [1, 2],
            [2, 1],
          ],
          [0],
        ),
      'E_ROWS: scores have 2 rows, labels have 1.',
    ],
  ])('%s', ([, work, line]) => {
    expect(messageOf(work)).toBe(line);
  });

  test('a stop on request', () => {
    const { logits, labels } = drawn(50, 3, 13);
    expect(messageOf(() => fitTemperature(logits, labels, { signal: AbortSignal.abort() }))).toBe(
      'E_ABORTED: stopped on request; nothing was written.',
    );
  });
});

describe('a floor', () => {
  test('lets a true class of probability 0 be fitted, and changes the result', () => {
    const probabilities = [[1, 0], ...Array.from({ length: 10 }, () => [0.99, 0.01])];
    const labels = probabilities.map((_, i) => (i === 0 ? 1 : 0));
    const loose = fitTemperature(probabilities, labels, { input: 'probabilities', floor: 1e-6 });
    const tight = fitTemperature(probabilities, labels, { input: 'probabilities', floor: 1e-3 });
    expect([loose.status, tight.status]).toEqual(['converged', 'converged']);
    expect(loose.temperature).not.toBe(tight.temperature);
  });
});
