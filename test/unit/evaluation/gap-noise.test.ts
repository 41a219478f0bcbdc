import { describe, expect, test } from 'vitest';
import { storedSet } from '../../../src/core/stored-set.ts';
import { debiasedSum, gapNoise, remainingBias } from '../../../src/evaluation/gap-noise.ts';
import { judgeRows } from '../../../src/evaluation/judge-rows.ts';
import { temperedRows } from '../../../src/metrics/probability-rows.ts';
import { normalCdf } from '../../../src/numerics/special-functions.ts';
import { simulatedSet } from './simulated-set.ts';

const rule = { scheme: 'equal-width', closure: 'right-closed', requested: 4, level: 0.95 } as const;
const count = 60;
const set = simulatedSet(count, 3, 2);
const weights = Float64Array.from({ length: count }, (_, i) => 1 + (i % 4));
const { labels, storage } = storedSet(set);

function judged(weighted: boolean) {
  const stored = storedSet(weighted ? { ...set, weights } : set);
  return judgeRows({ source: temperedRows(set, 1), labels, weights: stored.weights }, rule, storage);
}

/** The rows, from the confidences themselves. */
function rowsOf(weighted: boolean) {
  const { rows } = judged(weighted);
  const [confidence, correct] = [rows.confidence.read(0, count), rows.correct.read(0, count)];
  return Array.from({ length: count }, (_, i) => ({
    w: weighted ? weights[i]! : 1,
    c: confidence[i]!,
    r: correct[i]! - confidence[i]!,
    bin: Math.ceil(4 * confidence[i]!) - 1,
  }));
}

/** Sums of sixty numbers in another order. */
const rounding = 1e-13;

describe('the noise of gaps', () => {
  test.each([false, true])('is that of sums over rows (weighted: %s)', (weighted) => {
    const { rows, figures } = judged(weighted);
    const { gaps, errors } = gapNoise(rows, figures.reliability);
    const all = rowsOf(weighted);
    const total = all.reduce((sum, { w }) => sum + w, 0);
    for (let b = 0; b < 4; b += 1) {
      const inside = all.filter(({ bin }) => bin === b);
      const gap = inside.reduce((sum, { w, r }) => sum + w * r, 0) / total;
      const observed = all.reduce((sum, { w, r, bin }) => sum + (w * (bin === b ? r : 0) - w * gap) ** 2, 0);
      const calibrated = inside.reduce((sum, { w, c }) => sum + w * w * c * (1 - c), 0);
      expect(Math.abs(gaps[b]! - gap)).toBeLessThan(rounding);
      expect(Math.abs(errors[b]! - Math.sqrt(Math.max(observed, calibrated)) / total)).toBeLessThan(rounding);
    }
    const ece = gaps.reduce((sum, gap) => sum + Math.abs(gap), 0);
    expect(Math.abs(ece - figures.ece)).toBeLessThan(rounding);
  });

  test('with clusters is that of sums over clusters', () => {
    const { rows, figures } = judged(true);
    const clusterOf = Uint32Array.from({ length: count }, (_, i) => Math.floor(i / 6));
    const { gaps, errors } = gapNoise(rows, figures.reliability, clusterOf);
    const all = rowsOf(true);
    const total = all.reduce((sum, { w }) => sum + w, 0);
    for (let b = 0; b < 4; b += 1) {
      let observed = 0;
      for (let cluster = 0; cluster < 10; cluster += 1) {
        const own = all.slice(6 * cluster, 6 * cluster + 6);
        observed += own.reduce((sum, { w, r, bin }) => sum + w * ((bin === b ? r : 0) - gaps[b]!), 0) ** 2;
      }
      expect(errors[b]! * total).toBeGreaterThanOrEqual(Math.sqrt(observed) - rounding * total);
    }
  });
});

describe('the debiased sum', () => {
  const phi = (z: number): number => Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
  const size = (t: number, s: number): number => 2 * s * phi(t / s) + t * (1 - 2 * normalCdf(-t / s));

  test('keeps no more bias than is allowed for, wherever the gap is', () => {
    const [least, most] = remainingBias({ gaps: Float64Array.of(0), errors: Float64Array.of(1) });
    let [low, high] = [0, 0];
    for (let t = 0; t <= 10; t += 0.001) {
      const kept = 2 * size(t, 1) - size(t, Math.SQRT2) - t;
      [low, high] = [Math.min(low, kept), Math.max(high, kept)];
    }
    expect(least).toBeLessThanOrEqual(low);
    expect(most).toBeGreaterThanOrEqual(high);
    expect(low - least).toBeLessThan(1e-3);
    expect(most - high).toBeLessThan(1e-3);
  });

  test('of gaps far from 0 is their size, and no bias is allowed for', () => {
    const far = { gaps: Float64Array.of(-5, 6), errors: Float64Array.of(1, 1) };
    expect(debiasedSum(far.gaps, far.errors)).toBeCloseTo(11, 5);
    expect(remainingBias(far)).toEqual([-0, 0]);
  });

  test('of one gap of 0 is minus the mean size of its noise', () => {
    expect(debiasedSum([0], Float64Array.of(0.3))).toBeCloseTo(-0.3 * Math.sqrt(2 / Math.PI), 15);
    expect(debiasedSum([0], Float64Array.of(0))).toBe(0);
  });
});
