import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyTemperature, fitTemperature } from '../../src/calibrators/index.ts';
import { argmaxRow } from '../../src/numerics/top-label.ts';

const runs = process.env['CALIBRANT_FULL'] === '1' ? 20_000 : 300;

interface Sample {
  readonly logits: number[][];
  readonly labels: number[];
}

const samples: fc.Arbitrary<Sample> = fc
  .tuple(fc.integer({ min: 2, max: 30 }), fc.integer({ min: 2, max: 6 }))
  .chain(([rows, classes]) =>
    fc.record({
      logits: fc.array(
        fc.array(fc.double({ min: -20, max: 20, noNaN: true }), { minLength: classes, maxLength: classes }),
        { minLength: rows, maxLength: rows },
      ),
      labels: fc.array(fc.integer({ min: 0, max: classes - 1 }), { minLength: rows, maxLength: rows }),
    }),
  );

const check = (law: (sample: Sample) => void): void => {
  fc.assert(fc.property(samples, law), { numRuns: runs, seed: 1 });
};

describe('fitting a temperature', () => {
  test('ends in every case, with a temperature exactly where the criterion says there is one', () => {
    const seen = new Set<string>();
    check(({ logits, labels }) => {
      const model = fitTemperature(logits, labels);
      seen.add(model.status);
      const wrong = logits.some((row, i) => row[labels[i]!]! < Math.max(...row));
      const spread = logits.some((row) => Math.max(...row) > Math.min(...row));
      expect(model.status === 'separable' || model.status === 'constant').toBe(!wrong);
      if (!wrong) expect(model.status === 'separable').toBe(spread);
      expect(model.temperature !== null).toBe(model.status === 'converged' || model.status === 'at-bound');
      expect(JSON.stringify(model)).not.toContain('NaN');
    });
    expect([...seen]).toEqual(expect.arrayContaining(['converged', 'separable', 'no-signal']));
  });

  test('never makes the NLL worse', () => {
    check(({ logits, labels }) => {
      const { nll } = fitTemperature(logits, labels);
      if (nll.after !== null) expect(nll.after).toBeLessThanOrEqual(nll.before);
    });
  });

  test('keeps the temperature inside its intervals', () => {
    check(({ logits, labels }) => {
      const { temperature, uncertainty } = fitTemperature(logits, labels);
      if (temperature === null || uncertainty === null) return;
      for (const [low, high] of [uncertainty.waldInterval, uncertainty.profileInterval]) {
        expect(low ?? 0).toBeLessThanOrEqual(temperature);
        expect(high ?? Number.POSITIVE_INFINITY).toBeGreaterThanOrEqual(temperature);
      }
    });
  });

  test('does not depend on how classes are numbered', () => {
    check(({ logits, labels }) => {
      const classes = logits[0]!.length;
      const turned = fitTemperature(
        logits.map((row) => row.toReversed()),
        labels.map((label) => classes - 1 - label),
      );
      const plain = fitTemperature(logits, labels);
      expect(turned.status).toBe(plain.status);
      if (plain.temperature === null || plain.status !== 'converged') return;
      const kappa = plain.certificate?.kappa ?? 1;
      // Sums in another order: the rounding of the slope, magnified by its condition.
      const tolerance = Math.max(1e-12, 64 * 2 ** -52 * kappa);
      expect(Math.abs(turned.temperature! / plain.temperature - 1)).toBeLessThanOrEqual(tolerance);
    });
  });
});

describe('applying a temperature', () => {
  test('never changes the winner', () => {
    const row = fc.array(fc.double({ min: -1e300, max: 1e300, noNaN: true }), { minLength: 2, maxLength: 6 });
    const temperature = fc.double({ min: 1e-3, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(row, temperature, (z, t) => {
        const { data } = applyTemperature(t, [z]);
        const top = argmaxRow(z, 0, z.length);
        expect(data[top]).toBe(Math.max(...data));
      }),
      { numRuns: 10 * runs, seed: 2 },
    );
  });
});
