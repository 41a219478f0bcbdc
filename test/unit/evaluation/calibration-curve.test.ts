import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../../src/core/random.ts';
import { calibrationCurve } from '../../../src/evaluation/index.ts';
import reference from '../../reference/calibration-curve.json' with { type: 'json' };
import { sampleNamed } from '../../reference/measure-samples.ts';

const full = process.env['CALIBRANT_FULL'] === '1';
/** Means of the same rows, in another order. */
const regrouped = 1e-12;

describe('the calibration curve', () => {
  test.each(Object.entries(reference.curves))(
    "is scikit-learn's isotonic regression on %s",
    (name, wanted) => {
      const { probabilities, labels, options } = sampleNamed(name);
      const { points, steps } = calibrationCurve(probabilities, labels, {
        ...options,
        resamples: 20,
        points: 100_000,
      });
      expect(points.length).toBe(wanted.length);
      for (const [at, [x, g]] of wanted.entries()) {
        expect(Math.abs(points[at]!.probability - x!)).toBeLessThanOrEqual(regrouped);
        expect(Math.abs(points[at]!.calibrated - g!)).toBeLessThanOrEqual(regrouped);
        const step = steps.find(
          ({ from, to }) => from <= points[at]!.probability && points[at]!.probability <= to,
        );
        expect(step!.value).toBe(points[at]!.calibrated);
      }
    },
  );

  test('has the bands of all resamples with all outcomes', () => {
    const { probabilities, labels, level, consistency, confidence } = reference.bands;
    const { points } = calibrationCurve(probabilities, labels, {
      binary: 'positive',
      level,
      resamples: full ? 100_000 : 20_000,
    });
    for (const [at, point] of points.entries()) {
      for (const end of [0, 1] as const) {
        expect(Math.abs(point.consistency[end] - consistency[at]![end]!)).toBeLessThanOrEqual(regrouped);
        expect(Math.abs(point.confidence[end] - confidence[at]![end]!)).toBeLessThanOrEqual(regrouped);
      }
    }
  });

  test('keeps both ends where it leaves points out, and their order of weight', () => {
    const p = Array.from({ length: 1000 }, (_, i) => (i + 1) / 1001);
    const y = p.map((_, i) => (i % 3 === 0 ? 1 : 0));
    const { points } = calibrationCurve(p, y, { binary: 'positive', points: 11, resamples: 20 });
    expect(points.map(({ probability }) => Math.round(probability * 1001))).toEqual([
      1, 100, 200, 300, 400, 500, 600, 700, 800, 900, 1000,
    ]);
  });

  test('has the same bits for any order of the rows, weighted and tied', () => {
    const random = seededRandom(3);
    const rows = Array.from({ length: 300 }, (_, i) => ({
      p: Math.round(random.uniform() * 20) / 20,
      y: random.below(2),
      w: (i % 5) / 4,
    }));
    const of = (some: typeof rows) =>
      calibrationCurve(
        some.map(({ p }) => p),
        some.map(({ y }) => y),
        { binary: 'positive', weights: some.map(({ w }) => w), resamples: 50 },
      ).points.map(({ consistency, confidence }) => [consistency, confidence]);
    expect(of([...rows].reverse())).toEqual(of(rows));
  });

  test('refuses what it cannot use', () => {
    expect(() => calibrationCurve([0.5], [1], { resamples: 10 })).toThrow(
      /"resamples" must be a whole number 20/,
    );
    expect(() => calibrationCurve([0.5], [1], { points: 1 })).toThrow(/"points" must be a whole number 2/);
  });
});

describe('the bands of a calibrated model', () => {
  const runs = full ? 1000 : 150;
  const level = 0.9;
  /** Shares of points within the band, over simulated sets: the curve in the first, the truth in the second. */
  const covered = (
    draw: (random: ReturnType<typeof seededRandom>) => number,
    rows: number,
  ): [number, number] => {
    const inside = [0, 0] as [number, number];
    let points = 0;
    for (let run = 0; run < runs; run += 1) {
      const random = seededRandom(1000 + run);
      const p = Array.from({ length: rows }, () => draw(random));
      const y = p.map((chance) => (random.uniform() < chance ? 1 : 0));
      const curve = calibrationCurve(p, y, {
        binary: 'positive',
        level,
        resamples: 200,
        seed: run,
        points: 8,
      });
      for (const { probability, calibrated, consistency, confidence } of curve.points) {
        points += 1;
        if (consistency[0] <= calibrated && calibrated <= consistency[1]) inside[0] += 1;
        if (confidence[0] <= probability && probability <= confidence[1]) inside[1] += 1;
      }
    }
    return [inside[0] / points, inside[1] / points];
  };
  /** Three standard errors of a share over the sets, as if a set's points were one, and 1 % for 200 resamples. */
  const room = 3 * Math.sqrt((level * (1 - level)) / runs) + 0.01;

  test('cover at their level where the probabilities are few', () => {
    const [consistency, confidence] = covered((random) => (1 + random.below(5)) / 6, 600);
    expect(Math.abs(consistency - level)).toBeLessThanOrEqual(room);
    expect(Math.abs(confidence - level)).toBeLessThanOrEqual(room);
  }, 120_000);

  test('of consistency covers at its level where they are all different', () => {
    const [consistency, confidence] = covered((random) => 0.1 + 0.8 * random.uniform(), 300);
    expect(Math.abs(consistency - level)).toBeLessThanOrEqual(room);
    // The bootstrap of an isotonic curve is known to be too narrow then, and the documentation says so.
    expect(confidence).toBeLessThan(level - room);
  }, 120_000);
});
