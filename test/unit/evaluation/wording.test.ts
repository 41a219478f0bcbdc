import { expect, test } from 'vitest';
import {
  numberPair,
  percent,
  percentPair,
  points,
  pText,
  shortNumber,
} from '../../../src/evaluation/wording.ts';

test('numbers keep three digits', () => {
  expect([1.8312, 2, 0.0512345, 1386304.25].map(shortNumber)).toEqual(['1.83', '2', '0.0512', '1390000']);
});

test('points drop the sign and needless digits', () => {
  expect([0.08, -0.0354, 0.01, 0.1234, 0.004, 0.0004].map(points)).toEqual([
    '8 points',
    '3.5 points',
    '1 point',
    '12 points',
    '0.4 points',
    '0.04 points',
  ]);
});

test('percentages have one decimal, two below 1%', () => {
  expect([0.0791, 0.5, 0.0043, 0].map(percent)).toEqual(['7.9%', '50.0%', '0.43%', '0.00%']);
});

test('p-values have two digits, down to one in ten thousand', () => {
  expect([0.4312, 0.03, 0.00012, 0.0001, 0.00009, 1].map(pText)).toEqual([
    'p = 0.43',
    'p = 0.03',
    'p = 0.00012',
    'p = 0.0001',
    'p < 0.0001',
    'p = 1',
  ]);
});

test('pairs widen until they can be told apart', () => {
  expect(percentPair(0.079, 0.038)).toBe('7.9% to 3.8%');
  expect(percentPair(0.0791, 0.0043)).toBe('7.91% to 0.43%');
  expect(percentPair(0.07912, 0.07908)).toBe('7.912% to 7.908%');
  expect(percentPair(0.0791, 0.0791)).toBe('7.9% to 7.9%');
  expect(numberPair(0.378, 0.2745)).toBe('0.378 to 0.275');
  expect(numberPair(0.37801, 0.37803)).toBe('0.37801 to 0.37803');
});
