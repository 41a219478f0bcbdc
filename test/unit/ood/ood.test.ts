import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  auroc,
  energyScore,
  falsePositiveRateAtTruePositiveRate,
  maxSoftmaxScore,
  odinTemperatureScore,
} from '../../../src/ood/index.ts';
import reference from '../../reference/ood.json' with { type: 'json' };

/** SciPy's own rounding on values of size up to 20. */
const scipyError = 1e-14;

function expectClose(values: Float64Array, expected: readonly number[]): void {
  expect(values.length).toBe(expected.length);
  values.forEach((value, i) => {
    expect(Math.abs(value - expected[i]!)).toBeLessThan(scipyError);
  });
}

describe('scores of rows', () => {
  const { logits, maxSoftmax, energy, energyAt3, odin } = reference.scores;

  test('are those of SciPy', () => {
    expectClose(maxSoftmaxScore(logits), maxSoftmax);
    expectClose(energyScore(logits), energy);
    expectClose(energyScore(logits, { temperature: 3 }), energyAt3);
    expectClose(odinTemperatureScore(logits), odin);
    expectClose(maxSoftmaxScore(logits, { temperature: 1000 }), odin);
  });

  test('the energy moves with the logits, the softmax does not', () => {
    const moved = logits.map((row) => row.map((value) => value + 64));
    expectClose(maxSoftmaxScore(moved), maxSoftmax);
    expect(energyScore(moved)[0]! - energyScore(logits)[0]!).toBeCloseTo(64, 12);
  });

  test('are finite at every temperature', () => {
    for (const temperature of [5e-324, 1, 1e306]) {
      const rows = [
        [1e300, -1e300, 0],
        [0, 0, Number.NEGATIVE_INFINITY],
      ];
      expect(energyScore(rows, { temperature }).every(Number.isFinite)).toBe(true);
      expect(maxSoftmaxScore(rows, { temperature }).every((score) => score > 0.3 && score <= 1)).toBe(true);
    }
  });

  test.each([maxSoftmaxScore, energyScore, odinTemperatureScore])('%o refuses what has no score', (score) => {
    expect(() => score([[1, Number.NaN]])).toThrow('E_LOGIT_NAN: row index 0: logit NaN of class 1.');
    expect(() => score([[1]])).toThrow('E_SHAPE: logits have 1 column, expected one per class.');
    expect(() => score([[1, 2]], { temperature: -1 })).toThrow(
      'E_TEMPERATURE: temperature must be a finite number above 0, got -1.',
    );
    expect(() => score([[1, 2]], { t: 1 } as object)).toThrow('E_OPTION: unknown option "t"');
  });
});

describe.each(reference.cases)('$name', (given) => {
  test('the AUROC is that of scikit-learn', () => {
    // Theirs is a sum of trapezoids, ours one division of whole numbers.
    expect(Math.abs(auroc(given.familiar, given.odd) - given.auroc)).toBeLessThan(1e-14);
  });

  test('the operating point is that of scikit-learn', () => {
    expect(
      falsePositiveRateAtTruePositiveRate(given.familiar, given.odd, { truePositiveRate: given.rate }),
    ).toEqual({
      threshold: given.threshold,
      truePositiveRate: given.truePositiveRate,
      falsePositiveRate: given.falsePositiveRate,
    });
  });
});

const someScores = fc.array(
  fc.oneof(
    fc.integer({ min: -4, max: 4 }),
    fc.constantFrom(Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY),
  ),
  { minLength: 1, maxLength: 30 },
);

describe('auroc', () => {
  test('counts pairs, ties one half', () => {
    fc.assert(
      fc.property(someScores, someScores, (positives, negatives) => {
        let halfWins = 0;
        for (const a of positives) for (const b of negatives) halfWins += a > b ? 2 : a === b ? 1 : 0;
        expect(auroc(positives, negatives)).toBe(halfWins / (2 * positives.length * negatives.length));
      }),
    );
  });

  test('mirrors when the sides change places', () => {
    fc.assert(
      fc.property(someScores, someScores, (a, b) => {
        expect(auroc(a, b) + auroc(b, a)).toBeCloseTo(1, 14);
      }),
    );
  });
});

describe('false positive rate', () => {
  test('the threshold is the largest that accepts enough', () => {
    const rate = fc.double({ min: 0.01, max: 1, noNaN: true });
    fc.assert(
      fc.property(someScores, someScores, rate, (familiar, odd, truePositiveRate) => {
        const share = (scores: number[], t: number): number =>
          scores.filter((score) => score >= t).length / scores.length;
        const point = falsePositiveRateAtTruePositiveRate(familiar, odd, { truePositiveRate });
        const enough = familiar.filter((t) => share(familiar, t) >= truePositiveRate);
        expect(point).toEqual({
          threshold: Math.max(...enough) + 0,
          truePositiveRate: share(familiar, point.threshold),
          falsePositiveRate: share(odd, point.threshold),
        });
      }),
    );
  });

  test('needs exactly 57 of 60 rows at 0.95, whatever the product rounds to', () => {
    const rows = Array.from({ length: 60 }, (_, i) => i + 1);
    expect(falsePositiveRateAtTruePositiveRate(rows, [0]).threshold).toBe(4);
    const above = falsePositiveRateAtTruePositiveRate(rows, [0], { truePositiveRate: 0.95 + 2 ** -53 });
    expect(above.threshold).toBe(3);
    // 0.07·100 is 7.000000000000001 in doubles.
    const hundred = Array.from({ length: 100 }, (_, i) => i);
    expect(falsePositiveRateAtTruePositiveRate(hundred, [0], { truePositiveRate: 0.07 }).threshold).toBe(93);
  });
});

describe('refusals of the judges', () => {
  test.each([auroc, falsePositiveRateAtTruePositiveRate])('%o', (judge) => {
    expect(() => judge([], [1])).toThrow(/^E_TOO_FEW: 0 (positive|familiar) scores; at least 1 is needed\.$/);
    expect(() => judge([1], [])).toThrow(/^E_TOO_FEW: 0 (negative|odd) scores; at least 1 is needed\.$/);
    expect(() => judge([1], [0, Number.NaN])).toThrow(
      /^E_NUM: row index 1: (negative|odd) score NaN is not a number\.$/,
    );
  });

  test.each([0, 1.1, Number.NaN, -1])('a true positive rate of %s', (truePositiveRate) => {
    expect(() => falsePositiveRateAtTruePositiveRate([1], [0], { truePositiveRate })).toThrow(
      `E_OPTION: option "truePositiveRate" must be a number above 0 and at most 1, got ${truePositiveRate}.`,
    );
  });
});
