import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../src/core/random.ts';
import {
  calibrationTests,
  consistencyTest,
  holmAdjusted,
  spiegelhalterTest,
} from '../../src/evaluation/index.ts';
import { brownianMaximumSurvival, brownianRangeSurvival } from '../../src/numerics/brownian-tails.ts';
import reference from './calibration-tests.json' with { type: 'json' };
import { sampleNamed } from './measure-samples.ts';

/** The stated relative error of the tails. */
const tailError = 1e-13;
/** Z by another grouping of the same sums. */
const regrouped = 1e-11;

const relative = (value: number, wanted: number): number => Math.abs(value - wanted) / Math.abs(wanted);

describe('the tails of a Brownian motion', () => {
  test.each(reference.maximum)('of its maximum, at %d', (x, wanted) => {
    expect(relative(brownianMaximumSurvival(x!), wanted!)).toBeLessThanOrEqual(tailError);
  });

  test.each(reference.range)('of its range, at %d', (x, wanted) => {
    expect(relative(brownianRangeSurvival(x!), wanted!)).toBeLessThanOrEqual(tailError);
  });

  test('are 1 at 0', () => {
    expect([brownianMaximumSurvival(0), brownianRangeSurvival(0)]).toEqual([1, 1]);
  });
});

describe("Spiegelhalter's test", () => {
  test.each(Object.entries(reference.spiegelhalter))('on %s', (name, wanted) => {
    const { probabilities, labels, options } = sampleNamed(name);
    for (const notion of ['canonical', 'confidence'] as const) {
      const { z, pValue } = spiegelhalterTest(probabilities, labels, { ...options, notion });
      expect(Math.abs(z! - wanted[notion])).toBeLessThanOrEqual(
        regrouped * Math.max(1, Math.abs(wanted[notion])),
      );
      expect(pValue).toBeLessThanOrEqual(1);
    }
  });

  test('cannot be made where only certainty is promised and kept', () => {
    expect(spiegelhalterTest([[1, 0]], [0])).toEqual({ z: null, pValue: null });
  });
});

/** Rows whose labels are drawn from their own probabilities. */
function calibrated(rows: number, seed: number): { p: number[][]; y: number[] } {
  const random = seededRandom(seed);
  const p = Array.from({ length: rows }, () => {
    const first = 0.05 + 0.9 * random.uniform();
    const second = (1 - first) * random.uniform();
    return [first, second, 1 - first - second];
  });
  const y = p.map(([first, second]) => {
    const drawn = random.uniform();
    return drawn < first! ? 0 : drawn < first! + second! ? 1 : 2;
  });
  return { p, y };
}

describe('the tests together', () => {
  test('have uniform p-values under perfect calibration', () => {
    const runs = 200;
    const values = new Map<string, number[]>();
    for (let run = 0; run < runs; run += 1) {
      const { p, y } = calibrated(200, 1000 + run);
      for (const { name, pValue } of calibrationTests(p, y, { draws: 99 })) {
        values.set(name, [...(values.get(name) ?? []), pValue!]);
      }
    }
    expect(values.size).toBe(10);
    for (const [name, found] of values) {
      const sorted = found.sort((a, b) => a - b);
      const distance = Math.max(...sorted.map((value, at) => (at + 1) / runs - value));
      // More small p-values than chance gives: Smirnov's one-sided bound at a chance of 1e-4, √(ln(1e4)/2n).
      expect(distance).toBeLessThanOrEqual(Math.sqrt(Math.log(1e4) / (2 * runs)));
      // Nor fewer, but for those on the running sum, which few rows make cautious; a p-value has steps of 1/100.
      const lack = Math.max(...sorted.map((value, at) => value - at / runs));
      const isCautious = name === 'kolmogorov-smirnov' || name === 'kuiper';
      if (!isCautious) expect(lack).toBeLessThanOrEqual(Math.sqrt(Math.log(1e4) / (2 * runs)) + 0.01);
    }
  }, 60_000);

  test('give the same bits for any order of the rows', () => {
    const { p, y } = calibrated(300, 5);
    const turned = calibrationTests([...p].reverse(), [...y].reverse(), { draws: 49 });
    const plain = calibrationTests(p, y, { draws: 49 });
    expect(turned.map(({ pValue }) => pValue).slice(6)).toEqual(plain.map(({ pValue }) => pValue).slice(6));
  });

  test('find a model that is twice too sure of itself', () => {
    const { p, y } = calibrated(500, 6);
    const sharpened = p.map((row) => {
      const squares = row.map((value) => value ** 2);
      const sum = squares.reduce((total, value) => total + value, 0);
      return squares.map((value) => value / sum);
    });
    const tests = calibrationTests(sharpened, y);
    const found = (name: string): number => tests.find((one) => one.name === name)!.adjusted!;
    expect(found('spiegelhalter')).toBeLessThan(0.01);
    expect(found('expected-calibration-error')).toBeLessThan(0.01);
    expect(found('kernel')).toBeLessThan(0.01);
  });
});

describe('tests that are the same with two classes count once', () => {
  const { p, y } = calibrated(120, 9);
  const pairs = p.map(([first]) => [first!, 1 - first!]);
  const binary = y.map((label) => Number(label > 0));
  const namesOf = (options: object) =>
    calibrationTests(pairs, binary, { draws: 19, ...options }).map(({ name }) => name);

  test("Spiegelhalter's of all classes is that of the confidence", () => {
    const all = spiegelhalterTest(pairs, binary, { notion: 'canonical' });
    const confidence = spiegelhalterTest(pairs, binary, { notion: 'confidence' });
    expect(Math.abs(all.z! - confidence.z!)).toBeLessThan(regrouped);
    expect(namesOf({}).filter((name) => name.startsWith('spiegelhalter'))).toEqual(['spiegelhalter']);
    expect(calibrationTests(p, y, { draws: 19 }).length).toBe(10);
  });

  test('the class-wise error is the ECE of the positive class', () => {
    expect(namesOf({})).toContain('classwise-calibration-error');
    expect(namesOf({ binary: 'positive' })).not.toContain('classwise-calibration-error');
  });
});

describe('clusters', () => {
  const { p, y } = calibrated(150, 11);
  const clusters = p.map((_, i) => `patient ${i % 30}`);

  test('reach every test', () => {
    const tests = calibrationTests(p, y, { draws: 99, clusters });
    expect(tests.map(({ name }) => name).sort()).toEqual(
      calibrationTests(p, y, { draws: 19 })
        .map(({ name }) => name)
        .sort(),
    );
    for (const { method } of tests) expect(['cluster-robust', 'wild-bootstrap']).toContain(method);
  });

  test('rows written ten times into their clusters reject no more than the rows themselves', () => {
    const times = Array.from({ length: 10 });
    const repeated = calibrationTests(
      times.flatMap(() => p),
      times.flatMap(() => y),
      { draws: 99, clusters: times.flatMap(() => y.map((_, i) => i)) },
    );
    const alone = calibrationTests(p, y, { draws: 99 });
    const pOf = (tests: typeof alone, wanted: string) => tests.find(({ name }) => name === wanted)!.pValue!;
    // The squares of the data stand for their expectation, known to some tenths.
    for (const name of ['temperature', 'cox', 'spiegelhalter', 'expected-calibration-error'])
      expect(pOf(repeated, name)).toBeGreaterThan(pOf(alone, name) / 3);
  });

  test('fewer than 20 are refused', () => {
    expect(() => calibrationTests(p, y, { clusters: y.map((_, i) => i % 19) })).toThrow(
      'E_OPTION: option "clusters" names 19 clusters; tests need 20 or more',
    );
  });
});

describe('the noise floor', () => {
  test('knows no independent rows where clusters are given', () => {
    const { p, y } = calibrated(200, 12);
    const twins = { p: [...p, ...p], y: [...y, ...y], clusters: [...y, ...y].map((_, i) => i % 200) };
    const measures = ['expected-calibration-error', 'accuracy'] as const;
    const [apart] = consistencyTest(twins.p, twins.y, { measures });
    const [together, accuracy] = consistencyTest(twins.p, twins.y, { measures, clusters: twins.clusters });
    const [single] = consistencyTest(p, y, { measures });
    expect(together!.floor! / apart!.floor!).toBeGreaterThan(1.25);
    expect(Math.abs(together!.floor! / single!.floor! - 1)).toBeLessThan(0.15);
    expect([accuracy!.floor, accuracy!.pValue]).toEqual([null, null]);
    const few = consistencyTest(p, y, { measures, clusters: y });
    expect(few.map(({ floor, pValue }) => [floor, pValue])).toEqual([
      [null, null],
      [null, null],
    ]);
  });

  test('is the exact mean of the ECE over all labels, within what the draws leave open', () => {
    // One bin, n rows at 0.8: the ECE is |X/n − 0.8| with X binomial.
    const n = 10;
    let [mean, square, choose] = [0, 0, 1];
    for (let k = 0; k <= n; k += 1) {
      const chance = choose * 0.8 ** k * 0.2 ** (n - k);
      mean += chance * Math.abs(k / n - 0.8);
      square += chance * (k / n - 0.8) ** 2;
      choose = (choose * (n - k)) / (k + 1);
    }
    const draws = 20_000;
    const [ece] = consistencyTest(Array(n).fill([0.8, 0.2]), Array(n).fill(0), {
      draws,
      measures: ['expected-calibration-error'],
    });
    // Four standard errors of a mean of so many draws.
    expect(Math.abs(ece!.floor! - mean)).toBeLessThanOrEqual(4 * Math.sqrt((square - mean ** 2) / draws));
    // All right: P(|X/n − 0.8| ≥ 0.2) = P(X = 10) + P(X ≤ 6).
    const wanted = 0.8 ** 10 + 0.12087388159999998;
    expect(Math.abs(ece!.pValue! - wanted)).toBeLessThanOrEqual(
      4 * Math.sqrt((wanted * (1 - wanted)) / draws),
    );
  });

  test('refuses a measure it does not know', () => {
    // @ts-expect-error no such name
    expect(() => consistencyTest([[1, 0]], [0], { measures: ['brier-scores'] })).toThrow(
      /Did you mean "brier-score"/,
    );
  });
});

describe("Holm's correction", () => {
  test('multiplies by the tests that are left, and never falls', () => {
    const adjusted = holmAdjusted([0.01, 0.04, 0.03, null, 0.005]) as number[];
    const wanted = [0.03, 0.06, 0.06, null, 0.02];
    for (const [at, value] of adjusted.entries()) {
      if (wanted[at] === null) expect(value).toBe(null);
      else expect(Math.abs(value - wanted[at]!)).toBeLessThanOrEqual(1e-15);
    }
  });
});
