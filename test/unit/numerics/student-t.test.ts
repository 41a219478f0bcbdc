import { describe, expect, test } from 'vitest';
import { studentDeviate, studentSurvival } from '../../../src/numerics/student-t.ts';

/** The incomplete beta function keeps about 1e-13 of a tail. */
const relative = 1e-12;

describe("Student's t", () => {
  test('has the tail of the Cauchy distribution with 1 degree of freedom', () => {
    for (const t of [0.1, 1, 3, 40]) {
      const tail = 1 - (2 / Math.PI) * Math.atan(t);
      expect(Math.abs(studentSurvival(t * t, 1) / tail - 1)).toBeLessThan(relative);
    }
  });

  test('has a closed form with 2 degrees of freedom', () => {
    for (const t of [0.1, 1, 3]) {
      const tail = 1 - t / Math.sqrt(2 + t * t);
      expect(Math.abs(studentSurvival(t * t, 2) / tail - 1)).toBeLessThan(relative);
    }
  });

  test('has tables: 2.262157 for 9 degrees of freedom and 2.000995 for 59, at 5%', () => {
    expect(studentDeviate(0.05, 9)).toBeCloseTo(2.262157, 6);
    expect(studentDeviate(0.05, 59)).toBeCloseTo(2.000995, 5);
  });

  test('is the normal distribution without a limit of freedom', () => {
    expect(studentDeviate(0.05, Number.POSITIVE_INFINITY)).toBeCloseTo(1.959963984540054, 12);
    expect(studentSurvival(3.841458820694124, Number.POSITIVE_INFINITY)).toBeCloseTo(0.05, 12);
  });

  test.each([1, 2.5, 19, 59, 1e4])('has a deviate that is the inverse of its tail, freedom %f', (freedom) => {
    for (const tail of [1e-6, 0.01, 0.05, 0.5]) {
      const found = studentSurvival(studentDeviate(tail, freedom) ** 2, freedom);
      expect(Math.abs(found / tail - 1)).toBeLessThan(1e-11);
    }
  });
});
