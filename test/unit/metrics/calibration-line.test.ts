import { describe, expect, test } from 'vitest';
import { calibrationLine } from '../../../src/metrics/calibration-line.ts';

const positive = { binary: 'positive' } as const;

describe('calibrationLine', () => {
  test('is the identity where every probability comes true as often as it says', () => {
    const p = [0.25, 0.25, 0.25, 0.25, 0.75, 0.75, 0.75, 0.75];
    const line = calibrationLine(p, [1, 0, 0, 0, 1, 1, 1, 0], positive);
    expect(line.status).toBe('fitted');
    expect(line.slope).toBeCloseTo(1, 13);
    expect(line.intercept).toBeCloseTo(0, 13);
    expect(line.inTheLarge).toBeCloseTo(0, 13);
    expect(line.clipped).toBe(0);
  });

  test('has no slope where outcomes are separated, also if they touch, in either direction', () => {
    for (const labels of [
      [0, 0, 1, 1],
      [1, 1, 0, 0],
    ]) {
      const { status, slope, intercept, inTheLarge } = calibrationLine(
        [0.1, 0.4, 0.4, 0.9],
        labels,
        positive,
      );
      expect([status, slope, intercept]).toEqual(['separable', null, null]);
      expect(inTheLarge).toBeTypeOf('number');
    }
  });

  test('has nothing where all outcomes are alike, and no slope where all probabilities are', () => {
    expect(calibrationLine([0.1, 0.9], [1, 1], positive)).toEqual({
      status: 'one-outcome',
      slope: null,
      intercept: null,
      inTheLarge: null,
      clipped: 0,
    });
    const constant = calibrationLine([0.5, 0.5, 0.5, 0.5], [1, 0, 1, 1], positive);
    expect(constant.status).toBe('constant');
    expect(constant.slope).toBeNull();
    expect(constant.inTheLarge).toBeCloseTo(Math.log(3), 13);
  });

  test('says how many probabilities of 0 and 1 it cut off', () => {
    const line = calibrationLine([0, 1, 1, 0.3, 0.6], [1, 0, 1, 0, 1], positive);
    expect(line.clipped).toBe(3);
    expect(line.status).toBe('fitted');
  });

  test('is untouched by rows of weight 0', () => {
    const p = [0.2, 0.3, 0.7, 0.9];
    const labels = [0, 1, 0, 1];
    const with0 = calibrationLine([...p, 0.99], [...labels, 0], { ...positive, weights: [1, 1, 1, 1, 0] });
    expect(with0).toEqual(calibrationLine(p, labels, positive));
  });
});
