import { describe, expect, test } from 'vitest';
import { flippedSamples, isOfResiduals } from '../../../src/evaluation/flipped-sample.ts';
import { measureByName, measureSample, measures } from '../../../src/metrics/index.ts';

/** Sums of two dozen numbers below 1 in another order. */
const rounding = 1e-12;

const probabilities = Array.from({ length: 24 }, (_, i) => {
  const first = 0.05 + 0.9 * ((i * 7) % 24) * (1 / 24);
  return [first, (1 - first) / 3, (2 * (1 - first)) / 3];
});
const labels = probabilities.map((_, i) => (i * 5) % 3);
const clusters = probabilities.map((_, i) => i % 5);
const sample = measureSample(probabilities, labels);

/** Outcomes with residuals turned round in the clusters of a pattern, of the confidence or of class k. */
function turned(pattern: number, p: readonly number[], outcome: readonly number[]): number[] {
  return p.map((value, i) => value + ((pattern >> clusters[i]!) & 1 ? 1 : -1) * (outcome[i]! - value));
}

function eceOf(p: readonly number[], outcome: readonly number[]): number {
  const gaps = new Float64Array(15);
  for (const [i, value] of p.entries()) gaps[Math.max(Math.ceil(value * 15) - 1, 0)]! += outcome[i]! - value;
  return gaps.reduce((sum, gap) => sum + Math.abs(gap), 0) / p.length;
}

function kuiperOf(p: readonly number[], outcome: readonly number[]): number {
  const order = [...p.keys()].sort((a, b) => p[a]! - p[b]!);
  let [sum, low, high] = [0, 0, 0];
  for (const [at, i] of order.entries()) {
    sum += outcome[i]! - p[i]!;
    if (p[order[at + 1]!] === p[i]) continue;
    [low, high] = [Math.min(low, sum), Math.max(high, sum)];
  }
  return (high - low) / p.length;
}

/** Values over all patterns of signs, each once. */
function valuesOf(of: (pattern: number) => number): readonly number[] {
  return Array.from({ length: 2 ** 5 }, (_, pattern) => of(pattern)).sort((a, b) => a - b);
}

describe('residuals that change sign by cluster', () => {
  const confidence = probabilities.map((row) => Math.max(...row));
  const right = probabilities.map((row, i) => Number(row.indexOf(Math.max(...row)) === labels[i]));
  const classwise = (pattern: number): number =>
    [0, 1, 2].reduce((sum, k) => {
      const p = probabilities.map((row) => row[k]!);
      const outcome = labels.map((label) => Number(label === k));
      return sum + eceOf(p, turned(pattern, p, outcome)) / 3;
    }, 0);

  test.each([
    ['expected-calibration-error', (s: number) => eceOf(confidence, turned(s, confidence, right))],
    ['kuiper-calibration-error', (s: number) => kuiperOf(confidence, turned(s, confidence, right))],
    ['classwise-calibration-error', classwise],
  ] as const)('give %s the values of all patterns of signs, and no others', (name, of) => {
    const wanted = valuesOf(of);
    const draw = flippedSamples(sample, clusters, 1);
    const found = Array.from({ length: 400 }, (_, round) => measureByName(name)!.compute(draw(round))!);
    const distance = (a: number, of: readonly number[]) => Math.min(...of.map((b) => Math.abs(a - b)));
    for (const value of found) expect(distance(value, wanted)).toBeLessThan(rounding);
    // Of 32 patterns, each misses 400 draws with a chance of 3e-6.
    for (const value of wanted) expect(distance(value, found)).toBeLessThan(rounding);
  });

  test('the same signs for every measure of a round', () => {
    const draw = flippedSamples(sample, clusters, 1)(3);
    const gap = measureByName('calibration-gap')!.compute(draw)!;
    const over = measureByName('overconfidence')!.compute(draw)!;
    const under = measureByName('underconfidence')!.compute(draw)!;
    expect(Math.abs(under - over - gap)).toBeLessThan(rounding);
  });

  test('serve no measure that is not 0 or its own ideal when outcomes are as promised', () => {
    expect(measures.filter(isOfResiduals).every(({ ideal }) => ideal === 0)).toBe(true);
    for (const name of ['accuracy', 'brier-score', 'debiased-absolute-calibration-error'])
      expect(isOfResiduals(measureByName(name)!)).toBe(false);
  });
});
