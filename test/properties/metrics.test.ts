import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { accuracy } from '../../src/metrics/accuracy.ts';
import { brierScore } from '../../src/metrics/brier-score.ts';
import { classwiseCalibrationError } from '../../src/metrics/classwise-calibration-error.ts';
import { eceOfBins } from '../../src/metrics/expected-calibration-error.ts';
import { mceOfBins } from '../../src/metrics/maximum-calibration-error.ts';
import { meanConfidence } from '../../src/metrics/mean-confidence.ts';
import { negativeLogLikelihood } from '../../src/metrics/negative-log-likelihood.ts';
import { reliabilityBins } from '../../src/metrics/reliability-bins.ts';

/** A few roundings of values at most 2. */
const rounding = 4e-15;

interface Drawn {
  readonly rows: number[][];
  readonly labels: number[];
  readonly bins: number;
  readonly scheme: 'equal-width' | 'equal-mass';
  readonly edges: 'right-closed' | 'left-closed';
}

const drawn: fc.Arbitrary<Drawn> = fc
  .record({ n: fc.integer({ min: 1, max: 30 }), classes: fc.integer({ min: 2, max: 5 }) })
  .chain(({ n, classes }) =>
    fc.record({
      rows: fc.array(row(classes), { minLength: n, maxLength: n }),
      labels: fc.array(fc.integer({ min: 0, max: classes - 1 }), { minLength: n, maxLength: n }),
      bins: fc.integer({ min: 1, max: 20 }),
      scheme: fc.constantFrom('equal-width' as const, 'equal-mass' as const),
      edges: fc.constantFrom('right-closed' as const, 'left-closed' as const),
    }),
  );

/** Probabilities in sixty-fourths times a power of two: sums are exact and ties are common. */
function row(classes: number): fc.Arbitrary<number[]> {
  return fc
    .array(fc.integer({ min: 0, max: 64 }), { minLength: classes - 1, maxLength: classes - 1 })
    .map((cuts) => {
      const ends = [0, ...cuts.sort((a, b) => a - b), 64];
      return ends.slice(1).map((end, k) => (end - ends[k]!) / 64);
    });
}

const table = ({ rows, labels, bins, scheme, edges }: Drawn) =>
  reliabilityBins(rows, labels, { bins, scheme, edges });

describe('for any probabilities and labels', () => {
  test('|accuracy − mean confidence| ≤ ECE ≤ MCE ≤ 1', () => {
    fc.assert(
      fc.property(drawn, (set) => {
        const ece = eceOfBins(table(set));
        const gap = Math.abs(accuracy(set.rows, set.labels) - meanConfidence(set.rows, set.labels));
        expect(gap).toBeLessThanOrEqual(ece + rounding);
        expect(ece).toBeLessThanOrEqual(mceOfBins(table(set)) + rounding);
        expect(mceOfBins(table(set))).toBeLessThanOrEqual(1);
      }),
    );
  });

  test('the order of the rows does not matter', () => {
    fc.assert(
      fc.property(drawn, (set) => {
        const turned = { ...set, rows: [...set.rows].reverse(), labels: [...set.labels].reverse() };
        expect(table(turned)).toEqual(table(set));
        expect(brierScore(turned.rows, turned.labels)).toBe(brierScore(set.rows, set.labels));
      }),
    );
  });

  test('renaming the classes permutes the class-wise errors', () => {
    fc.assert(
      fc.property(drawn, ({ rows, labels, bins, scheme, edges }) => {
        const options = { bins, scheme, edges };
        const classes = rows[0]!.length;
        const error = classwiseCalibrationError(rows, labels, options);
        const renamed = classwiseCalibrationError(
          rows.map((p) => [...p].reverse()),
          labels.map((y) => classes - 1 - y),
          options,
        );
        expect(renamed.perClass).toEqual([...error.perClass].reverse());
      }),
    );
  });

  test('a weight of 2 is the row twice, and a weight of 0 is no row', () => {
    fc.assert(
      fc.property(
        drawn,
        fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 30, maxLength: 30 }),
        (set, raw) => {
          const weights = set.rows.map((_, i) => (i === 0 ? 1 : raw[i]!));
          const repeat = <Value>(values: readonly Value[]): Value[] =>
            values.flatMap((value, i) => Array<Value>(weights[i]!).fill(value));
          const width = { bins: set.bins, edges: set.edges };
          const [rows, labels] = [repeat(set.rows), repeat(set.labels)];
          const weighted = reliabilityBins(set.rows, set.labels, { ...width, weights });
          const repeated = reliabilityBins(rows, labels, width);
          for (const [b, bin] of weighted.bins.entries()) {
            expect(bin.weight).toBe(repeated.bins[b]!.count);
            expect(bin.accuracy).toBe(repeated.bins[b]!.accuracy);
            expect(bin.confidence).toBe(repeated.bins[b]!.confidence);
          }
          expect(brierScore(set.rows, set.labels, { weights })).toBe(brierScore(rows, labels));
          expect(negativeLogLikelihood(set.rows, set.labels, { weights })).toBeCloseTo(
            negativeLogLikelihood(rows, labels),
            13,
          );
        },
      ),
    );
  });

  test('scaling all weights by a power of two changes nothing but the weights', () => {
    fc.assert(
      fc.property(drawn, (set) => {
        const { rows, labels, bins, scheme, edges } = set;
        const weights = rows.map(() => 0.125);
        const scaled = reliabilityBins(rows, labels, { bins, scheme, edges, weights });
        expect(scaled.bins.map(({ gap, interval }) => [gap, interval])).toEqual(
          table(set).bins.map(({ gap, interval }) => [gap, interval]),
        );
      }),
    );
  });

  test('every interval holds its accuracy', () => {
    fc.assert(
      fc.property(drawn, (set) => {
        for (const { accuracy: share, interval } of table(set).bins) {
          if (share === null || interval === null) continue;
          expect(interval[0]).toBeLessThanOrEqual(share);
          expect(interval[1]).toBeGreaterThanOrEqual(share);
        }
      }),
    );
  });
});
