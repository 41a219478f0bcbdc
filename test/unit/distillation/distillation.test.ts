import { describe, expect, test } from 'vitest';
import {
  type DistillationOptions,
  distillationGradient,
  distillationLoss,
  softTargets,
} from '../../../src/distillation/index.ts';
import { softmax } from '../../../src/softmax/index.ts';
import reference from '../../reference/distillation.json' with { type: 'json' };

/** Log-probabilities up to some tens, each to a few roundings, over a handful of terms. */
const relativeError = 1e-14;
/** Differences of probabilities of size 1. */
const gradientError = 1e-14;

const masked = Number.NEGATIVE_INFINITY;

describe.each(reference.cases)('$name', (given) => {
  const options: DistillationOptions = {
    temperature: given.temperature,
    divergence: given.divergence as 'kullback-leibler' | 'cross-entropy',
    ...(given.labels === null ? {} : { labels: given.labels }),
    ...(given.hardWeight === null ? {} : { hardWeight: given.hardWeight }),
    ...(given.weights === null ? {} : { weights: given.weights }),
  };

  test('the loss and its parts are those of the definition', () => {
    const result = distillationLoss(given.student, given.teacher, options);
    // A student within 1e-6 of its teacher shares its first digits: what is left has fewer.
    const allowed = given.softLoss < 1e-9 ? 1e-9 : relativeError;
    expect(Math.abs(result.loss / given.loss - 1)).toBeLessThan(allowed);
    expect(Math.abs(result.softLoss / given.softLoss - 1)).toBeLessThan(allowed);
    if (given.hardLoss === null) expect(result.hardLoss).toBeNull();
    else expect(Math.abs(result.hardLoss! / given.hardLoss - 1)).toBeLessThan(relativeError);
  });

  test('the gradient is the derivative of the loss', () => {
    const { data, rows, columns } = distillationGradient(given.student, given.teacher, options);
    expect([rows, columns]).toEqual([given.student.length, given.student[0]!.length]);
    data.forEach((slope, at) => {
      expect(Math.abs(slope - given.gradient[at]!)).toBeLessThan(
        gradientError * Math.max(1, given.temperature),
      );
    });
  });
});

describe('soft targets', () => {
  test('are the softmax at the temperature', () => {
    const logits = [
      [2, 1, 0.1],
      [0, masked, 3],
    ];
    expect(softTargets(logits, { temperature: 2 })).toEqual(softmax(logits, { temperature: 2 }));
  });
});

describe('the distillation loss', () => {
  const teacher = [
    [4, 1, 0],
    [0, 2, 5],
  ];
  const student = [
    [1, 1, 0],
    [0, 3, 1],
  ];

  test('is exactly 0 for a student that agrees, up to a shift of its rows', () => {
    const shifted = teacher.map((row) => row.map((value) => value + 16));
    expect(distillationLoss(shifted, teacher, { temperature: 3 })).toEqual({
      loss: 0,
      softLoss: 0,
      hardLoss: null,
    });
  });

  test('by cross-entropy is larger by T² times the entropy of the teacher', () => {
    const temperature = 3;
    const p = softTargets(teacher, { temperature }).data;
    const entropy = p.reduce((sum, value) => sum - value * Math.log(value), 0) / 2;
    const soft = (divergence: 'kullback-leibler' | 'cross-entropy') =>
      distillationLoss(student, teacher, { temperature, divergence }).softLoss;
    expect(soft('cross-entropy') - soft('kullback-leibler')).toBeCloseTo(9 * entropy, 12);
  });

  test('has a soft gradient of the same size at every high temperature, which is what T² is for', () => {
    const size = (temperature: number): number =>
      Math.hypot(...distillationGradient(student, teacher, { temperature }).data);
    expect(size(100) / size(50)).toBeGreaterThan(0.95);
    expect(size(100) / size(50)).toBeLessThan(1.05);
  });

  test('at high temperature tends to the matching of centred logits', () => {
    const { data } = distillationGradient([[3, 0, -3]], [[1, 1, -2]], { temperature: 1e6 });
    [2 / 3, -1 / 3, -1 / 3].forEach((limit, k) => {
      expect(data[k]).toBeCloseTo(limit, 5);
    });
  });

  test('weighs the parts 0.9 and 0.1 when labels come without a weight', () => {
    const { loss, softLoss, hardLoss } = distillationLoss(student, teacher, {
      temperature: 2,
      labels: [0, 2],
    });
    expect(loss).toBe(0.9 * softLoss + 0.1 * hardLoss!);
  });

  test('leaves rows of weight 0 out', () => {
    const options = { temperature: 2, labels: [0, 2], weights: [1, 0] };
    const alone = distillationLoss([student[0]!], [teacher[0]!], { temperature: 2, labels: [0] });
    expect(distillationLoss(student, teacher, options)).toEqual(alone);
    expect([...distillationGradient(student, teacher, options).data.slice(3)].map(Math.abs)).toEqual([
      0, 0, 0,
    ]);
  });

  test('is 0 where both mask a class and infinite where only the student does', () => {
    expect(distillationLoss([[1, 2, masked]], [[1, 2, masked]], { temperature: 2 }).loss).toBe(0);
    expect(distillationLoss([[1, 2, masked]], [[1, 2, 0]], { temperature: 2 }).loss).toBe(
      Number.POSITIVE_INFINITY,
    );
    const maskedTruth = { temperature: 2, labels: [2], hardWeight: 0 };
    expect(distillationLoss([[1, 2, masked]], [[1, 2, masked]], maskedTruth)).toEqual({
      loss: 0,
      softLoss: 0,
      hardLoss: Number.POSITIVE_INFINITY,
    });
    // The teacher asks for class 0 alone: what is left is −ln of the student's share of it.
    const expected = -4 * Math.log(softmax([1, 2, 0], { temperature: 2 })[0]!);
    expect(distillationLoss([[1, 2, 0]], [[1, masked, masked]], { temperature: 2 }).loss).toBeCloseTo(
      expected,
      12,
    );
  });

  test('is never NaN, however extreme the temperature', () => {
    for (const temperature of [5e-324, 1e-300, 1e160, 1.7e308]) {
      const { loss } = distillationLoss(
        [
          [1e308, -1e308],
          [0, 1],
        ],
        [
          [-1e308, 1e308],
          [1, 0],
        ],
        { temperature },
      );
      expect(loss).toBeGreaterThanOrEqual(0);
      const { data } = distillationGradient([[1e308, -1e308]], [[-1e308, 1e308]], { temperature });
      expect(data.some(Number.isNaN)).toBe(false);
    }
  });
});

describe('refusals', () => {
  const two = [
    [0, 1],
    [1, 0],
  ];
  test.each<[string, unknown, unknown, object, string]>([
    [
      'sizes that differ',
      two,
      [[0, 1]],
      { temperature: 2 },
      'E_SHAPE: student logits are 2 x 2, teacher logits 1 x 2.',
    ],
    [
      'a single column',
      [[1]],
      [[1]],
      { temperature: 2 },
      'E_SHAPE: logits have 1 column, expected one per class. Write',
    ],
    [
      'no rows',
      { data: new Float64Array(0), rows: 0, columns: 2 },
      { data: new Float64Array(0), rows: 0, columns: 2 },
      { temperature: 2 },
      'E_TOO_FEW: 0 rows; at least 1 is needed.',
    ],
    [
      'a temperature of 0',
      two,
      two,
      { temperature: 0 },
      'E_TEMPERATURE: temperature must be a finite number above 0, got 0.',
    ],
    [
      'no temperature',
      two,
      two,
      {},
      'E_TEMPERATURE: temperature must be a finite number above 0, got undefined.',
    ],
    [
      'a hard weight without labels',
      two,
      two,
      { temperature: 2, hardWeight: 0.5 },
      'E_OPTION: option "hardWeight" needs the option "labels".',
    ],
    [
      'a hard weight above 1',
      two,
      two,
      { temperature: 2, labels: [0, 1], hardWeight: 2 },
      'E_OPTION: option "hardWeight" must be a number in 0..1, got 2.',
    ],
    [
      'another divergence',
      two,
      two,
      { temperature: 2, divergence: 'js' },
      'E_OPTION: option "divergence" must be one of kullback-leibler, cross-entropy, got "js".',
    ],
    [
      'NaN from the teacher',
      two,
      [
        [0, 1],
        [Number.NaN, 0],
      ],
      { temperature: 2 },
      'E_LOGIT_NAN: row index 1: logit NaN of class 0.',
    ],
    [
      'a label out of range',
      two,
      two,
      { temperature: 2, labels: [0, 2] },
      'E_LABEL_RANGE: row index 1: label 2 is outside 0..1 (2 classes).',
    ],
    ['an unknown option', two, two, { temperature: 2, alpha: 1 }, 'E_OPTION: unknown option "alpha"'],
  ])('%s', (_, student, teacher, options, message) => {
    for (const f of [distillationLoss, distillationGradient]) {
      expect(() => f(student as number[][], teacher as number[][], options as DistillationOptions)).toThrow(
        message,
      );
    }
  });

  test('of soft targets', () => {
    expect(() => softTargets(two, {} as DistillationOptions)).toThrow('E_TEMPERATURE');
    expect(() => softTargets([[1]], { temperature: 2 })).toThrow('E_SHAPE');
    expect(() => softTargets([[1, Number.NaN]], { temperature: 2 })).toThrow('E_LOGIT_NAN');
  });
});
