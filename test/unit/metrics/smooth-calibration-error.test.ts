import { expect, test } from 'vitest';
import {
  compatCalibrationError,
  measureByName,
  measureSample,
  smoothCalibrationError,
} from '../../../src/metrics/index.ts';

/** Rounding of sums of a thousand terms and of the fixed point. */
const rounding = 1e-12;

/** 500 rows at 0.0001 of which 30 come true, 500 at 0.9999 of which 470 do: each gap is 0.0599. */
const probabilities = Array.from({ length: 1000 }, (_, i) => (i < 500 ? 0.0001 : 0.9999));
const labels = probabilities.map((_, i) => Number(i % 500 < (i < 500 ? 30 : 470)));
const view = { binary: 'positive' } as const;

test('two distant values keep their whole gap under either kernel, whatever the bandwidth', () => {
  for (const kernel of ['reflected', 'logit'] as const) {
    const { value, bandwidth } = smoothCalibrationError(probabilities, labels, { ...view, kernel });
    expect(Math.abs(value - 0.0599)).toBeLessThan(rounding);
    expect(bandwidth).toBe(value);
  }
});

test("the registry has the exact value, not that of relplot's grid, which misses this set", () => {
  const sample = measureSample(probabilities, labels, view);
  const exact = measureByName('smooth-calibration-error-logit')?.compute(sample);
  expect(Math.abs(exact! - 0.0599)).toBeLessThan(rounding);
  const { value } = compatCalibrationError(probabilities, labels, {
    ...view,
    preset: 'relplot',
    measure: 'smooth-logit',
  });
  expect(value).toBeLessThan(0.001);
});

test('a bandwidth below 0.0001 is refused', () => {
  expect(() => smoothCalibrationError(probabilities, labels, { bandwidth: 1e-5 })).toThrow('E_OPTION');
});
