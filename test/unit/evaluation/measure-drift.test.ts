import { describe, expect, test } from 'vitest';
import { measureDrift } from '../../../src/evaluation/measure-drift.ts';

/** Decimals that hand-computed figures are given to. */
const digits = 6;

const figure = (
  name: 'accuracy' | 'expected-calibration-error',
  value: number,
  se: number,
  floor: number | null,
) => ({
  name,
  value,
  standardError: se,
  floor,
});

describe('the drift of a measure', () => {
  test('adds up both variances: 0.05 over √(0.03² + 0.04²) is one standard deviation', () => {
    const [drift] = measureDrift(
      [figure('accuracy', 0.8, 0.03, 0.9)],
      [figure('accuracy', 0.85, 0.04, 0.9)],
      0.95,
    );
    expect(drift!.standardError).toBeCloseTo(0.05, 12);
    expect(drift!.floorShift).toBeNull();
    expect(drift!.pValue).toBeCloseTo(0.317311, digits);
    expect(drift!.interval![0]).toBeCloseTo(0.05 - 1.959964 * 0.05, digits);
    expect(drift!.interval![1]).toBeCloseTo(0.05 + 1.959964 * 0.05, digits);
  });

  test('counts only as far as other numbers of rows do not explain it', () => {
    const was = [figure('expected-calibration-error', 0.02, 0.003, 0.01)];
    const now = (value: number) =>
      measureDrift(was, [figure('expected-calibration-error', value, 0.004, 0.03)], 0.95)[0]!;
    // 0.02 more, and the floor rose by as much: nothing is left.
    expect(now(0.04).pValue).toBeCloseTo(1, 12);
    expect(now(0.04).floorShift).toBeCloseTo(0.02, 12);
    // 0.03 more is six standard deviations, and two beyond the shift.
    expect(now(0.05).pValue).toBeCloseTo(0.0455, 4);
    // 0.01 more is 0.01 less than the shift: the two do not agree.
    expect(now(0.03).pValue).toBe(1);
  });

  test('is corrected for the measures, and missing where a figure is', () => {
    const drifts = measureDrift(
      [figure('accuracy', 0.8, 0.03, null)],
      [figure('accuracy', 0.9, 0.04, null), figure('expected-calibration-error', 0.1, 0.01, null)],
      0.95,
    );
    expect(drifts[0]!.adjusted).toBe(drifts[0]!.pValue);
    expect(drifts[1]).toMatchObject({ before: null, difference: null, pValue: null, adjusted: null });
  });
});
